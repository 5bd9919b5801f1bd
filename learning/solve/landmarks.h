// Few points that stand for many rows, and functions that are sums of kernels about them.
#pragma once

#include <cstdint>

#include "learning/linear/kernel_model.h"
#include "learning/solve/design.h"

namespace stardose::learning {

/// Returns at most `count` points: the means of clusters (k-means) that have at least rows_each rows each, or of all
/// rows where they are fewer. Rows that are in no such cluster belong to the nearest.
[[nodiscard]] RowMajor landmarks_of(const RowMajor& rows, std::size_t count, std::size_t rows_each, std::uint64_t seed);

/// Numbers of a row whose products with each other are the kernels of rows, as near as kernels about the landmarks come
/// to them (Nystroem). A function linear in them is a sum of kernels, and the squares of its slopes are its size.
class LandmarkFeatures {
 public:
  LandmarkFeatures(RowMajor landmarks, double gamma);

  /// Returns them, a row each.
  [[nodiscard]] Eigen::MatrixXd of(const RowMajor& rows) const;
  /// Returns the function that has these slopes.
  [[nodiscard]] KernelModel model(const Eigen::VectorXd& slopes, double intercept) const;

 private:
  RowMajor landmarks_;
  double gamma_;
  Eigen::MatrixXd turned_;  // kernels about the landmarks times this are the features
};

/// Returns exp(-gamma |u - v|^2) of rows u of one and v of the other.
[[nodiscard]] Eigen::MatrixXd rbf_kernels(const RowMajor& u, const RowMajor& v, double gamma);

/// Returns the gamma asked for; of 0 the usual one: 1 / sum of the variances of the columns.
[[nodiscard]] double gamma_or_usual(double asked, const RowMajor& rows);

}  // namespace stardose::learning
