// Pairs are chosen by second order information (Fan, Chen, Lin 2005). With g = Ku - targets, what is to be least
// changes along u_i by g_i + epsilon where u_i rises from 0 on, by g_i - epsilon below 0; at the optimum no rise of one
// and fall of another makes it less.
#include "learning/solve/smo.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stardose::learning {

namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double least_curvature = 1e-12;
constexpr double infinity = std::numeric_limits<double>::infinity();

class Pairs {
 public:
  Pairs(const SmoProblem& problem, RbfRows& kernels)
      : problem_{problem},
        kernels_{kernels},
        u_{VectorXd::Zero(problem.targets.size())},
        g_{-problem.targets.array()},
        to_rise_(problem.targets.size()),
        to_fall_(problem.targets.size()) {
    for (Index k = 0; k < u_.size(); ++k) mark(k);
  }

  SmoSolution run() {
    const Index most_steps = std::max<Index>(10'000'000, 100 * u_.size());
    for (Index step = 0; step < most_steps && improve(); ++step) {
    }
    return {u_, offset()};
  }

 private:
  /// Returns false at the optimum.
  bool improve() {
    Index i = 0;
    const double lowest_rise = (g_ + to_rise_).minCoeff(&i);
    const float* of_i = kernels_.row(i);
    const Index j = partner(lowest_rise, of_i);
    if (j < 0) return false;
    const double curvature = std::max(2 - 2 * static_cast<double>(of_i[j]), least_curvature);
    const double wanted = (g_[j] + to_fall_[j] - lowest_rise) / curvature;
    // Up to a bound, or to 0, where the slope changes.
    const double most_rise = (u_[i] < 0 ? 0 : problem_.highest[i]) - u_[i];
    const double most_fall = u_[j] - (u_[j] > 0 ? 0 : problem_.lowest[j]);
    const double by = std::min({wanted, most_rise, most_fall});
    u_[i] += by;
    u_[j] -= by;
    const float* of_j = kernels_.row(j);
    for (Index k = 0; k < u_.size(); ++k) g_[k] += by * static_cast<double>(of_i[k] - of_j[k]);
    mark(i);
    mark(j);
    return true;
  }

  /// Returns the row whose fall, with the rise of another, gains most; -1 where none is worth it.
  [[nodiscard]] Index partner(double lowest_rise, const float* of_riser) const {
    Index best = -1;
    double most_gain = 0;
    double highest_fall = -infinity;
    for (Index k = 0; k < u_.size(); ++k) {
      const double fall = g_[k] + to_fall_[k];
      const double drop = fall - lowest_rise;
      highest_fall = std::max(highest_fall, fall);
      if (!(drop > 0)) continue;
      const double gain = drop * drop / std::max(2 - 2 * static_cast<double>(of_riser[k]), least_curvature);
      if (gain > most_gain) {
        most_gain = gain;
        best = k;
      }
    }
    return highest_fall - lowest_rise > problem_.tolerance ? best : -1;
  }

  /// Puts what rounding has left beside 0 or a bound there, and works out what a rise and a fall add to the gradient.
  void mark(Index k) {
    const double small = 1e-12 * (problem_.highest[k] - problem_.lowest[k]);
    for (const double place : {0.0, problem_.lowest[k], problem_.highest[k]}) {
      if (std::abs(u_[k] - place) <= small) u_[k] = place;
    }
    to_rise_[k] = u_[k] >= problem_.highest[k] ? infinity : u_[k] >= 0 ? problem_.epsilon : -problem_.epsilon;
    to_fall_[k] = u_[k] <= problem_.lowest[k] ? -infinity : u_[k] > 0 ? problem_.epsilon : -problem_.epsilon;
  }

  /// The gradient of those that are free to move both ways is the same but for the tolerance; without such, what lies
  /// between the rises and the falls.
  [[nodiscard]] double offset() const {
    double sum = 0;
    double free = 0;
    for (Index k = 0; k < u_.size(); ++k) {
      if (to_rise_[k] != to_fall_[k]) continue;
      sum += g_[k] + to_rise_[k];
      ++free;
    }
    return free > 0 ? sum / free : ((g_ + to_rise_).minCoeff() + (g_ + to_fall_).maxCoeff()) / 2;
  }

  const SmoProblem& problem_;
  RbfRows& kernels_;
  VectorXd u_;
  Eigen::ArrayXd g_;        // Ku - targets
  Eigen::ArrayXd to_rise_;  // what is added to it for a rise; infinity: none is possible
  Eigen::ArrayXd to_fall_;
};

}  // namespace

SmoSolution minimise_by_pairs(const SmoProblem& problem, RbfRows& kernels) { return Pairs{problem, kernels}.run(); }

}  // namespace stardose::learning
