// Kernels of every row with every other, a row at a time.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <vector>

namespace stardose::learning {

/// exp(-gamma |u - v|^2) of rows of x, as floats. All rows that have been asked for are kept while they fit into the
/// memory given; of more, those asked for last.
class RbfRows {
 public:
  RbfRows(const Eigen::MatrixXd& x, double gamma, std::size_t most_bytes);

  [[nodiscard]] Eigen::Index count() const { return x_.rows(); }
  /// Returns a row, which stays as it is until two others have been asked for.
  [[nodiscard]] const float* row(Eigen::Index k);

 private:
  void work_out(Eigen::Index first, Eigen::Index rows, float* out) const;

  Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> x_;
  Eigen::VectorXf squares_;
  float gamma_;
  std::vector<float> held_;
  std::vector<Eigen::Index> slot_of_;  ///< by row; -1: not held
  std::vector<Eigen::Index> row_in_;   ///< by slot
  std::vector<std::uint64_t> asked_;   ///< by slot: when last
  std::uint64_t now_ = 0;
};

}  // namespace stardose::learning
