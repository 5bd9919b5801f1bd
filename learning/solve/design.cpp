// Moments of columns.
#include "learning/solve/design.h"

#include <cmath>

namespace stardose::learning {

namespace {

// Of what is left of a column, beside what there was: less is rounding, not information.
constexpr double least_left = 1e-10;

}  // namespace

Eigen::VectorXd mean_one_weights(const TrainingData& data) {
  const auto rows = static_cast<Eigen::Index>(data.rows.count());
  if (data.weights.empty()) return Eigen::VectorXd::Ones(rows);
  const Eigen::Map<const Eigen::VectorXd> weights{data.weights.data(), rows};
  return weights * (static_cast<double>(rows) / weights.sum());
}

Design make_design(const TrainingData& data) {
  const auto rows = static_cast<Eigen::Index>(data.rows.count());
  const auto width = static_cast<Eigen::Index>(data.rows.width);
  Design design;
  design.weights = mean_one_weights(data);
  design.x = Eigen::Map<const RowMajor>{data.rows.values.data(), rows, width};
  design.means = design.x.transpose() * design.weights / static_cast<double>(rows);
  design.scales.resize(width);
  for (Eigen::Index j = 0; j < width; ++j) {
    auto column = design.x.col(j);
    const double largest = column.cwiseAbs().maxCoeff();
    column.array() -= design.means[j];
    const double scale = std::sqrt(design.weights.dot(column.cwiseAbs2()) / static_cast<double>(rows));
    const bool varies = scale > 1e-12 * largest;
    design.scales[j] = varies ? scale : 1;
    if (varies) {
      column /= scale;
    } else {
      column.setZero();
    }
  }
  return design;
}

LinearModel Design::in_own_units(const Eigen::MatrixXd& slopes, const Eigen::VectorXd& intercepts) const {
  LinearModel model;
  for (Eigen::Index k = 0; k < slopes.cols(); ++k) {
    const Eigen::VectorXd own = slopes.col(k).cwiseQuotient(scales);
    model.weights.insert(model.weights.end(), own.begin(), own.end());
    model.intercepts.push_back(intercepts[k] - own.dot(means));
  }
  return model;
}

// Cholesky's algorithm, a column at a time; one of which nothing is left is passed over.
std::vector<Eigen::Index> independent_columns(const Eigen::MatrixXd& products) {
  const Eigen::Index width = products.cols();
  std::vector<Eigen::Index> kept;
  Eigen::MatrixXd factor(width, width);  // row k: of the k-th kept column
  for (Eigen::Index j = 0; j < width; ++j) {
    const auto count = static_cast<Eigen::Index>(kept.size());
    Eigen::VectorXd row(count);
    for (Eigen::Index k = 0; k < count; ++k) {
      row[k] = (products(kept[static_cast<std::size_t>(k)], j) - factor.row(k).head(k).dot(row.head(k))) / factor(k, k);
    }
    const double left = products(j, j) - row.squaredNorm();
    if (products(j, j) <= 0 || left <= least_left * products(j, j)) continue;
    factor.row(count).head(count) = row.transpose();
    factor(count, count) = std::sqrt(left);
    kept.push_back(j);
  }
  return kept;
}

}  // namespace stardose::learning
