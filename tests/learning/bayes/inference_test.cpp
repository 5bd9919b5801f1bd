// Inference: where the posterior is known, and what must hold of any.
#include "learning/bayes/inference.h"

#include <doctest/doctest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "learning/bayes/normal_quantile.h"

namespace stardose::test {

using learning::InferenceProblem;
using learning::MapEstimate;
using learning::PosteriorSample;

namespace {

const Eigen::Matrix2d prior{{0.5, 0.2}, {0.2, 0.3}};
const Eigen::MatrixXd design{{1, 0}, {1, 1}, {0.5, -2}};
const Eigen::Vector3d measured{1.0, 0.4, -0.8};

/// Measurements that depend on the unknowns along lines: the posterior is normal.
InferenceProblem linear() {
  InferenceProblem problem{.covariance = prior};
  for (const double value : measured) problem.measurements.push_back({value, {false, 0.4, 0}});
  problem.predict = [](std::span<const double> unknowns, std::span<double> predicted) {
    const Eigen::VectorXd made = design * Eigen::Map<const Eigen::VectorXd>(unknowns.data(), 2);
    std::copy(made.begin(), made.end(), predicted.begin());
  };
  return problem;
}

Eigen::Matrix2d exact_covariance() {
  return (Eigen::Matrix2d{prior.inverse()} + design.transpose() * design / 0.16).inverse();
}
Eigen::Vector2d exact_mean() { return exact_covariance() * design.transpose() * measured / 0.16; }

Eigen::Vector2d mean_of(const PosteriorSample& sample) { return sample.unknowns * sample.weights; }
Eigen::Matrix2d covariance_of(const PosteriorSample& sample) {
  const Eigen::MatrixXd off = sample.unknowns.colwise() - mean_of(sample);
  return off * sample.weights.asDiagonal() * off.transpose();
}

}  // namespace

TEST_SUITE("inference") {
  TEST_CASE("of normal measurements along lines the posterior is the known one") {
    const MapEstimate map = find_map(linear());
    CHECK(map.converged);
    CHECK((map.unknowns - exact_mean()).cwiseAbs().maxCoeff() < 1e-7);
    CHECK((map.covariance - exact_covariance()).cwiseAbs().maxCoeff() < 1e-6);
    const PosteriorSample sample = sample_posterior(linear(), map, {2000, 3});
    CHECK((mean_of(sample) - exact_mean()).cwiseAbs().maxCoeff() < 0.01);
    CHECK((covariance_of(sample) - exact_covariance()).cwiseAbs().maxCoeff() < 0.01);
    CHECK(sample.effective_size > 1000);
    CHECK(sample.weights.sum() == doctest::Approx(1).epsilon(1e-12));
  }

  TEST_CASE("without measurements the posterior is the prior") {
    const InferenceProblem problem{.covariance = prior};
    const MapEstimate map = find_map(problem);
    CHECK(map.unknowns.isZero());
    CHECK(map.covariance == prior);
    const PosteriorSample sample = sample_posterior(problem, map, {2000, 1});
    CHECK(sample.effective_size == doctest::Approx(2000).epsilon(1e-9));
    CHECK(mean_of(sample).cwiseAbs().maxCoeff() < 0.01);
    CHECK((covariance_of(sample) - prior).cwiseAbs().maxCoeff() < 0.02);
  }

  TEST_CASE("measurements in another order teach the same") {
    InferenceProblem reversed = linear();
    std::ranges::reverse(reversed.measurements);
    reversed.predict = [](std::span<const double> unknowns, std::span<double> predicted) {
      const Eigen::VectorXd made = design * Eigen::Map<const Eigen::VectorXd>(unknowns.data(), 2);
      std::reverse_copy(made.begin(), made.end(), predicted.begin());
    };
    CHECK((find_map(linear()).unknowns - find_map(reversed).unknowns).cwiseAbs().maxCoeff() < 1e-7);
  }

  TEST_CASE("the same problem and seed give the same bits, another seed other draws") {
    const MapEstimate map = find_map(linear());
    CHECK(map.unknowns == find_map(linear()).unknowns);
    const auto draws = [&](std::uint64_t seed) { return sample_posterior(linear(), map, {50, seed}).unknowns; };
    CHECK(draws(7) == draws(7));
    CHECK(draws(7) != draws(8));
  }

  TEST_CASE("a posterior with two tops: the higher one is found, and the draws know of both") {
    InferenceProblem problem{.covariance = Eigen::MatrixXd::Identity(1, 1)};
    problem.measurements = {{1.0, {false, 0.1, 0}}};
    problem.predict = [](std::span<const double> unknowns, std::span<double> predicted) {
      predicted[0] = unknowns[0] * unknowns[0] + 0.05 * unknowns[0];
    };
    const MapEstimate map = find_map(problem);
    CHECK(std::abs(map.unknowns[0]) > 0.9);
    const PosteriorSample sample = sample_posterior(problem, map, {4000, 1});
    double below = 0;
    for (Eigen::Index k = 0; k < sample.weights.size(); ++k) {
      if (sample.unknowns(0, k) < 0) below += sample.weights[k];
    }
    CHECK(below > 0.3);
    CHECK(below < 0.7);
  }

  TEST_CASE("residual errors: plain, in proportion, of the logarithm") {
    const learning::ResidualError plain{false, 0.5, 0};
    CHECK(plain.misfit(3, 2) == doctest::Approx(4 + 2 * std::log(0.5)));
    const learning::ResidualError both{false, 0.3, 0.2};
    CHECK(both.standardised(3, 2) == doctest::Approx(1 / std::hypot(0.3, 0.4)));
    CHECK(both.measurement(2, both.standardised(3, 2)) == doctest::Approx(3));
    const learning::ResidualError log{true, 0.2, 0};
    CHECK(log.standardised(3, 2) == doctest::Approx(std::log(1.5) / 0.2));
    CHECK(log.measurement(2, log.standardised(3, 2)) == doctest::Approx(3));
  }

  TEST_CASE("quantiles of the normal distribution and of weighted values") {
    CHECK(learning::normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-12));
    CHECK(learning::normal_quantile(1e-9) == doctest::Approx(-5.997807015007686).epsilon(1e-10));
    CHECK(learning::normal_quantile(0.5) == doctest::Approx(0));
    const std::vector<double> values = {3, 1, 2};
    const std::vector<double> even = {1, 1, 1};
    CHECK(learning::weighted_quantile(values, even, 0.5) == doctest::Approx(2));
    const std::vector<double> uneven = {0.8, 0.1, 0.1};
    CHECK(learning::weighted_quantile(values, uneven, 0.5) == doctest::Approx(2 + 0.35 / 0.45));
    CHECK(learning::weighted_quantile(values, even, 0.999) == 3);
  }
}

}  // namespace stardose::test
