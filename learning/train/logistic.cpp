// Logistic regression of two classes, and of more (multinomial).
#include "learning/solve/design.h"
#include "learning/solve/logits.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Fitted learn(const Task& task) {
  const Design design = make_design(task.data);
  const Index rows = design.x.rows();
  MatrixXd x(rows, design.x.cols() + 1);
  x.col(0).setOnes();
  x.rightCols(design.x.cols()) = design.x;
  const auto outputs = static_cast<Index>(predictions_of(task.data.classes));
  LogitProblem problem{.x = x,
                       .weights = design.weights / static_cast<double>(rows),
                       .shares = MatrixXd::Zero(rows, outputs),
                       .penalties = VectorXd::Zero(x.cols())};
  for (Index row = 0; row < rows; ++row) {
    const auto of_row = static_cast<Index>(task.data.targets[static_cast<std::size_t>(row)]);
    if (outputs == 1) problem.shares(row, 0) = of_row == 1 ? 1 : 0;
    if (outputs > 1) problem.shares(row, of_row) = 1;
  }
  // The slope of a column as it comes is that of the scaled one, divided by the scale.
  problem.penalties.tail(design.x.cols()) =
      task.settings.number("penalty") * penalty_factors(task).cwiseQuotient(design.scales.cwiseAbs2());
  const MatrixXd b = minimise_logits(problem);
  const LinkFunction link = outputs == 1 ? LinkFunction::logistic : LinkFunction::softmax;
  return {design.in_own_units(b.bottomRows(design.x.cols()), b.row(0).transpose()), {link, 1}};
}

}  // namespace

Entry logistic_entry() {
  return {{.name = "logistic",
           .title = "Logistic regression",
           .classes = true,
           .wants_standardised = true,
           .settings = {{.name = "penalty",
                         .meaning = "least is mean loss + penalty x sum of squared slopes / 2",
                         .usual = 0.01,
                         .lowest = 1e-10,
                         .highest = 1e10}},
           .takes_penalty_factors = true},
          learn};
}

}  // namespace stardose::learning
