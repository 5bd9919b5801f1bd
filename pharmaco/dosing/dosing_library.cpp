// All algorithms, and what they say of each other.
#include "pharmaco/dosing/dosing_library.h"

#include <algorithm>
#include <set>

#include "learning/import/import_model.h"
#include "pharmaco/dosing/algorithm_reader.h"
#include "pharmaco/dosing/dose_model.h"
#include "pharmaco/dosing/estimate_dose.h"

namespace stardose::pharmaco {

namespace {

constexpr std::string_view folder = "dosing/";

std::string file_of(const DosingAlgorithm& algorithm) { return std::string{folder} + algorithm.id + ".yaml"; }

/// Whether milligrams a day follow from its result.
bool is_daily_dose(const DosingAlgorithm& algorithm) { return mg_per_day(algorithm, 1).has_value(); }

std::vector<std::string> others_of(const DosingAlgorithm& algorithm) {
  std::vector<std::string> ids = algorithm.comparators;
  for (const DoseLimit& limit : algorithm.limits) {
    if (limit.kind == DoseLimit::Kind::defer) ids.push_back(limit.defer_to);
  }
  return ids;
}

void check_names(const DosingLibrary& library, CatalogueFaults& faults) {
  std::set<std::string> preferred;
  for (const DosingAlgorithm& algorithm : library.algorithms) {
    for (const std::string& id : others_of(algorithm)) {
      const DosingAlgorithm* other = library.find(id);
      if (other == nullptr) {
        faults.add(file_of(algorithm), 0, "no such algorithm: " + id);
      } else if (other->is_guideline() || !is_daily_dose(*other) || !is_daily_dose(algorithm)) {
        faults.add(file_of(algorithm), 0, "cannot be compared: " + id);
      }
    }
    for (const std::string& drug : algorithm.drugs) {
      if (algorithm.preferred && !preferred.insert(drug).second) {
        faults.add(file_of(algorithm), 0, "another algorithm is preferred for " + drug);
      }
    }
  }
  for (const DosingAlgorithm& algorithm : library.algorithms) {
    for (const std::string& drug : algorithm.drugs) {
      if (!preferred.contains(drug)) faults.add(file_of(algorithm), 0, "no algorithm is preferred for " + drug);
    }
  }
}

}  // namespace

const DosingAlgorithm* DosingLibrary::find(std::string_view id) const {
  const auto found = std::ranges::find(algorithms, id, &DosingAlgorithm::id);
  return found == algorithms.end() ? nullptr : &*found;
}

const DosingAlgorithm* DosingLibrary::choose(std::string_view id_or_drug) const {
  if (const DosingAlgorithm* algorithm = find(id_or_drug)) return algorithm;
  for (const DosingAlgorithm& algorithm : algorithms) {
    const auto& drugs = algorithm.drugs;
    if (algorithm.preferred && std::ranges::find(drugs, id_or_drug) != drugs.end()) return &algorithm;
  }
  return nullptr;
}

std::vector<const DosingAlgorithm*> DosingLibrary::with_others(const DosingAlgorithm& algorithm) const {
  std::vector<const DosingAlgorithm*> all = {&algorithm};
  for (const std::string& id : others_of(algorithm)) {
    const DosingAlgorithm* other = find(id);
    if (std::ranges::find(all, other) == all.end()) all.push_back(other);
  }
  return all;
}

DosingLibrary load_dosing(const CatalogueFiles& files, const KnowledgeBase& knowledge, CatalogueFaults& faults) {
  DosingLibrary library;
  library.covariates = load_covariates(files, faults);
  for (auto at = files.texts.lower_bound(std::string{folder}); at != files.texts.end(); ++at) {
    if (!at->first.starts_with(folder)) break;
    if (at->first.find('/', folder.size()) != std::string::npos) continue;  // what an algorithm names
    DosingAlgorithm algorithm = read_algorithm(at->first, files, library.covariates, knowledge, faults);
    if (at->first != file_of(algorithm)) faults.add(at->first, 0, "the file has the name of its algorithm");
    library.algorithms.push_back(std::move(algorithm));
  }
  std::ranges::sort(library.algorithms, {}, &DosingAlgorithm::id);
  check_names(library, faults);
  return library;
}

void make_ready(const std::vector<const DosingAlgorithm*>& algorithms) {
  for (const DosingAlgorithm* algorithm : algorithms) {
    if (algorithm->model != nullptr) (void)algorithm->model->ready();
  }
}

void check_models(const DosingLibrary& library, CatalogueFaults& faults) {
  for (const DosingAlgorithm& algorithm : library.algorithms) {
    if (algorithm.model == nullptr || algorithm.model->source().model.name().empty()) continue;
    const DoseModelSource& source = algorithm.model->source();
    const std::string text = source.model.text();
    auto fault = fault_of_text(source, text);
    if (!fault) fault = fault_of_model(source, learning::import_model_from(source.path, text));
    if (fault) faults.add(source.path, 0, *fault);
  }
}

DosingLibrary open_dosing(const std::string& folder_name, const KnowledgeBase& knowledge) {
  const CatalogueFiles files = folder_name.empty() ? embedded_files() : folder_files(folder_name);
  CatalogueFaults faults{files.origin};
  DosingLibrary library = load_dosing(files, knowledge, faults);
  faults.raise();
  return library;
}

PatientColumns patient_columns(const DosingLibrary& library) {
  PatientColumns known{.covariates = library.covariates};
  for (const DosingAlgorithm& algorithm : library.algorithms) add_letters(algorithm.inputs, known.letters);
  return known;
}

std::vector<std::string> genes_of(const std::vector<const DosingAlgorithm*>& algorithms,
                                  const KnowledgeBase& knowledge) {
  std::set<std::string> genes;
  for (const DosingAlgorithm* algorithm : algorithms) {
    for (const DoseInput& input : algorithm->inputs) {
      if (!input.gene.empty()) genes.insert(input.gene);
    }
    for (const Guideline& guideline : knowledge.guidelines) {
      const auto& ids = algorithm->guidelines;
      if (std::ranges::find(ids, guideline.id) == ids.end()) continue;
      genes.insert(guideline.genes.begin(), guideline.genes.end());
    }
  }
  return {genes.begin(), genes.end()};
}

std::set<std::string> variants_of(const std::vector<const DosingAlgorithm*>& algorithms) {
  std::set<std::string> rsids;
  for (const DosingAlgorithm* algorithm : algorithms) {
    for (const DoseInput& input : algorithm->inputs) {
      if (!input.rsid.empty()) rsids.insert(input.rsid);
      rsids.insert(input.variants.begin(), input.variants.end());
    }
  }
  return rsids;
}

}  // namespace stardose::pharmaco
