// What a run works out of each sample beyond calls and guidance: doses, and a row of features.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "learning/frame/frame.h"
#include "pharmaco/features/feature_options.h"
#include "pharmaco/features/feature_set.h"
#include "pipeline/dose_plan.h"
#include "pipeline/known_patients.h"

namespace stardose::pipeline {

/// Made ready before inputs are read; safe to use from many threads.
class PatientPlan {
 public:
  struct Options {
    const pharmaco::DosingOptions& dosing;
    const pharmaco::FeatureOptions& features;
    const pharmaco::PatientOptions& patients;
    const std::string& catalogue;  ///< folder; empty: the embedded one
  };

  /// Throws InputError: what DosePlan throws, files that cannot be read, no table where a dose cannot do without.
  /// `knowledge` as the catalogue has it, on no assembly: a copy is kept.
  PatientPlan(const Options& options, const pharmaco::KnowledgeBase& knowledge);
  PatientPlan(const PatientPlan&) = delete;
  PatientPlan& operator=(const PatientPlan&) = delete;
  PatientPlan(PatientPlan&&) = delete;
  PatientPlan& operator=(PatientPlan&&) = delete;
  ~PatientPlan() = default;

  [[nodiscard]] bool is_empty() const { return doses_.is_empty() && !features_; }
  [[nodiscard]] bool has_features() const { return features_.has_value(); }
  [[nodiscard]] const DosePlan& doses() const { return doses_; }
  [[nodiscard]] const KnownPatients& known() const { return known_; }
  /// Genes and variants that doses and features rest on.
  [[nodiscard]] const std::vector<std::string>& genes() const { return genes_; }
  [[nodiscard]] const std::set<std::string>& variants() const { return variants_; }

  [[nodiscard]] std::vector<pharmaco::DoseReport> doses_of(const pharmaco::Patient& patient) const {
    return doses_.doses_of(known_, patient);
  }
  /// Returns the one row. Requires: has_features().
  [[nodiscard]] learning::Frame features_of(const pharmaco::Patient& patient) const;
  /// Returns a sentence for each feature that nobody has a value of, with the reason by this one of the patients.
  /// Requires: has_features().
  [[nodiscard]] std::vector<std::string> empty_features(const learning::Frame& all,
                                                        const pharmaco::Patient& patient) const;

 private:
  pharmaco::KnowledgeBase knowledge_;
  pharmaco::DosingLibrary library_;
  DosePlan doses_;
  std::optional<pharmaco::FeatureSet> features_;
  std::vector<std::string> genes_;
  std::set<std::string> variants_;
  KnownPatients known_;
};

}  // namespace stardose::pipeline
