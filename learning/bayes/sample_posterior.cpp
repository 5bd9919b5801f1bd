// Importance sampling from a mixture about the MAP estimate.
#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "learning/bayes/inference.h"
#include "learning/bayes/normal_quantile.h"
#include "learning/bayes/whitened.h"
#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

/// Points of a standard normal distribution.
class Points {
 public:
  Points(Eigen::Index size, std::uint64_t seed) : size_{size}, random_{seed} {
    for (double& shift : shifts_) shift = random_.share();
  }

  Eigen::VectorXd next() {
    ++number_;
    Eigen::VectorXd point(size_);
    for (Eigen::Index k = 0; k < size_; ++k) point[k] = coordinate(k);
    return point;
  }

 private:
  static constexpr std::array<std::uint64_t, 8> bases = {2, 3, 5, 7, 11, 13, 17, 19};

  /// Of many dimensions Halton's later ones are like one another: random ones do better.
  double coordinate(Eigen::Index dimension) {
    const auto k = static_cast<std::size_t>(dimension);
    if (size_ > static_cast<Eigen::Index>(bases.size())) return random_.normal();
    double share = shifts_[k];
    double digit_value = 1;
    for (std::uint64_t rest = number_; rest > 0; rest /= bases[k]) {
      digit_value /= static_cast<double>(bases[k]);
      share += static_cast<double>(rest % bases[k]) * digit_value;
    }
    share -= std::floor(share);
    return normal_quantile(std::clamp(share, 1e-12, 1 - 1e-12));
  }

  Eigen::Index size_;
  SeededRandom random_;
  std::array<double, bases.size()> shifts_{};
  std::uint64_t number_ = 0;
};

/// Normal distributions of which each gives its share of the draws.
struct Component {
  double share = 0;
  Eigen::VectorXd centre;
  Eigen::MatrixXd factor;  ///< lower triangle

  /// Logarithm of the density, without the constant that all have.
  [[nodiscard]] double log_density(const Eigen::VectorXd& at) const {
    const Eigen::VectorXd z = factor.triangularView<Eigen::Lower>().solve(at - centre);
    return std::log(share) - z.squaredNorm() / 2 - factor.diagonal().array().log().sum();
  }
};

std::vector<Component> mixture(const Whitened& whitened, const MapEstimate& map) {
  const Eigen::Index size = whitened.size();
  const auto lower = whitened.factor().triangularView<Eigen::Lower>();
  const Eigen::VectorXd centre = lower.solve(map.unknowns);
  const Eigen::MatrixXd half = lower.solve(map.covariance);
  const Eigen::MatrixXd covariance = lower.solve(Eigen::MatrixXd{half.transpose()});
  const Eigen::MatrixXd factor = Eigen::LLT<Eigen::MatrixXd>{(covariance + covariance.transpose()) / 2}.matrixL();
  return {{0.6, centre, 1.1 * factor},
          {0.3, centre, 1.8 * factor},
          {0.1, Eigen::VectorXd::Zero(size), Eigen::MatrixXd::Identity(size, size)}};
}

double log_sum(const std::vector<double>& terms) {
  const double most = *std::ranges::max_element(terms);
  double sum = 0;
  for (const double term : terms) sum += std::exp(term - most);
  return most + std::log(sum);
}

/// Draws and, in place of weights, their logarithms.
PosteriorSample draw(const Whitened& whitened, const std::vector<Component>& components,
                     const SamplingSettings& settings) {
  PosteriorSample sample{Eigen::MatrixXd(whitened.size(), settings.draws), Eigen::VectorXd(settings.draws)};
  // Each component has points of its own: every tenth of Halton's would lie on one side.
  std::vector<Points> points;
  for (std::size_t c = 0; c < components.size(); ++c) points.emplace_back(whitened.size(), seed_of(settings.seed, c));
  std::vector<double> densities(components.size());
  std::vector<double> owed(components.size(), 0);
  for (Eigen::Index k = 0; k < settings.draws; ++k) {
    for (std::size_t c = 0; c < components.size(); ++c) owed[c] += components[c].share;
    const auto chosen = static_cast<std::size_t>(std::ranges::max_element(owed) - owed.begin());
    owed[chosen] -= 1;
    const Eigen::VectorXd at = components[chosen].centre + components[chosen].factor * points[chosen].next();
    for (std::size_t c = 0; c < components.size(); ++c) densities[c] = components[c].log_density(at);
    sample.unknowns.col(k) = whitened.unknowns(at);
    sample.weights[k] = -whitened.objective(at) / 2 - log_sum(densities);
  }
  return sample;
}

void normalise(PosteriorSample& sample) {
  const double most = sample.weights.maxCoeff();
  sample.weights = (sample.weights.array() - most).exp();
  sample.weights /= sample.weights.sum();
  sample.effective_size = 1 / sample.weights.squaredNorm();
  sample.greatest_weight = sample.weights.maxCoeff();
}

}  // namespace

PosteriorSample sample_posterior(const InferenceProblem& problem, const MapEstimate& map,
                                 const SamplingSettings& settings) {
  const Whitened whitened{problem};
  std::vector<Component> components = mixture(whitened, map);
  if (problem.measurements.empty()) components = {{1, components[2].centre, components[2].factor}};
  PosteriorSample sample = draw(whitened, components, settings);
  normalise(sample);
  return sample;
}

std::vector<double> weighted_quantiles(std::span<const double> values, std::span<const double> weights,
                                       std::span<const double> levels) {
  std::vector<std::pair<double, double>> order;  // value and weight
  order.reserve(values.size());
  for (std::size_t k = 0; k < values.size(); ++k) order.emplace_back(values[k], weights[k]);
  std::ranges::sort(order);
  double total = 0;
  for (const auto& [value, weight] : order) total += weight;
  // Each value stands in the middle of its weight; between two it is a line.
  const auto at = [&](double level) {
    double before = 0;
    double last_middle = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const double middle = before + order[k].second / 2;
      if (middle >= level * total) {
        if (k == 0) return order[0].first;
        const double share = middle > last_middle ? (level * total - last_middle) / (middle - last_middle) : 1;
        return order[k - 1].first + share * (order[k].first - order[k - 1].first);
      }
      last_middle = middle;
      before += order[k].second;
    }
    return order.back().first;
  };
  std::vector<double> quantiles;
  for (const double level : levels) quantiles.push_back(at(level));
  return quantiles;
}

double weighted_quantile(std::span<const double> values, std::span<const double> weights, double level) {
  return weighted_quantiles(values, weights, {&level, 1}).front();
}

}  // namespace stardose::learning
