// As hinges: one a row with classes, of a quantity one for errors above epsilon and one for those below.
#include "learning/solve/margin_machine.h"

#include "learning/solve/hinges.h"

namespace stardose::learning {

using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Plane minimise_margins(const MarginProblem& problem) {
  const Index rows = problem.x.rows();
  const Index width = problem.x.cols();
  MatrixXd x(rows, width + 1);
  x.col(0).setOnes();
  x.rightCols(width) = problem.x;
  const Index hinges = problem.classes ? 1 : 2;
  HingeProblem sums{.x = x,
                    .offsets = ArrayXXd::Ones(rows, hinges),
                    .signs = ArrayXXd(rows, hinges),
                    .costs = problem.costs.array().replicate(1, hinges),
                    .linear = VectorXd::Zero(width + 1),
                    .ridge = VectorXd::Zero(width + 1)};
  sums.ridge.tail(width) = problem.ridge;
  VectorXd start = VectorXd::Zero(width + 1);
  if (problem.classes) {
    sums.signs.col(0) = problem.targets.array();
  } else {
    sums.offsets << problem.targets.array() - problem.epsilon, -problem.targets.array() - problem.epsilon;
    sums.signs.col(0).setOnes();
    sums.signs.col(1).setConstant(-1);
    start[0] = problem.costs.dot(problem.targets) / problem.costs.sum();
  }
  const VectorXd b = minimise_hinges(sums, start).b;
  return {b.tail(width), b[0]};
}

}  // namespace stardose::learning
