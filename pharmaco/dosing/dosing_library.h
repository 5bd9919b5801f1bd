// Every dosing algorithm of a catalogue.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/dosing/dosing_algorithm.h"
#include "pharmaco/inputs/gene_columns.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// Immutable once loaded; safe to share between threads.
struct DosingLibrary {
  Covariates covariates;
  std::vector<DosingAlgorithm> algorithms;  ///< by id

  [[nodiscard]] const DosingAlgorithm* find(std::string_view id) const;
  /// Returns the algorithm of this id, or the one preferred for a drug of this name; nullptr: neither.
  [[nodiscard]] const DosingAlgorithm* choose(std::string_view id_or_drug) const;
  /// Returns the algorithm and those it compares with and defers to, each once, itself first.
  [[nodiscard]] std::vector<const DosingAlgorithm*> with_others(const DosingAlgorithm& algorithm) const;
};

/// Reads dosing/*.yaml (README.md there) and checks that every name is known, every input is used, every category has
/// its row and every unit fits. A catalogue without them has no algorithms. Models are read when they are asked for.
[[nodiscard]] DosingLibrary load_dosing(const CatalogueFiles& files, const KnowledgeBase& knowledge,
                                        CatalogueFaults& faults);

/// Reads the models of these algorithms, so that one that cannot be used is refused before work begins. Throws
/// InputError (catalogue).
void make_ready(const std::vector<const DosingAlgorithm*>& algorithms);

/// Reads every model, and adds what is wrong with it.
void check_models(const DosingLibrary& library, CatalogueFaults& faults);

/// Loads those of the embedded catalogue, or of a folder. Throws InputError (catalogue) for a broken one.
[[nodiscard]] DosingLibrary open_dosing(const std::string& folder, const KnowledgeBase& knowledge);

/// Returns what a table of patients may have columns of: the covariates, and variants in the algorithms' letters.
/// Refers to the library.
[[nodiscard]] PatientColumns patient_columns(const DosingLibrary& library);

/// Returns the genes that these algorithms ask for, by symbol, each once.
[[nodiscard]] std::vector<std::string> genes_of(const std::vector<const DosingAlgorithm*>& algorithms,
                                                const KnowledgeBase& knowledge);

/// Returns the variants that these algorithms ask for, by rsid, each once.
[[nodiscard]] std::set<std::string> variants_of(const std::vector<const DosingAlgorithm*>& algorithms);

}  // namespace stardose::pharmaco
