// How a gene's alleles become a phenotype: by their functions, by their activity score, or by presence.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pharmaco/knowledge/activity_score.h"

namespace stardose::pharmaco {

enum class PhenotypeMethod { functions, activity_score, presence, none };

/// Both ends included; without `has_max` there is no upper end.
struct ScoreBand {
  ActivityScore min;
  ActivityScore max;
  bool has_max = false;
  std::string phenotype;
};

/// Words are CPIC's (Caudle et al. 2017, Genet Med 19:215, and the gene tables of the guidelines).
struct PhenotypeRule {
  static constexpr const char* indeterminate = "Indeterminate";

  PhenotypeMethod method = PhenotypeMethod::none;
  /// (function, function), smaller first; (function, "") for one copy.
  std::map<std::pair<std::string, std::string>, std::string> by_functions;
  std::vector<ScoreBand> by_score;  ///< ascending, disjoint

  /// Returns the phenotype of two copies, or with `one_copy` of the first alone. A function that the source does not
  /// give counts as "Unknown function", or "Uncertain function" in genes that have only that word.
  [[nodiscard]] std::string of_functions(const std::string& first, const std::string& second, bool one_copy) const;
  [[nodiscard]] std::string of_score(ActivityScore score) const;
};

}  // namespace stardose::pharmaco
