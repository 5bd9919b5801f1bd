// Linear support vector machines: sums of losses that are none within a margin.
#pragma once

#include <Eigen/Core>

namespace stardose::learning {

/// Wanted are the slopes and the intercept at which this is least:
///     sum_j ridge_j slope_j^2 / 2 + sum over rows of cost_i loss_i
/// With classes targets are 1 and -1, and the loss is max(0, 1 - target f); of a quantity it is max(0, |target - f| -
/// epsilon). f is x'slopes + intercept.
struct MarginProblem {
  const Eigen::MatrixXd& x;
  Eigen::VectorXd targets;
  Eigen::VectorXd costs;
  Eigen::VectorXd ridge;
  double epsilon = 0;
  bool classes = false;
};

struct Plane {
  Eigen::VectorXd slopes;
  double intercept = 0;
};

[[nodiscard]] Plane minimise_margins(const MarginProblem& problem);

}  // namespace stardose::learning
