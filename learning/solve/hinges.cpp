// Mehrotra's predictor and corrector. The hinges are variables xi >= 0 with s = xi - offset + sign x'b >= 0 and
// multipliers 0 <= a <= cost, v = cost - a; at the optimum a s = 0 and v xi = 0. A step solves X'WX + ridge, as large
// as x has columns, whatever the number of rows.
#include "learning/solve/hinges.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace stardose::learning {

namespace {

using Eigen::ArrayXXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_steps = 80;
constexpr double wanted_gap = 1e-10;  // beside the value
constexpr double to_the_wall = 0.9995;

struct State {
  VectorXd b;
  ArrayXXd a;
  ArrayXXd s;
  ArrayXXd v;
  ArrayXXd xi;

  [[nodiscard]] double complementarity() const { return (a * s + v * xi).sum(); }
};

struct Step {
  VectorXd b;
  ArrayXXd a;
  ArrayXXd s;
  ArrayXXd xi;
};

/// signs times x'b, hinge by hinge.
ArrayXXd lifted(const HingeProblem& problem, const VectorXd& b) {
  const VectorXd products = problem.x * b;
  return problem.signs.colwise() * products.array();
}

/// X' of the sums over a row's hinges.
VectorXd gathered(const HingeProblem& problem, const ArrayXXd& values) {
  const VectorXd sums = (problem.signs * values).rowwise().sum().matrix();
  return problem.x.transpose() * sums;
}

class Solver {
 public:
  Solver(const HingeProblem& problem, const VectorXd& start) : problem_{problem}, state_{.b = start} {
    const ArrayXXd above = problem.offsets - lifted(problem, start);
    const double room = 1e-3 + above.abs().mean() / 10;
    state_.xi = above.max(0) + room;
    state_.s = state_.xi - above;
    state_.a = problem.costs / 2;
    state_.v = problem.costs - state_.a;
    scaled_.resize(problem.x.rows(), problem.x.cols());
  }

  HingeSolution run() {
    const auto hinges = static_cast<double>(state_.a.size());
    double gap = INFINITY;
    for (int step = 0; step < most_steps; ++step) {
      dual_residual_ = problem_.linear + problem_.ridge.cwiseProduct(state_.b) - gathered(problem_, state_.a);
      gap = state_.complementarity();
      const double size = 1e-300 + std::abs(value_at(problem_, state_.b));
      if (gap <= wanted_gap * size && dual_residual_.norm() <= 1e-9 * (1 + problem_.linear.norm())) break;
      if (!factorise()) break;
      const double mean = gap / hinges;
      const Step guess = direction(ArrayXXd::Zero(state_.a.rows(), state_.a.cols()),
                                   ArrayXXd::Zero(state_.a.rows(), state_.a.cols()), 0);
      const auto [primal, dual] = lengths(guess);
      const double after = ((state_.a + dual * guess.a) * (state_.s + primal * guess.s) +
                            (state_.v - dual * guess.a) * (state_.xi + primal * guess.xi))
                               .sum() /
                           hinges;
      const double centre = mean * std::pow(std::max(0.0, after / mean), 3);
      move(direction(guess.a * guess.s, -guess.a * guess.xi, centre));
    }
    HingeSolution found{state_.b, state_.a, value_at(problem_, state_.b), gap};
    return found;
  }

 private:
  bool factorise() {
    w_ = 1 / (state_.s / state_.a + state_.xi / state_.v);
    const VectorXd of_rows = w_.rowwise().sum().matrix();
    scaled_.noalias() = of_rows.cwiseSqrt().asDiagonal() * problem_.x;
    MatrixXd normal = MatrixXd::Zero(problem_.x.cols(), problem_.x.cols());
    normal.selfadjointView<Eigen::Lower>().rankUpdate(scaled_.transpose());
    normal.diagonal() += problem_.ridge;
    normal.diagonal() *= 1 + 1e-14;
    factor_.compute(normal);
    return factor_.info() == Eigen::Success;
  }

  /// Towards a s = centre - of_s and v xi = centre - of_xi.
  [[nodiscard]] Step direction(const ArrayXXd& of_s, const ArrayXXd& of_xi, double centre) const {
    const ArrayXXd s_wanted = (centre - of_s) / state_.a - state_.s;
    const ArrayXXd xi_wanted = (centre - of_xi) / state_.v - state_.xi;
    const ArrayXXd e = w_ * (s_wanted - xi_wanted);
    Step step;
    step.b = factor_.solve(gathered(problem_, e) - dual_residual_);
    step.a = e - w_ * lifted(problem_, step.b);
    step.xi = xi_wanted + state_.xi / state_.v * step.a;
    step.s = s_wanted - state_.s / state_.a * step.a;
    return step;
  }

  [[nodiscard]] std::pair<double, double> lengths(const Step& step) const {
    const auto most = [](const ArrayXXd& at, const ArrayXXd& change) {
      double length = 1 / to_the_wall;
      for (Eigen::Index k = 0; k < at.size(); ++k) {
        if (change.data()[k] < 0) length = std::min(length, -at.data()[k] / change.data()[k]);
      }
      return length;
    };
    const double primal = std::min(most(state_.s, step.s), most(state_.xi, step.xi));
    const double dual = std::min(most(state_.a, step.a), most(state_.v, -step.a));
    return {std::min(1.0, to_the_wall * primal), std::min(1.0, to_the_wall * dual)};
  }

  void move(const Step& step) {
    auto [primal, dual] = lengths(step);
    // With a ridge b stands in the dual's equation too, and both must go the same way.
    if ((problem_.ridge.array() > 0).any()) primal = dual = std::min(primal, dual);
    state_.b += primal * step.b;
    state_.s += primal * step.s;
    state_.xi += primal * step.xi;
    state_.a += dual * step.a;
    state_.v -= dual * step.a;
  }

  const HingeProblem& problem_;
  State state_;
  VectorXd dual_residual_;
  ArrayXXd w_;
  MatrixXd scaled_;
  Eigen::LLT<MatrixXd> factor_;
};

}  // namespace

double value_at(const HingeProblem& problem, const VectorXd& b) {
  return problem.linear.dot(b) + problem.ridge.dot(b.cwiseAbs2()) / 2 +
         (problem.costs * (problem.offsets - lifted(problem, b)).max(0)).sum();
}

HingeSolution minimise_hinges(const HingeProblem& problem, const VectorXd& start) {
  return Solver{problem, start}.run();
}

}  // namespace stardose::learning
