// Unknowns with a normal prior, learned from measurements.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace stardose::learning {

/// How measurements lie about what is predicted: normal, with the variance additive^2 + (proportional prediction)^2, or
/// log-normal with the standard deviation `additive` of the logarithm.
struct ResidualError {
  bool is_log = false;
  double additive = 0;
  double proportional = 0;

  /// Minus twice the logarithm of the density, without its constant.
  [[nodiscard]] double misfit(double measured, double predicted) const;
  /// How many standard deviations a measurement lies above the prediction.
  [[nodiscard]] double standardised(double measured, double predicted) const;
  /// The measurement that lies so many standard deviations above the prediction.
  [[nodiscard]] double measurement(double predicted, double deviations) const;
};

struct Measurement {
  double value = 0;
  ResidualError error;
};

/// Fills in what is predicted of each measurement, for these unknowns. Thread-safe.
using Predict = std::function<void(std::span<const double> unknowns, std::span<double> predicted)>;

/// The prior is normal about 0.
struct InferenceProblem {
  Eigen::MatrixXd covariance;  ///< of the prior; symmetric and positive definite
  std::vector<Measurement> measurements;
  Predict predict;
};

/// Where the posterior is greatest.
struct MapEstimate {
  Eigen::VectorXd unknowns;
  double objective = 0;        ///< sum of misfits + unknowns' covariance^-1 unknowns
  Eigen::MatrixXd covariance;  ///< Laplace: twice the inverse of the objective's second derivatives
  int evaluations = 0;
  bool converged = false;
};

/// Returns the maximum, found from 0 and, where measurements are far from there, from other points too; without
/// measurements it is the prior. The same bits for the same problem.
[[nodiscard]] MapEstimate find_map(const InferenceProblem& problem);

/// Draws of the posterior with weights.
struct PosteriorSample {
  Eigen::MatrixXd unknowns;   ///< a column for each draw
  Eigen::VectorXd weights;    ///< sum to 1
  double effective_size = 0;  ///< 1 / sum of squared weights
  double greatest_weight = 0;
};

struct SamplingSettings {
  int draws = 500;
  std::uint64_t seed = 1;
};

/// Returns draws by self-normalised importance sampling: from normal distributions about the MAP estimate, most of them
/// a little and some much wider than Laplace's, and for a tenth from the prior; the weights are against all of these
/// together. Points fill the space evenly (Halton's, shifted by the seed; of more than 8 unknowns random ones). Without
/// measurements all weights are equal and the draws are the prior's.
[[nodiscard]] PosteriorSample sample_posterior(const InferenceProblem& problem, const MapEstimate& map,
                                               const SamplingSettings& settings);

/// Returns, for each level, the value that this share of all weight lies below. Requires: as many weights as values, at
/// least one.
[[nodiscard]] std::vector<double> weighted_quantiles(std::span<const double> values, std::span<const double> weights,
                                                     std::span<const double> levels);
[[nodiscard]] double weighted_quantile(std::span<const double> values, std::span<const double> weights, double level);

}  // namespace stardose::learning
