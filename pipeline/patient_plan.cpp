// Doses, features, and the table that both ask.
#include "pipeline/patient_plan.h"

#include <utility>

#include "pharmaco/features/feature_frame.h"

namespace stardose::pipeline {

namespace {

bool is_anything_asked(const PatientPlan::Options& options) {
  return !options.dosing.dose.empty() || !options.features.features.empty();
}

/// Copying and loading take a while, and most runs ask nothing of the kind.
pharmaco::KnowledgeBase knowledge_for(const PatientPlan::Options& options, const pharmaco::KnowledgeBase& knowledge) {
  return is_anything_asked(options) ? knowledge : pharmaco::KnowledgeBase{};
}

pharmaco::DosingLibrary library_for(const PatientPlan::Options& options, const pharmaco::KnowledgeBase& knowledge) {
  return is_anything_asked(options) ? pharmaco::open_dosing(options.catalogue, knowledge) : pharmaco::DosingLibrary{};
}

}  // namespace

PatientPlan::PatientPlan(const Options& options, const pharmaco::KnowledgeBase& knowledge)
    : knowledge_{knowledge_for(options, knowledge)},
      library_{library_for(options, knowledge_)},
      doses_{options.dosing, library_, knowledge_},
      variants_{doses_.variants()} {
  std::set<std::string> genes{doses_.genes().begin(), doses_.genes().end()};
  pharmaco::PatientColumns columns = patient_columns(library_);
  if (!options.features.features.empty()) {
    features_ = pharmaco::read_feature_set(options.features.features, library_.covariates, knowledge_);
    add_letters(features_->inputs, columns.letters);
    const std::vector<std::string> more = genes_of(*features_);
    genes.insert(more.begin(), more.end());
    variants_.merge(variants_of(*features_));
  }
  genes_.assign(genes.begin(), genes.end());
  if (is_empty()) return;
  if (options.patients.covariates.empty()) doses_.require_table();
  known_ = KnownPatients{options.patients, columns, knowledge_};
}

learning::Frame PatientPlan::features_of(const pharmaco::Patient& patient) const {
  return pharmaco::feature_frame(*features_, {&patient, 1}, knowledge_);
}

std::vector<std::string> PatientPlan::empty_features(const learning::Frame& all,
                                                     const pharmaco::Patient& patient) const {
  return pharmaco::empty_features(all, *features_, patient, knowledge_);
}

}  // namespace stardose::pipeline
