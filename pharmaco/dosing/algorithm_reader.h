// Reads one algorithm's file.
#pragma once

#include <string>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/dosing/dosing_algorithm.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// Reads and checks all but the names of other algorithms. `file` is its path in the catalogue's files.
[[nodiscard]] DosingAlgorithm read_algorithm(const std::string& file, const CatalogueFiles& files,
                                             const Covariates& covariates, const KnowledgeBase& knowledge,
                                             CatalogueFaults& faults);

}  // namespace stardose::pharmaco
