// Least squares with a penalty on the squares of the slopes.
#include <Eigen/Cholesky>

#include "learning/solve/design.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

/// As many equations as columns, or where these are more, as rows.
VectorXd slopes_of(const MatrixXd& x, const VectorXd& targets, const VectorXd& penalties) {
  if (x.cols() <= x.rows()) {
    MatrixXd normal = MatrixXd::Zero(x.cols(), x.cols());
    normal.selfadjointView<Eigen::Lower>().rankUpdate(x.transpose());
    normal.diagonal() += penalties;
    return normal.llt().solve(x.transpose() * targets);
  }
  const MatrixXd eased = x * penalties.cwiseSqrt().cwiseInverse().asDiagonal();
  MatrixXd products = MatrixXd::Identity(x.rows(), x.rows());
  products.selfadjointView<Eigen::Lower>().rankUpdate(eased);
  const VectorXd dual = products.llt().solve(targets);
  return penalties.cwiseInverse().cwiseProduct(x.transpose() * dual);
}

Fitted learn(const Task& task) {
  const Design design = make_design(task.data);
  const auto rows = static_cast<Eigen::Index>(task.data.targets.size());
  const Eigen::Map<const VectorXd> targets{task.data.targets.data(), rows};
  const double mean = design.weights.dot(targets) / static_cast<double>(rows);
  const VectorXd roots = design.weights.cwiseSqrt();
  // The slope of a column as it comes is that of the scaled one, divided by the scale.
  const double penalty = task.settings.number("penalty") * static_cast<double>(rows);
  const VectorXd penalties = penalty * penalty_factors(task).cwiseQuotient(design.scales.cwiseAbs2());
  const VectorXd slopes =
      slopes_of(roots.asDiagonal() * design.x, roots.cwiseProduct((targets.array() - mean).matrix()), penalties);
  return {design.in_own_units(slopes, VectorXd::Constant(1, mean)), {}};
}

}  // namespace

Entry ridge_entry() {
  return {{.name = "ridge",
           .title = "Ridge regression",
           .quantities = true,
           .wants_standardised = true,
           .settings = {{.name = "penalty",
                         .meaning = "least is mean squared error / 2 + penalty x sum of squared slopes / 2",
                         .usual = 0.01,
                         .lowest = 1e-10,
                         .highest = 1e10}},
           .takes_penalty_factors = true},
          learn};
}

}  // namespace stardose::learning
