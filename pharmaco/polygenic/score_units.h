// All scores of all files as columns, and the unit in which each is summed.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

/// A sum is a whole number of units, so that it is the same in whatever order it was added up. A unit is a power of
/// two, so small that the largest sum that the weights allow takes 61 bits: with a million variants of like weights a
/// value is rounded by less than 1e-12 of itself.
class ScoreUnits {
 public:
  explicit ScoreUnits(const std::vector<ScoringFile>& files);

  [[nodiscard]] std::size_t columns() const { return units_.size(); }
  [[nodiscard]] std::size_t column(std::size_t file, std::size_t score) const { return first_[file] + score; }
  [[nodiscard]] std::int64_t to_units(double value, std::size_t column) const {
    return std::llround(value / units_[column]);
  }
  [[nodiscard]] double to_value(std::int64_t sum, std::size_t column) const {
    return static_cast<double>(sum) * units_[column];
  }

 private:
  std::vector<std::size_t> first_;  // column of each file
  std::vector<double> units_;
};

}  // namespace stardose::pharmaco
