// Quantiles of what would be measured: where they are known.
#include "learning/bayes/measured_quantile.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "learning/bayes/normal_quantile.h"

namespace stardose::test {

using learning::measured_quantile;
using learning::ResidualError;

TEST_SUITE("inference") {
  TEST_CASE("a measurement about one prediction has the residual error's quantiles") {
    const std::vector<double> two = {2};
    const std::vector<double> all = {1};
    CHECK(measured_quantile({true, 0.2, 0}, two, all, 0.95) == doctest::Approx(2 * std::exp(0.2 * 1.6448536)));
    CHECK(measured_quantile({false, 0.3, 0.2}, two, all, 0.05) == doctest::Approx(2 - 0.5 * 1.6448536));
  }

  TEST_CASE("spreads of patient and measurement add up, in the tails too") {
    // Logarithms of predictions are normal with 0.15, measurements with 0.2 about them: together 0.25.
    std::vector<double> predicted;
    constexpr int count = 4000;
    for (int k = 0; k < count; ++k) predicted.push_back(std::exp(0.15 * learning::normal_quantile((k + 0.5) / count)));
    const std::vector<double> weights(count, 0.5);
    for (const double level : {0.01, 0.05, 0.25, 0.5, 0.95, 0.99}) {
      const double known = 0.25 * learning::normal_quantile(level);
      CHECK(std::log(measured_quantile({true, 0.2, 0}, predicted, weights, level)) ==
            doctest::Approx(known).epsilon(2e-3));
    }
  }

  TEST_CASE("predictions count by their weights; those without any do not") {
    const std::vector<double> predicted = {1, 5, 90};
    const std::vector<double> weights = {3, 1, 0};
    const ResidualError error{false, 0.01, 0};
    CHECK(measured_quantile(error, predicted, weights, 0.7) == doctest::Approx(1).epsilon(0.02));
    CHECK(measured_quantile(error, predicted, weights, 0.8) == doctest::Approx(5).epsilon(0.01));
    CHECK(measured_quantile(error, predicted, weights, 0.999) < 5.1);
  }

  TEST_CASE("an error in proportion to a prediction of nothing is none") {
    const std::vector<double> nothing = {0, 0};
    const std::vector<double> weights = {1, 1};
    CHECK(measured_quantile({false, 0, 0.2}, nothing, weights, 0.95) == 0);
    CHECK(measured_quantile({true, 0.2, 0}, nothing, weights, 0.05) == 0);
  }
}

}  // namespace stardose::test
