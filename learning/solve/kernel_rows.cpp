// All at once as products of matrices where they fit, else one by one.
#include "learning/solve/kernel_rows.h"

#include <algorithm>

namespace stardose::learning {

namespace {

using Eigen::Index;

constexpr Index rows_at_once = 64;

}  // namespace

RbfRows::RbfRows(const Eigen::MatrixXd& x, double gamma, std::size_t most_bytes)
    // Distances are differences of squares: about the mean they are small.
    : x_{(x.rowwise() - x.colwise().mean()).cast<float>()},
      squares_{x_.rowwise().squaredNorm()},
      gamma_{static_cast<float>(gamma)},
      slot_of_(static_cast<std::size_t>(x.rows()), -1) {
  const auto rows = static_cast<std::size_t>(x.rows());
  const std::size_t slots = std::clamp<std::size_t>(most_bytes / sizeof(float) / rows, 3, rows + 3);
  held_.resize(std::min(slots, std::max<std::size_t>(rows, 3)) * rows);
  if (slots < rows) {
    row_in_.assign(slots, -1);
    asked_.assign(slots, 0);
    return;
  }
  for (Index first = 0; first < x_.rows(); first += rows_at_once) {
    const Index count = std::min(rows_at_once, x_.rows() - first);
    work_out(first, count, held_.data() + first * x_.rows());
    for (Index k = first; k < first + count; ++k) slot_of_[static_cast<std::size_t>(k)] = k;
  }
}

const float* RbfRows::row(Index k) {
  Index& slot = slot_of_[static_cast<std::size_t>(k)];
  if (slot < 0) {
    const auto oldest = std::ranges::min_element(asked_) - asked_.begin();
    Index& held = row_in_[static_cast<std::size_t>(oldest)];
    if (held >= 0) slot_of_[static_cast<std::size_t>(held)] = -1;
    held = k;
    slot = oldest;
    work_out(k, 1, held_.data() + slot * x_.rows());
  }
  if (!asked_.empty()) asked_[static_cast<std::size_t>(slot)] = ++now_;
  return held_.data() + slot * x_.rows();
}

void RbfRows::work_out(Index first, Index rows, float* out) const {
  Eigen::Map<Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> block{out, rows, x_.rows()};
  block.noalias() = x_.middleRows(first, rows) * x_.transpose();
  for (Index k = 0; k < rows; ++k) {
    auto row = block.row(k).array();
    row = (-gamma_ * (squares_.transpose().array() + squares_[first + k] - 2 * row).max(0)).exp();
  }
}

}  // namespace stardose::learning
