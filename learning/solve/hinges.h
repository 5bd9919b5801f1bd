// Sums of hinges: what quantile regression and linear support vector machines have least of.
#pragma once

#include <Eigen/Core>

namespace stardose::learning {

/// Wanted is the b at which this is least:
///     linear'b + sum_j ridge_j b_j^2 / 2 + sum over rows i and hinges k of costs(i, k) max(0, offsets(i, k) - signs(i,
///     k) x_i'b)
/// Costs are above 0. Columns of x are independent, or have a ridge.
struct HingeProblem {
  const Eigen::MatrixXd& x;
  Eigen::ArrayXXd offsets;
  Eigen::ArrayXXd signs;
  Eigen::ArrayXXd costs;
  Eigen::VectorXd linear;
  Eigen::VectorXd ridge;
};

struct HingeSolution {
  Eigen::VectorXd b;
  /// Multipliers, from 0 to the costs, at which the problem's dual is greatest: of a hinge above 0 its cost, of one
  /// below 0 nothing. linear + ridge b = X'(signs multipliers), but for rounding.
  Eigen::ArrayXXd multipliers;
  double value = 0;
  double gap = 0;  ///< by so much `value` may be above the least there is
};

/// By Mehrotra's primal-dual interior point method, to a gap of 1e-9 of the value where rounding lets it.
[[nodiscard]] HingeSolution minimise_hinges(const HingeProblem& problem, const Eigen::VectorXd& start);

/// Returns what the problem says of b.
[[nodiscard]] double value_at(const HingeProblem& problem, const Eigen::VectorXd& b);

}  // namespace stardose::learning
