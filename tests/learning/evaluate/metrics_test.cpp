// Metrics by numbers worked out by hand.
#include "learning/evaluate/metrics.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace stardose::learning;

TEST_CASE("quantities: errors, shares within 20 %, both R2, calibration") {
  const std::vector<double> observed = {10, 20, 30, 40};
  const std::vector<double> predicted = {12, 15, 30, 50};
  const QuantityMetrics m = quantity_metrics(observed, predicted);
  CHECK_EQ(m.rows, 4);
  CHECK(m.mean_absolute_error == doctest::Approx(17.0 / 4));
  CHECK(m.root_mean_square_error == doctest::Approx(std::sqrt(129.0 / 4)));
  CHECK(m.bias == doctest::Approx(7.0 / 4));
  CHECK(m.r2 == doctest::Approx(1 - 129.0 / 500));
  CHECK(m.within_20_percent == 0.5);  // 12 is 20 % above 10
  CHECK(m.over_20_percent == 0.25);
  CHECK(m.under_20_percent == 0.25);
  // Sums around the means: 640 together, 896.75 of the predicted.
  CHECK(m.pearson == doctest::Approx(645 / std::sqrt(500 * 906.75)));
  CHECK(m.r2_of_correlation == doctest::Approx(m.pearson * m.pearson));
  CHECK(m.calibration_slope == doctest::Approx(645 / 906.75));
  CHECK(m.calibration_intercept == doctest::Approx(25 - 26.75 * 645 / 906.75));
}

TEST_CASE("quantities that do not vary have no correlation, and one row has its error") {
  const QuantityMetrics m = quantity_metrics(std::vector<double>{3}, std::vector<double>{4});
  CHECK_EQ(m.mean_absolute_error, 1);
  CHECK(std::isnan(m.r2));
  CHECK(std::isnan(m.pearson));
  CHECK(std::isnan(m.calibration_slope));
}

TEST_CASE("two classes: AUROC counts equals half, Brier, log loss, calibration") {
  const std::vector<double> observed = {0, 1, 0, 1, 1};
  const std::vector<double> p = {0.2, 0.8, 0.5, 0.5, 0.6};
  const ClassMetrics m = class_metrics(observed, p, 2);
  CHECK(m.auroc == doctest::Approx((2 + 1.5 + 2) / 6));
  CHECK(m.brier == doctest::Approx((0.04 + 0.04 + 0.25 + 0.25 + 0.16) / 5));
  CHECK(m.log_loss ==
        doctest::Approx(-(std::log(0.8) + std::log(0.8) + std::log(0.5) + std::log(0.5) + std::log(0.6)) / 5));
  CHECK(m.accuracy == doctest::Approx(0.8));
  CHECK(std::isnan(m.calibration_slope));  // no 0 is above a 1: a steeper curve is always better
  CHECK(std::isnan(auroc(std::vector<double>{1, 2}, {true, true})));
}

TEST_CASE("calibration of probabilities that are what happens has slope 1 and intercept 0") {
  std::vector<double> observed;
  std::vector<double> p;
  for (const int tenths : {1, 3, 6, 9}) {
    for (int k = 0; k < 10; ++k) {
      observed.push_back(k < tenths ? 1 : 0);
      p.push_back(tenths / 10.0);
    }
  }
  const ClassMetrics m = class_metrics(observed, p, 2);
  CHECK(m.calibration_slope == doctest::Approx(1));
  CHECK(std::abs(m.calibration_intercept) < 1e-9);
}

TEST_CASE("three classes: each against all others, squares added over classes") {
  const std::vector<double> observed = {0, 1, 2};
  const std::vector<double> p = {0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.4, 0.4, 0.2};
  const ClassMetrics m = class_metrics(observed, p, 3);
  CHECK(m.auroc == doctest::Approx(1));
  CHECK(m.brier == doctest::Approx((0.09 + 0.04 + 0.01 + 0.01 + 0.04 + 0.01 + 0.16 + 0.16 + 0.64) / 3));
  CHECK(m.log_loss == doctest::Approx(-(std::log(0.7) + std::log(0.8) + std::log(0.2)) / 3));
  CHECK(m.accuracy == doctest::Approx(2.0 / 3));
}

TEST_CASE("deciles by prediction, and metrics by group") {
  std::vector<double> observed;
  std::vector<double> predicted;
  std::vector<std::uint32_t> groups;
  for (int k = 0; k < 25; ++k) {
    predicted.push_back(24 - k);
    observed.push_back(24 - k + (k % 5 == 0 ? 5 : 0));
    groups.push_back(k % 5 == 0 ? 9 : 2);
  }
  const auto bins = calibration_bins(observed, predicted, 5);
  REQUIRE_EQ(bins.size(), 5);
  CHECK_EQ(bins[0].predicted, 2);
  CHECK_EQ(bins[0].observed, 3);
  CHECK_EQ(calibration_bins(std::vector<double>{1, 2}, std::vector<double>{1, 2}).size(), 2);
  const auto by_group = metrics_by_group(observed, predicted, groups);
  REQUIRE_EQ(by_group.size(), 2);
  CHECK_EQ(by_group[0].group, 2);
  CHECK_EQ(by_group[0].metrics.mean_absolute_error, 0);
  CHECK_EQ(by_group[1].metrics.rows, 5);
  CHECK_EQ(by_group[1].metrics.mean_absolute_error, 5);
}
