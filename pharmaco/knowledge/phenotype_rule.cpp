// Applying a phenotype rule.
#include "pharmaco/knowledge/phenotype_rule.h"

#include <algorithm>

namespace stardose::pharmaco {

namespace {

std::vector<std::string> readings(const std::string& function) {
  if (!function.empty()) return {function};
  return {"Unknown function", "Uncertain function"};
}

}  // namespace

std::string PhenotypeRule::of_functions(const std::string& first, const std::string& second, bool one_copy) const {
  for (const std::string& a : readings(first)) {
    for (const std::string& b : one_copy ? std::vector<std::string>{""} : readings(second)) {
      const auto key = one_copy ? std::pair{a, b} : std::pair{std::min(a, b), std::max(a, b)};
      const auto row = by_functions.find(key);
      if (row != by_functions.end()) return row->second;
    }
  }
  return indeterminate;
}

std::string PhenotypeRule::of_score(ActivityScore score) const {
  // "At least 3" is decided only where every higher score reads the same, which is so in the uppermost band.
  const auto band = std::find_if(by_score.begin(), by_score.end(), [&](const ScoreBand& entry) {
    const bool above = score.hundredths >= entry.min.hundredths;
    return above && (!entry.has_max || (!score.at_least && score.hundredths <= entry.max.hundredths));
  });
  return band == by_score.end() ? indeterminate : band->phenotype;
}

}  // namespace stardose::pharmaco
