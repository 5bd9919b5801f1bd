// Reads one kinetic model's file.
#pragma once

#include <string>

#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/kinetics/kinetic_model.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// `file` is its path in the catalogue's files.
[[nodiscard]] KineticModel read_kinetic_model(const std::string& file, const CatalogueFiles& files,
                                              const DosingLibrary& dosing, const KnowledgeBase& knowledge,
                                              CatalogueFaults& faults);

}  // namespace stardose::pharmaco
