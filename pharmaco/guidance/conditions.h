// Which readings of ambiguous genes lead to an outcome, in words.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/guidance/outcome.h"
#include "pharmaco/guidance/sentence.h"

namespace stardose::pharmaco {

/// Returns the phenotype, score or statuses that the guideline is keyed on; with its phenotype for a score.
[[nodiscard]] std::string keyed_phenotype(const AskedOfGene& asked, const GeneReading& reading,
                                          const Sentences& sentences);

/// Returns what makes these combinations out of all that `choices` gives: one condition where it can be said gene by
/// gene, else one for each combination.
[[nodiscard]] std::vector<std::string> conditions_of(const Combinations& combinations,
                                                     const std::vector<std::vector<GeneView>>& choices,
                                                     const Sentences& sentences);

}  // namespace stardose::pharmaco
