// Least squares with penalties on the absolute values and on the squares of the slopes.
#pragma once

#include "learning/solve/design.h"

namespace stardose::learning {

struct SlopePenalties {
  Eigen::VectorXd absolute;  ///< one a column
  Eigen::VectorXd square;
};

/// Returns the b at which this is least:
///     mean of weight (target - x'b)^2 / 2 + sum_j absolute_j |b_j| + square_j b_j^2 / 2
/// Requires: targets have a weighted mean of 0. Columns that are 0 have slope 0.
[[nodiscard]] Eigen::VectorXd coordinate_descent(const Design& design, const Eigen::VectorXd& targets,
                                                 const SlopePenalties& penalties);

}  // namespace stardose::learning
