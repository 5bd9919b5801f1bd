// Every kinetic model of a catalogue.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/kinetics/kinetic_model.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// Immutable once loaded; safe to share between threads.
struct KineticLibrary {
  std::vector<KineticModel> models;  ///< by id

  [[nodiscard]] const KineticModel* find(std::string_view id) const;
  /// Returns the model of this id, or the one preferred for a drug of this name; nullptr: neither.
  [[nodiscard]] const KineticModel* choose(std::string_view id_or_drug) const;
};

/// Reads kinetics/*.yaml (README.md there); a catalogue may lack them. Faults, each at its file and line: a name that
/// is not known or not used, a unit that does not fit, a flow between compartments that there are not, variances that
/// are not a covariance.
[[nodiscard]] KineticLibrary load_kinetics(const CatalogueFiles& files, const DosingLibrary& dosing,
                                           const KnowledgeBase& knowledge, CatalogueFaults& faults);

/// Loads those of the embedded catalogue, or of a folder. Throws InputError (catalogue) for a broken one.
[[nodiscard]] KineticLibrary open_kinetics(const std::string& folder, const DosingLibrary& dosing,
                                           const KnowledgeBase& knowledge);

/// Returns the genes, and the variants by rsid, that the model asks for (and the algorithm that it is anchored at).
[[nodiscard]] std::vector<std::string> genes_of(const KineticModel& model, const DosingLibrary& dosing,
                                                const KnowledgeBase& knowledge);
[[nodiscard]] std::set<std::string> variants_of(const KineticModel& model, const DosingLibrary& dosing);

}  // namespace stardose::pharmaco
