// A learner small enough to be checked by eye: ridge regression by Gaussian elimination.
#pragma once

#include <cmath>
#include <vector>

#include "learning/train/learner.h"

namespace stardose::test {

/// Setting `penalty` (1 unless said) on the squares of the slopes, not of the intercept. Of two classes the margins are
/// those of a regression on 0 and 1, through a logistic link: no good, but a probability.
inline learning::Fitted hand_ridge(const learning::LearnerSpec& spec, const learning::TrainingData& data,
                                   std::uint64_t /*seed*/) {
  const auto found = spec.settings.find("penalty");
  const double penalty = found == spec.settings.end() ? 1 : std::get<double>(found->second);
  const std::size_t size = data.rows.width + 1;
  std::vector<std::vector<double>> system(size, std::vector<double>(size + 1));
  for (std::size_t row = 0; row < data.rows.count(); ++row) {
    std::vector<double> x{1};
    for (const double value : data.rows.row(row)) x.push_back(value);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) system[i][j] += x[i] * x[j];
      system[i][size] += x[i] * data.targets[row];
    }
  }
  for (std::size_t i = 1; i < size; ++i) system[i][i] += penalty;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < size; ++k) {
      if (k == i || system[i][i] == 0) continue;
      const double factor = system[k][i] / system[i][i];
      for (std::size_t j = i; j <= size; ++j) system[k][j] -= factor * system[i][j];
    }
  }
  learning::LinearModel linear{{}, {system[0][size] / system[0][0]}};
  for (std::size_t i = 1; i < size; ++i)
    linear.weights.push_back(system[i][i] == 0 ? 0 : system[i][size] / system[i][i]);
  return {linear, {data.classes > 0 ? learning::LinkFunction::logistic : learning::LinkFunction::identity, 1}};
}

}  // namespace stardose::test
