// Ordinary least squares. Of columns that are sums of others, the smallest slopes that do (for columns of deviation 1).
#include <Eigen/QR>

#include "learning/solve/design.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

Fitted learn(const Task& task) {
  const Design design = make_design(task.data);
  const auto rows = static_cast<Eigen::Index>(task.data.targets.size());
  const Eigen::Map<const Eigen::VectorXd> targets{task.data.targets.data(), rows};
  const double mean = design.weights.dot(targets) / static_cast<double>(rows);
  const Eigen::VectorXd roots = design.weights.cwiseSqrt();
  Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> decomposition;
  decomposition.setThreshold(1e-10);
  decomposition.compute(roots.asDiagonal() * design.x);
  const Eigen::VectorXd slopes = decomposition.solve(roots.cwiseProduct((targets.array() - mean).matrix()));
  return {design.in_own_units(slopes, Eigen::VectorXd::Constant(1, mean)), {}};
}

}  // namespace

Entry least_squares_entry() {
  return {{.name = "least_squares", .title = "Linear regression (ordinary least squares)", .quantities = true}, learn};
}

}  // namespace stardose::learning
