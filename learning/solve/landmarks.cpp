// k-means by Lloyd's algorithm from points that are drawn far from each other (Arthur, Vassilvitskii 2007).
#include "learning/solve/landmarks.h"

#include <Eigen/Eigenvalues>
#include <algorithm>

#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_rounds = 25;
// Of the spread of kernels about landmarks, beside the largest: what is narrower would need coefficients that cancel.
constexpr double least_spread = 1e-8;

/// Squared distances of rows u from rows v, to within rounding of both's distance from the first of v.
MatrixXd square_distances(const RowMajor& u, const RowMajor& v) {
  const Eigen::RowVectorXd centre = v.row(0);
  const RowMajor from_u = u.rowwise() - centre;
  const RowMajor from_v = v.rowwise() - centre;
  MatrixXd squares = -2 * from_u * from_v.transpose();
  squares.colwise() += from_u.rowwise().squaredNorm();
  squares.rowwise() += from_v.rowwise().squaredNorm().transpose();
  return squares.cwiseMax(0);
}

RowMajor drawn_points(const RowMajor& rows, std::size_t count, std::uint64_t seed) {
  SeededRandom random{seed};
  RowMajor points(static_cast<Index>(count), rows.cols());
  VectorXd nearest = VectorXd::Constant(rows.rows(), INFINITY);
  auto drawn = static_cast<Index>(random.below(static_cast<std::uint64_t>(rows.rows())));
  for (Index k = 0; k < points.rows(); ++k) {
    points.row(k) = rows.row(drawn);
    nearest = nearest.cwiseMin((rows.rowwise() - points.row(k)).rowwise().squaredNorm());
    double left = random.share() * nearest.sum();
    if (nearest.sum() <= 0) return points.topRows(k + 1);
    for (drawn = 0; drawn + 1 < rows.rows() && left >= nearest[drawn]; ++drawn) left -= nearest[drawn];
  }
  return points;
}

class Clusters {
 public:
  Clusters(const RowMajor& rows, RowMajor points) : rows_{rows}, points_{std::move(points)} { assign(); }

  /// Returns false where no row has changed its cluster.
  bool improve() {
    move();
    const std::vector<Index> before = of_row_;
    assign();
    return of_row_ != before;
  }

  /// Leaves those out that have too few rows; returns false where there are none.
  bool drop_smaller_than(std::size_t rows_each) {
    std::vector<Index> kept;
    for (Index k = 0; k < points_.rows(); ++k) {
      if (sizes_[static_cast<std::size_t>(k)] >= rows_each) kept.push_back(k);
    }
    if (static_cast<Index>(kept.size()) == points_.rows()) return false;
    if (kept.empty()) kept.push_back(std::ranges::max_element(sizes_) - sizes_.begin());
    RowMajor fewer(static_cast<Index>(kept.size()), points_.cols());
    for (std::size_t k = 0; k < kept.size(); ++k) fewer.row(static_cast<Index>(k)) = points_.row(kept[k]);
    const bool one_was_left = points_.rows() == 1;
    points_ = std::move(fewer);
    assign();
    return !one_was_left;
  }

  [[nodiscard]] RowMajor means() {
    move();
    return points_;
  }

 private:
  void assign() {
    const MatrixXd distances = square_distances(rows_, points_);
    of_row_.assign(static_cast<std::size_t>(rows_.rows()), 0);
    sizes_.assign(static_cast<std::size_t>(points_.rows()), 0);
    for (Index row = 0; row < rows_.rows(); ++row) {
      Index& nearest = of_row_[static_cast<std::size_t>(row)];
      distances.row(row).minCoeff(&nearest);
      ++sizes_[static_cast<std::size_t>(nearest)];
    }
  }

  void move() {
    RowMajor sums = RowMajor::Zero(points_.rows(), points_.cols());
    for (Index row = 0; row < rows_.rows(); ++row) sums.row(of_row_[static_cast<std::size_t>(row)]) += rows_.row(row);
    for (Index k = 0; k < points_.rows(); ++k) {
      const std::size_t size = sizes_[static_cast<std::size_t>(k)];
      if (size > 0) points_.row(k) = sums.row(k) / static_cast<double>(size);
    }
  }

  const RowMajor& rows_;
  RowMajor points_;
  std::vector<Index> of_row_;
  std::vector<std::size_t> sizes_;
};

}  // namespace

RowMajor landmarks_of(const RowMajor& rows, std::size_t count, std::size_t rows_each, std::uint64_t seed) {
  const std::size_t most = std::max<std::size_t>(1, static_cast<std::size_t>(rows.rows()) / rows_each);
  Clusters clusters{rows, drawn_points(rows, std::clamp<std::size_t>(count, 1, most), seed)};
  for (int round = 0; round < most_rounds && clusters.improve(); ++round) {
  }
  while (clusters.drop_smaller_than(rows_each)) {
  }
  return clusters.means();
}

MatrixXd rbf_kernels(const RowMajor& u, const RowMajor& v, double gamma) {
  return (-gamma * square_distances(u, v).array()).exp().matrix();
}

double gamma_or_usual(double asked, const RowMajor& rows) {
  if (asked > 0) return asked;
  const double squares = (rows.rowwise() - rows.colwise().mean()).squaredNorm() / static_cast<double>(rows.rows());
  return squares > 0 ? 1 / squares : 1;
}

LandmarkFeatures::LandmarkFeatures(RowMajor landmarks, double gamma) : landmarks_{std::move(landmarks)}, gamma_{gamma} {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{rbf_kernels(landmarks_, landmarks_, gamma_)};
  const VectorXd& spreads = solver.eigenvalues();  // ascending
  Index narrow = 0;
  while (narrow + 1 < spreads.size() && spreads[narrow] <= least_spread * spreads[spreads.size() - 1]) ++narrow;
  const Index kept = spreads.size() - narrow;
  turned_ = solver.eigenvectors().rightCols(kept) * spreads.tail(kept).cwiseSqrt().cwiseInverse().asDiagonal();
}

MatrixXd LandmarkFeatures::of(const RowMajor& rows) const { return rbf_kernels(rows, landmarks_, gamma_) * turned_; }

KernelModel LandmarkFeatures::model(const VectorXd& slopes, double intercept) const {
  const VectorXd coefficients = turned_ * slopes;
  return {.kernel = Kernel::rbf,
          .gamma = gamma_,
          .vectors = {landmarks_.data(), landmarks_.data() + landmarks_.size()},
          .coefficients = {coefficients.begin(), coefficients.end()},
          .offsets = {-intercept}};
}

}  // namespace stardose::learning
