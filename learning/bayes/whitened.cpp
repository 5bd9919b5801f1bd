// Misfits and their derivatives.
#include "learning/bayes/whitened.h"

#include <cmath>
#include <limits>

#include "genomics/expect.h"

namespace stardose::learning {

Whitened::Whitened(const InferenceProblem& problem) : problem_{problem}, predicted_(problem.measurements.size()) {
  const Eigen::LLT<Eigen::MatrixXd> cholesky{problem.covariance};
  STARDOSE_EXPECT(problem.covariance.rows() == 0 || cholesky.info() == Eigen::Success);
  factor_ = cholesky.matrixL();
}

double Whitened::objective(const Eigen::VectorXd& whitened) const {
  ++evaluations_;
  double sum = whitened.squaredNorm();
  if (problem_.measurements.empty()) return sum;
  const Eigen::VectorXd unknowns = factor_ * whitened;
  problem_.predict({unknowns.data(), static_cast<std::size_t>(unknowns.size())}, predicted_);
  for (std::size_t k = 0; k < predicted_.size(); ++k) {
    const Measurement& measured = problem_.measurements[k];
    sum += measured.error.misfit(measured.value, predicted_[k]);
  }
  return std::isfinite(sum) ? sum : std::numeric_limits<double>::infinity();
}

Eigen::VectorXd Whitened::gradient(const Eigen::VectorXd& whitened) const {
  constexpr double step = 1e-4;
  Eigen::VectorXd slopes(whitened.size());
  Eigen::VectorXd at = whitened;
  for (Eigen::Index k = 0; k < at.size(); ++k) {
    at[k] = whitened[k] + step;
    const double above = objective(at);
    at[k] = whitened[k] - step;
    slopes[k] = (above - objective(at)) / (2 * step);
    at[k] = whitened[k];
  }
  return slopes;
}

Eigen::MatrixXd Whitened::second_derivatives(const Eigen::VectorXd& whitened) const {
  constexpr double step = 2e-3;
  const Eigen::Index size = whitened.size();
  const double centre = objective(whitened);
  Eigen::MatrixXd curves(size, size);
  const auto moved = [&](Eigen::Index a, double by_a, Eigen::Index b, double by_b) {
    Eigen::VectorXd at = whitened;
    at[a] += by_a;
    at[b] += by_b;
    return objective(at);
  };
  for (Eigen::Index a = 0; a < size; ++a) {
    curves(a, a) = (moved(a, step, a, 0) - 2 * centre + moved(a, -step, a, 0)) / (step * step);
    for (Eigen::Index b = 0; b < a; ++b) {
      const double along = moved(a, step, b, step) + moved(a, -step, b, -step);
      const double across = moved(a, step, b, -step) + moved(a, -step, b, step);
      curves(a, b) = curves(b, a) = (along - across) / (4 * step * step);
    }
  }
  return curves;
}

}  // namespace stardose::learning
