// Newton's steps need the products of the second derivatives with a direction only, never themselves.
#include "learning/solve/logits.h"

#include <algorithm>
#include <cmath>

namespace stardose::learning {

namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_steps = 200;
constexpr double wanted_gradient = 1e-9;

double dot(const MatrixXd& a, const MatrixXd& b) { return a.cwiseProduct(b).sum(); }

class Newton {
 public:
  explicit Newton(const LogitProblem& problem)
      : problem_{problem}, b_{MatrixXd::Zero(problem.x.cols(), problem.shares.cols())} {}

  MatrixXd run() {
    double value = value_at(b_);
    for (int step = 0; step < most_steps; ++step) {
      const MatrixXd margins = problem_.x * b_;
      shares_ = shares_of(margins);
      const MatrixXd gradient = problem_.x.transpose() * weighted(shares_ - problem_.shares) + penalised(b_);
      if (gradient.cwiseAbs().maxCoeff() <= wanted_gradient) break;
      const MatrixXd direction = newton_direction(gradient);
      const double slope = dot(gradient, direction);
      double length = 1;
      double next = value_at(b_ + direction);
      while (!(next <= value + 1e-4 * length * slope) && length > 1e-12) {
        length /= 2;
        next = value_at(b_ + length * direction);
      }
      if (!(next < value)) break;  // rounding
      value = next;
      b_ += length * direction;
    }
    if (b_.cols() > 1) {
      for (Index j = 0; j < b_.rows(); ++j) {
        if (problem_.penalties[j] == 0) b_.row(j).array() -= b_.row(j).mean();
      }
    }
    return b_;
  }

 private:
  [[nodiscard]] MatrixXd weighted(const MatrixXd& values) const { return problem_.weights.asDiagonal() * values; }
  [[nodiscard]] MatrixXd penalised(const MatrixXd& b) const { return problem_.penalties.asDiagonal() * b; }

  [[nodiscard]] static MatrixXd shares_of(const MatrixXd& margins) {
    if (margins.cols() == 1) return (1 / (1 + (-margins.array()).exp())).matrix();
    MatrixXd shares = (margins.colwise() - margins.rowwise().maxCoeff()).array().exp().matrix();
    const ArrayXd sums = shares.rowwise().sum().array();
    shares.array().colwise() /= sums;
    return shares;
  }

  [[nodiscard]] double value_at(const MatrixXd& b) const {
    const MatrixXd margins = problem_.x * b;
    ArrayXd losses;
    if (margins.cols() == 1) {
      const ArrayXd margin = margins.col(0).array();
      losses = margin.max(0) + (-margin.abs()).exp().log1p() - margin * problem_.shares.col(0).array();
    } else {
      const VectorXd largest = margins.rowwise().maxCoeff();
      losses = (margins.colwise() - largest).array().exp().rowwise().sum().log() + largest.array() -
               margins.cwiseProduct(problem_.shares).rowwise().sum().array();
    }
    return problem_.weights.dot(losses.matrix()) + dot(b, penalised(b)) / 2;
  }

  /// The second derivatives times a direction.
  [[nodiscard]] MatrixXd curved(const MatrixXd& direction) const {
    MatrixXd change = problem_.x * direction;
    if (change.cols() == 1) {
      change.array() *= shares_.array() * (1 - shares_.array());
    } else {
      const ArrayXd means = change.cwiseProduct(shares_).rowwise().sum().array();
      change.array().colwise() -= means;
      change.array() *= shares_.array();
    }
    return problem_.x.transpose() * weighted(change) + penalised(direction);
  }

  /// Conjugate gradients, made easier by the second derivatives' diagonal.
  [[nodiscard]] MatrixXd newton_direction(const MatrixXd& gradient) const {
    const MatrixXd spread = weighted((shares_.array() * (1 - shares_.array())).matrix());
    const MatrixXd diagonal =
        ((problem_.x.cwiseAbs2().transpose() * spread).colwise() + problem_.penalties).cwiseMax(1e-12);
    MatrixXd direction = MatrixXd::Zero(gradient.rows(), gradient.cols());
    MatrixXd rest = -gradient;
    MatrixXd eased = rest.cwiseQuotient(diagonal);
    MatrixXd way = eased;
    double size = dot(rest, eased);
    const double enough = size * std::min(0.01, gradient.squaredNorm());
    const Index most = 2 * gradient.size() + 20;
    for (Index k = 0; k < most && size > enough; ++k) {
      const MatrixXd bent = curved(way);
      const double curvature = dot(way, bent);
      if (!(curvature > 0)) break;
      const double length = size / curvature;
      direction += length * way;
      rest -= length * bent;
      eased = rest.cwiseQuotient(diagonal);
      const double next = dot(rest, eased);
      way = eased + next / size * way;
      size = next;
    }
    return direction;
  }

  const LogitProblem& problem_;
  MatrixXd b_;
  MatrixXd shares_;
};

}  // namespace

MatrixXd minimise_logits(const LogitProblem& problem) { return Newton{problem}.run(); }

}  // namespace stardose::learning
