// What the recommendations on one drug and population say to one combination of gene readings.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "pharmaco/guidance/gene_view.h"
#include "pharmaco/knowledge/advice_level.h"

namespace stardose::pharmaco {

struct Outcome {
  enum class Kind {
    rows,           ///< recommendations hold
    no_result,      ///< none holds, and something that they ask for is not known
    carriers_only,  ///< none holds, since they speak to carriers only and this is none
    no_advice,      ///< none holds for this result
  };
  Kind kind = Kind::no_advice;
  Rows rows;         ///< those of the most demanding level, in the table's order
  std::string text;  ///< no_result: what is missing; carriers_only: the alleles
  bool all_known = true;

  [[nodiscard]] AdviceLevel level() const;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

[[nodiscard]] Outcome outcome_of(const Rows& rows, std::span<const GeneView> views);

using Combinations = std::vector<std::vector<GeneView>>;  ///< one view for each gene

/// An outcome with the combinations of readings that lead to it.
struct Case {
  Outcome outcome;
  Combinations combinations;
};

/// Goes through all combinations of the genes' readings. Empty: there are more than 256.
[[nodiscard]] std::vector<Case> cases_of(const Rows& rows, const std::vector<std::vector<GeneView>>& choices);

}  // namespace stardose::pharmaco
