// The posterior's maximum, by NLopt.
#include <nlopt.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <memory>
#include <utility>

#include "genomics/expect.h"
#include "learning/bayes/inference.h"
#include "learning/bayes/whitened.h"

namespace stardose::learning {

namespace {

/// No patient is so many of the prior's standard deviations off.
constexpr double farthest = 8;

/// From where a second look is worth it: a residual, or an unknown, so many standard deviations off.
constexpr double doubtful = 3;

double objective_of(unsigned size, const double* at, double* gradient, void* data) {
  const auto& problem = *static_cast<const Whitened*>(data);
  const Eigen::VectorXd point = Eigen::Map<const Eigen::VectorXd>(at, static_cast<Eigen::Index>(size));
  if (gradient != nullptr) {
    Eigen::Map<Eigen::VectorXd>(gradient, static_cast<Eigen::Index>(size)) = problem.gradient(point);
  }
  return problem.objective(point);
}

struct Found {
  Eigen::VectorXd at;
  double objective = HUGE_VAL;
  bool converged = false;
};

Found search(const Whitened& problem, Eigen::VectorXd from) {
  const auto size = static_cast<unsigned>(problem.size());
  const std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> optimiser{nlopt_create(NLOPT_LD_SLSQP, size),
                                                                         &nlopt_destroy};
  STARDOSE_EXPECT(optimiser != nullptr);
  nlopt_set_min_objective(optimiser.get(), &objective_of, const_cast<Whitened*>(&problem));
  nlopt_set_lower_bounds1(optimiser.get(), -farthest);
  nlopt_set_upper_bounds1(optimiser.get(), farthest);
  nlopt_set_xtol_abs1(optimiser.get(), 1e-8);
  nlopt_set_ftol_abs(optimiser.get(), 1e-12);
  nlopt_set_maxeval(optimiser.get(), 200);
  Found found{std::move(from)};
  const nlopt_result result = nlopt_optimize(optimiser.get(), found.at.data(), &found.objective);
  // Where rounding is all that is left to gain, SLSQP says so; the point is then as good as it gets.
  found.converged = (result > 0 && result != NLOPT_MAXEVAL_REACHED) || result == NLOPT_ROUNDOFF_LIMITED;
  found.converged = found.converged && std::isfinite(found.objective);
  return found;
}

bool is_doubtful(const InferenceProblem& problem, const Whitened& whitened, const Found& found) {
  if (!found.converged || found.at.cwiseAbs().maxCoeff() > doubtful) return true;
  const Eigen::VectorXd unknowns = whitened.unknowns(found.at);
  std::vector<double> predicted(problem.measurements.size());
  problem.predict({unknowns.data(), static_cast<std::size_t>(unknowns.size())}, predicted);
  for (std::size_t k = 0; k < predicted.size(); ++k) {
    const Measurement& measured = problem.measurements[k];
    if (std::abs(measured.error.standardised(measured.value, predicted[k])) > doubtful) return true;
  }
  return false;
}

Eigen::MatrixXd laplace(const Whitened& whitened, const Eigen::VectorXd& at) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver{whitened.second_derivatives(at) / 2};
  // Where the posterior is flat or bent the wrong way, the prior's own curvature is the least that is believed.
  const Eigen::VectorXd curves = solver.eigenvalues().cwiseMax(0.1);
  return solver.eigenvectors() * curves.cwiseInverse().asDiagonal() * solver.eigenvectors().transpose();
}

}  // namespace

MapEstimate find_map(const InferenceProblem& problem) {
  const Whitened whitened{problem};
  const Eigen::Index size = whitened.size();
  if (size == 0 || problem.measurements.empty()) {
    return {Eigen::VectorXd::Zero(size), whitened.objective(Eigen::VectorXd::Zero(size)), problem.covariance, 1, true};
  }
  Found best = search(whitened, Eigen::VectorXd::Zero(size));
  if (is_doubtful(problem, whitened, best)) {
    for (Eigen::Index k = 0; k < size; ++k) {
      for (const double off : {-1.5, 1.5}) {
        Found other = search(whitened, off * Eigen::VectorXd::Unit(size, k));
        if (other.objective < best.objective - 1e-9) best = std::move(other);
      }
    }
  }
  const Eigen::MatrixXd covariance = laplace(whitened, best.at);
  return {whitened.unknowns(best.at), best.objective, whitened.factor() * covariance * whitened.factor().transpose(),
          whitened.evaluations(), best.converged};
}

}  // namespace stardose::learning
