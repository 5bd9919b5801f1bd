// Linear support vector machines: regression, and classes.
#include "learning/solve/design.h"
#include "learning/solve/margin_machine.h"
#include "learning/train/machine_classes.h"

namespace stardose::learning {

namespace {

LinearModel machine_of(const Task& task, const TrainingData& data) {
  const Design design = make_design(data);
  const Plane plane =
      minimise_margins({.x = design.x,
                        .targets = Eigen::Map<const Eigen::VectorXd>{data.targets.data(), design.x.rows()},
                        .costs = task.settings.number("cost") * design.weights,
                        // The slope of a column as it comes is that of the scaled one, divided by the scale.
                        .ridge = penalty_factors(task).cwiseQuotient(design.scales.cwiseAbs2()),
                        .epsilon = task.settings.number("epsilon"),
                        .classes = data.classes > 0});
  return design.in_own_units(plane.slopes, Eigen::VectorXd::Constant(1, plane.intercept));
}

Fitted learn(const Task& task) {
  if (task.data.classes == 0) return {machine_of(task, task.data), {}};
  return learn_classes(task, [&](const TrainingData& data, std::uint64_t) { return machine_of(task, data); });
}

}  // namespace

Entry linear_svm_entry() {
  return {{.name = "linear_svm",
           .title = "Linear support vector machine",
           .quantities = true,
           .classes = true,
           .wants_standardised = true,
           .settings = {{.name = "cost",
                         .meaning = "least is sum of squared slopes / 2 + cost x sum of losses",
                         .usual = 1.0,
                         .lowest = 1e-8,
                         .highest = 1e8},
                        {.name = "epsilon",
                         .meaning = "errors up to this are none, in the units of the target (of a quantity)",
                         .usual = 0.1,
                         .lowest = 0,
                         .highest = 1e10}},
           .takes_penalty_factors = true},
          learn};
}

}  // namespace stardose::learning
