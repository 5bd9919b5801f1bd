// One slope after the other, those that are not 0 most often (Friedman, Hastie, Tibshirani 2010).
#include "learning/solve/coordinate_descent.h"

#include <algorithm>
#include <cmath>

namespace stardose::learning {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Products of columns are worth their memory up to here; beyond, residuals are kept instead.
constexpr Index most_columns_with_products = 1500;
constexpr int most_sweeps = 20'000;
constexpr double small_change = 1e-11;  // of a slope, beside the targets' deviation

double shrunk(double x, double by) { return x > by ? x - by : x < -by ? x + by : 0; }

/// The gradient through products of columns: a change of a slope costs as much as there are columns.
class Products {
 public:
  Products(const Design& design, const VectorXd& targets)
      : gradient_{design.x.transpose() * design.weights.cwiseProduct(targets) / static_cast<double>(targets.size())} {
    const MatrixXd scaled = design.weights.cwiseSqrt().asDiagonal() * design.x;
    products_ = MatrixXd::Zero(scaled.cols(), scaled.cols());
    products_.selfadjointView<Eigen::Lower>().rankUpdate(scaled.transpose(), 1 / static_cast<double>(targets.size()));
    products_.triangularView<Eigen::StrictlyUpper>() = products_.transpose();
  }
  [[nodiscard]] double gradient(Index j) const { return gradient_[j]; }
  void change(Index j, double by) { gradient_ -= by * products_.col(j); }

 private:
  MatrixXd products_;
  VectorXd gradient_;
};

/// Through residuals: a change costs as much as there are rows.
class Residuals {
 public:
  Residuals(const Design& design, const VectorXd& targets)
      : design_{design}, weighted_{design.weights.cwiseProduct(targets) / static_cast<double>(targets.size())} {}
  [[nodiscard]] double gradient(Index j) const { return design_.x.col(j).dot(weighted_); }
  void change(Index j, double by) {
    weighted_ -= by / static_cast<double>(weighted_.size()) * design_.weights.cwiseProduct(design_.x.col(j));
  }

 private:
  const Design& design_;
  VectorXd weighted_;
};

template <class Gradient>
class Descent {
 public:
  Descent(Gradient gradient, const SlopePenalties& penalties, VectorXd squares)
      : gradient_{std::move(gradient)},
        penalties_{penalties},
        squares_{std::move(squares)},
        b_{VectorXd::Zero(squares_.size())} {}

  VectorXd run(double deviation) {
    const double enough = small_change * deviation;
    std::vector<Index> active;
    for (int sweeps = 0; sweeps < most_sweeps;) {
      double change = 0;
      active.clear();
      for (Index j = 0; j < b_.size(); ++j) {
        change = std::max(change, improve(j));
        if (b_[j] != 0) active.push_back(j);
      }
      ++sweeps;
      if (change <= enough) break;
      for (change = INFINITY; change > enough && sweeps < most_sweeps; ++sweeps) {
        change = 0;
        for (const Index j : active) change = std::max(change, improve(j));
      }
    }
    return b_;
  }

 private:
  /// Returns by how much the slope has changed.
  double improve(Index j) {
    if (squares_[j] <= 0) return 0;
    const double wanted = shrunk(gradient_.gradient(j) + squares_[j] * b_[j], penalties_.absolute[j]) /
                          (squares_[j] + penalties_.square[j]);
    const double change = wanted - b_[j];
    if (change != 0) gradient_.change(j, change);
    b_[j] = wanted;
    return std::abs(change);
  }

  Gradient gradient_;
  const SlopePenalties& penalties_;
  VectorXd squares_;
  VectorXd b_;
};

}  // namespace

VectorXd coordinate_descent(const Design& design, const VectorXd& targets, const SlopePenalties& penalties) {
  const auto rows = static_cast<double>(targets.size());
  const VectorXd squares = design.x.cwiseAbs2().transpose() * design.weights / rows;
  const double deviation = std::sqrt(design.weights.dot(targets.cwiseAbs2()) / rows);
  if (design.x.cols() <= most_columns_with_products) {
    return Descent{Products{design, targets}, penalties, squares}.run(deviation);
  }
  return Descent{Residuals{design, targets}, penalties, squares}.run(deviation);
}

}  // namespace stardose::learning
