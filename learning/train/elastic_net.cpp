// Least squares with penalties on the absolute values and the squares of the slopes; with the former alone, the lasso.
#include "learning/solve/coordinate_descent.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

Fitted learn_with(const Task& task, double l1_ratio) {
  const Design design = make_design(task.data);
  const auto rows = static_cast<Eigen::Index>(task.data.targets.size());
  const Eigen::Map<const Eigen::VectorXd> targets{task.data.targets.data(), rows};
  const double mean = design.weights.dot(targets) / static_cast<double>(rows);
  const Eigen::VectorXd penalty = task.settings.number("penalty") * penalty_factors(task);
  // The slope of a column as it comes is that of the scaled one, divided by the scale.
  const SlopePenalties penalties{l1_ratio * penalty.cwiseQuotient(design.scales),
                                 (1 - l1_ratio) * penalty.cwiseQuotient(design.scales.cwiseAbs2())};
  const Eigen::VectorXd slopes = coordinate_descent(design, (targets.array() - mean).matrix(), penalties);
  return {design.in_own_units(slopes, Eigen::VectorXd::Constant(1, mean)), {}};
}

}  // namespace

Entry lasso_entry() {
  return {{.name = "lasso",
           .title = "Lasso",
           .quantities = true,
           .wants_standardised = true,
           .settings = {{.name = "penalty",
                         .meaning = "least is mean squared error / 2 + penalty x sum of absolute slopes",
                         .usual = 0.01,
                         .lowest = 0,
                         .highest = 1e10}},
           .takes_penalty_factors = true},
          [](const Task& task) { return learn_with(task, 1); }};
}

Entry elastic_net_entry() {
  return {{.name = "elastic_net",
           .title = "Elastic net",
           .quantities = true,
           .wants_standardised = true,
           .settings = {{.name = "penalty",
                         .meaning = "least is mean squared error / 2 + penalty x (l1_ratio x sum of absolute slopes + "
                                    "(1 - l1_ratio) x sum of squared slopes / 2)",
                         .usual = 0.01,
                         .lowest = 0,
                         .highest = 1e10},
                        {.name = "l1_ratio",
                         .meaning = "share of the penalty that is on absolute slopes",
                         .usual = 0.5,
                         .lowest = 0,
                         .highest = 1}},
           .takes_penalty_factors = true},
          [](const Task& task) { return learn_with(task, task.settings.number("l1_ratio")); }};
}

}  // namespace stardose::learning
