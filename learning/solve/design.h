// Rows and targets as matrices, centred and scaled, for methods that add columns up.
#pragma once

#include <Eigen/Core>

#include "learning/linear/linear_model.h"
#include "learning/train/learner.h"

namespace stardose::learning {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Column j of x has mean 0, and where it varies mean square 1: it is (value - means[j]) / scales[j]. A column that
/// does not vary is 0, its scale 1. Means and squares count each row by its weight; weights have mean 1.
struct Design {
  Eigen::MatrixXd x;
  Eigen::VectorXd means;
  Eigen::VectorXd scales;
  Eigen::VectorXd weights;

  /// Returns weights and intercepts for values as they come, of those (one column an output) for x.
  [[nodiscard]] LinearModel in_own_units(const Eigen::MatrixXd& slopes, const Eigen::VectorXd& intercepts) const;
};

/// Returns a weight for each row, of mean 1.
[[nodiscard]] Eigen::VectorXd mean_one_weights(const TrainingData& data);

[[nodiscard]] Design make_design(const TrainingData& data);

/// Returns the columns that are no sum of columns before them, of a matrix of products of columns of mean square 1.
[[nodiscard]] std::vector<Eigen::Index> independent_columns(const Eigen::MatrixXd& products);

}  // namespace stardose::learning
