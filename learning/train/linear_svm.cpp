// Linear support vector regression.
#include "learning/solve/design.h"
#include "learning/solve/hinges.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Fitted learn(const Task& task) {
  const Design design = make_design(task.data);
  const Index rows = design.x.rows();
  const Eigen::Map<const VectorXd> targets{task.data.targets.data(), rows};
  MatrixXd x(rows, design.x.cols() + 1);
  x.col(0).setOnes();
  x.rightCols(design.x.cols()) = design.x;
  // Errors above epsilon, and below: two hinges a row.
  const double epsilon = task.settings.number("epsilon");
  HingeProblem problem{.x = x,
                       .offsets = ArrayXXd(rows, 2),
                       .signs = ArrayXXd(rows, 2),
                       .costs = ArrayXXd(rows, 2),
                       .linear = VectorXd::Zero(x.cols()),
                       .ridge = VectorXd::Zero(x.cols())};
  problem.offsets << targets.array() - epsilon, -targets.array() - epsilon;
  problem.signs.col(0).setOnes();
  problem.signs.col(1).setConstant(-1);
  problem.costs.colwise() = task.settings.number("cost") * design.weights.array();
  // The slope of a column as it comes is that of the scaled one, divided by the scale.
  problem.ridge.tail(design.x.cols()) = design.scales.cwiseAbs2().cwiseInverse();
  VectorXd start = VectorXd::Zero(x.cols());
  start[0] = design.weights.dot(targets) / static_cast<double>(rows);
  const VectorXd b = minimise_hinges(problem, start).b;
  return {design.in_own_units(b.tail(design.x.cols()), b.head(1)), {}};
}

}  // namespace

Entry linear_svm_entry() {
  return {{.name = "linear_svm",
           .title = "Linear support vector machine",
           .quantities = true,
           .wants_standardised = true,
           .settings = {{.name = "cost",
                         .meaning = "least is sum of squared slopes / 2 + cost x sum of losses",
                         .usual = 1.0,
                         .lowest = 1e-8,
                         .highest = 1e8},
                        {.name = "epsilon",
                         .meaning = "errors up to this are none, in the units of the target",
                         .usual = 0.1,
                         .lowest = 0,
                         .highest = 1e10}}},
          learn};
}

}  // namespace stardose::learning
