// Choosing draws.
#include "pharmaco/kinetics/draws.h"

#include <algorithm>

namespace stardose::pharmaco {

namespace {

Draw draw_of(const Individual& individual, Eigen::Index number, double weight) {
  return {individual.sample.unknowns.col(number), weight, static_cast<std::uint64_t>(number) + 1};
}

}  // namespace

std::vector<Draw> draws_of(const Individual& individual) {
  const Eigen::VectorXd& weights = individual.sample.weights;
  // All that is left out together weighs less than one part in ten thousand.
  const double least = 1e-4 / static_cast<double>(weights.size());
  std::vector<Draw> draws;
  for (Eigen::Index k = 0; k < weights.size(); ++k) {
    if (weights[k] >= least) draws.push_back(draw_of(individual, k, weights[k]));
  }
  return draws;
}

std::vector<Draw> even_draws(const Individual& individual, int count) {
  const Eigen::VectorXd& weights = individual.sample.weights;
  count = std::min(count, static_cast<int>(weights.size()));
  std::vector<Draw> draws;
  // Without measurements all weigh the same: the first of Halton's points are even, and every fifth of them is not.
  if (weights.maxCoeff() - weights.minCoeff() < 1e-12) {
    for (Eigen::Index k = 0; k < count; ++k) draws.push_back(draw_of(individual, k, 1.0 / count));
    return draws;
  }
  double passed = 0;
  double next = 0.5 / count;
  for (Eigen::Index k = 0; k < weights.size(); ++k) {
    passed += weights[k];
    int times = 0;
    for (; next < passed; next += 1.0 / count) ++times;
    if (times > 0) draws.push_back(draw_of(individual, k, static_cast<double>(times) / count));
  }
  return draws;
}

}  // namespace stardose::pharmaco
