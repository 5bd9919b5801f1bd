// Sequential minimal optimisation: the dual of support vector machines, two rows at a time.
#pragma once

#include <Eigen/Core>

#include "learning/solve/kernel_rows.h"

namespace stardose::learning {

/// Wanted are the u, of sum 0 and each between its bounds, at which this is least:
///     u'Ku / 2 - targets'u + epsilon sum |u|
/// Regression has bounds -cost and cost; of two classes one has targets 1 and bounds 0 and cost, the other -1, -cost
/// and 0, both epsilon 0. Bounds are on both sides of 0, or 0.
struct SmoProblem {
  Eigen::VectorXd targets;
  Eigen::VectorXd lowest;
  Eigen::VectorXd highest;
  double epsilon = 0;
  double tolerance = 1e-3;  ///< of the conditions of the optimum, on the scale of the targets
};

struct SmoSolution {
  Eigen::VectorXd u;
  double offset = 0;  ///< the function is sum_i u_i K(x_i, x) - offset
};

[[nodiscard]] SmoSolution minimise_by_pairs(const SmoProblem& problem, RbfRows& kernels);

}  // namespace stardose::learning
