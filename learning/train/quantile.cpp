// Quantile regression, and with the median least absolute deviation.
#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "learning/solve/design.h"
#include "learning/solve/hinges.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A one in front of the columns that are kept.
MatrixXd with_intercept(const Design& design, const std::vector<Index>& kept) {
  MatrixXd x(design.x.rows(), static_cast<Index>(kept.size()) + 1);
  x.col(0).setOnes();
  for (std::size_t k = 0; k < kept.size(); ++k) x.col(static_cast<Index>(k) + 1) = design.x.col(kept[k]);
  return x;
}

VectorXd least_squares_start(const MatrixXd& x, const VectorXd& targets, const Design& design) {
  const MatrixXd scaled = design.weights.cwiseSqrt().asDiagonal() * x;
  MatrixXd normal = MatrixXd::Zero(x.cols(), x.cols());
  normal.selfadjointView<Eigen::Lower>().rankUpdate(scaled.transpose());
  normal.diagonal().array() += 1e-9 * static_cast<double>(x.rows());
  return normal.llt().solve(x.transpose() * design.weights.cwiseProduct(targets));
}

/// A best plane without a penalty goes through as many rows as it has slopes: those whose multipliers are farthest from
/// their bounds. Returns it if it is as good as what was found to a gap, and so without the gap.
VectorXd through_rows(const HingeProblem& problem, const HingeSolution& found, const VectorXd& targets) {
  const Index width = problem.x.cols();
  std::vector<Index> order(static_cast<std::size_t>(problem.x.rows()));
  std::iota(order.begin(), order.end(), 0);
  const Eigen::ArrayXd room =
      (found.multipliers * (problem.costs - found.multipliers)).col(0) / problem.costs.col(0).square();
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](Index row) { return room[row]; });
  MatrixXd basis(width, width);  // orthonormal rows
  MatrixXd chosen(width, width);
  VectorXd values(width);
  Index count = 0;
  for (const Index row : order) {
    VectorXd rest = problem.x.row(row).transpose();
    const double size = rest.norm();
    for (int twice = 0; twice < 2; ++twice) {
      rest -= basis.topRows(count).transpose() * (basis.topRows(count) * rest);
    }
    if (rest.norm() <= 1e-6 * size) continue;
    basis.row(count) = rest.normalized().transpose();
    chosen.row(count) = problem.x.row(row);
    values[count] = targets[row];
    if (++count == width) break;
  }
  if (count < width) return found.b;
  VectorXd exact = chosen.partialPivLu().solve(values);
  return exact.allFinite() && value_at(problem, exact) <= found.value ? exact : found.b;
}

Fitted learn_at(const Task& task, double quantile) {
  const Design design = make_design(task.data);
  const auto rows = static_cast<Index>(task.data.targets.size());
  const VectorXd targets = Eigen::Map<const VectorXd>{task.data.targets.data(), rows};
  const double penalty = task.settings.number("penalty") * static_cast<double>(rows);
  std::vector<Index> kept(task.data.rows.width);
  std::iota(kept.begin(), kept.end(), 0);
  if (penalty == 0) {
    kept = independent_columns(design.x.transpose() * design.weights.asDiagonal() * design.x);
  }
  const MatrixXd x = with_intercept(design, kept);
  // quantile r + max(0, -r), r being target - x'b
  HingeProblem problem{.x = x,
                       .offsets = -targets.array(),
                       .signs = ArrayXXd::Constant(rows, 1, -1),
                       .costs = design.weights.array(),
                       .linear = -quantile * (x.transpose() * design.weights),
                       .ridge = VectorXd::Constant(x.cols(), penalty)};
  problem.ridge[0] = 0;
  const VectorXd factors = penalty_factors(task);
  for (std::size_t k = 0; k < kept.size(); ++k) problem.ridge[static_cast<Index>(k) + 1] *= factors[kept[k]];
  const HingeSolution found = minimise_hinges(problem, least_squares_start(x, targets, design));
  const VectorXd b = penalty == 0 ? through_rows(problem, found, targets) : found.b;
  VectorXd slopes = VectorXd::Zero(design.x.cols());
  for (std::size_t k = 0; k < kept.size(); ++k) slopes[kept[k]] = b[static_cast<Index>(k) + 1];
  return {design.in_own_units(slopes, b.head(1)), {}};
}

SettingKind penalty_kind() {
  return {.name = "penalty",
          .meaning = "least is mean loss + penalty x sum of squared slopes (of features of deviation 1) / 2",
          .usual = 0.0,
          .lowest = 0,
          .highest = 1e10};
}

}  // namespace

Entry quantile_entry() {
  return {{.name = "quantile",
           .title = "Quantile regression (linear)",
           .quantities = true,
           .settings = {{.name = "quantile",
                         .meaning = "share of the targets that are to be below",
                         .usual = 0.5,
                         .lowest = 0.001,
                         .highest = 0.999},
                        penalty_kind()},
           .takes_penalty_factors = true},
          [](const Task& task) { return learn_at(task, task.settings.number("quantile")); }};
}

Entry least_absolute_deviation_entry() {
  return {{.name = "least_absolute_deviation",
           .title = "Least absolute deviation (linear)",
           .quantities = true,
           .settings = {penalty_kind()},
           .takes_penalty_factors = true},
          [](const Task& task) { return learn_at(task, 0.5); }};
}

}  // namespace stardose::learning
