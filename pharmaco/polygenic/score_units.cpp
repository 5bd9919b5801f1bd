// Choosing units.
#include "pharmaco/polygenic/score_units.h"

#include <algorithm>
#include <array>

namespace stardose::pharmaco {

namespace {

constexpr int bits = 61;

double unit_for(const ScoringFile& file, std::size_t score) {
  double most = 0;
  for (std::size_t variant = 0; variant < file.variants.size(); ++variant) {
    if (is_decided(file.variants[variant].fate)) continue;
    const std::array<double, 3> values = file.worth(variant, score);
    most += std::max({std::abs(values[0]), std::abs(values[1]), std::abs(values[2])});
  }
  constexpr int smallest = -1000;  // exponent of a number that is not rounded itself
  return most > 0 ? std::ldexp(1.0, std::max(smallest, std::ilogb(most) + 1 - bits)) : 1.0;
}

}  // namespace

ScoreUnits::ScoreUnits(const std::vector<ScoringFile>& files) {
  for (const ScoringFile& file : files) {
    first_.push_back(units_.size());
    for (std::size_t score = 0; score < file.scores.size(); ++score) units_.push_back(unit_for(file, score));
  }
}

}  // namespace stardose::pharmaco
