// How good predictions are, in the figures that the field reports.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace stardose::learning {

/// Of predicted quantities. What cannot be said of so few or of equal rows is NaN.
struct QuantityMetrics {
  std::size_t rows = 0;
  double mean_absolute_error = 0;
  double root_mean_square_error = 0;
  double bias = 0;               ///< mean of predicted less observed
  double r2 = 0;                 ///< 1 - squared errors / squared deviations from the mean
  double pearson = 0;            ///< correlation of predicted and observed
  double r2_of_correlation = 0;  ///< its square
  double within_20_percent = 0;  ///< share of rows predicted at most 20 % of the observed value away from it
  double over_20_percent = 0;    ///< share predicted above 120 % of it
  double under_20_percent = 0;   ///< share predicted below 80 % of it
  double calibration_slope = 0;  ///< of observed on predicted; 1 where predictions vary as much as they ought to
  double calibration_intercept = 0;
};
/// Requires: as many of both, at least one.
[[nodiscard]] QuantityMetrics quantity_metrics(std::span<const double> observed, std::span<const double> predicted);

/// Of predicted probabilities.
struct ClassMetrics {
  std::size_t rows = 0;
  double auroc = 0;     ///< of more than two classes: the mean over classes, each against all others
  double brier = 0;     ///< of two classes: mean of (probability - outcome)^2; of more: their sum over classes
  double log_loss = 0;  ///< probabilities are held within 1e-15 of 0 and 1
  double accuracy = 0;
  double calibration_slope =
      0;  ///< of the outcome on the logit, by logistic regression; of two classes alone, else NaN
  double calibration_intercept = 0;
};
/// `probabilities`: of two classes that of class 1, one a row; of more one a class, row after row.
/// Requires: fitting sizes, a row at least, classes below `classes`.
[[nodiscard]] ClassMetrics class_metrics(std::span<const double> observed, std::span<const double> probabilities,
                                         std::size_t classes);

/// Rows of about the same number, by rank of the prediction.
struct CalibrationBin {
  std::size_t rows = 0;
  double predicted = 0;  ///< mean
  double observed = 0;   ///< mean
};
/// Returns `bins` bins, or as many as rows.
[[nodiscard]] std::vector<CalibrationBin> calibration_bins(std::span<const double> observed,
                                                           std::span<const double> predicted, std::size_t bins = 10);

/// Metrics of the rows of each group, in the order of group numbers; groups without rows are left out.
struct GroupMetrics {
  std::uint32_t group = 0;
  QuantityMetrics metrics;
};
[[nodiscard]] std::vector<GroupMetrics> metrics_by_group(std::span<const double> observed,
                                                         std::span<const double> predicted,
                                                         std::span<const std::uint32_t> groups);

/// Area under the receiver operating characteristic: how often a row of class 1 is above one of class 0; equals count
/// half. NaN where a class has no row.
[[nodiscard]] double auroc(std::span<const double> scores, const std::vector<bool>& is_one);

}  // namespace stardose::learning
