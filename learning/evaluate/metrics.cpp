// Sums over rows.
#include "learning/evaluate/metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "genomics/expect.h"

namespace stardose::learning {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double ratio(double above, double below) { return below > 0 ? above / below : unknown; }

/// Sums of squares and products around the means.
struct Spread {
  double observed = 0;
  double predicted = 0;
  double both = 0;
};

Spread spread_of(std::span<const double> observed, std::span<const double> predicted) {
  const double observed_mean = mean_of(observed);
  const double predicted_mean = mean_of(predicted);
  Spread spread;
  for (std::size_t row = 0; row < observed.size(); ++row) {
    const double o = observed[row] - observed_mean;
    const double p = predicted[row] - predicted_mean;
    spread.observed += o * o;
    spread.predicted += p * p;
    spread.both += o * p;
  }
  return spread;
}

/// Slope and intercept of a logistic regression on one number, by Newton's steps; NaN where it has no end.
struct Recalibration {
  double slope = unknown;
  double intercept = unknown;
};

Recalibration recalibrate(std::span<const double> logits, const std::vector<bool>& is_one) {
  Recalibration at{1, 0};
  for (int step = 0; step < 50; ++step) {
    std::array<double, 2> gradient{};
    std::array<double, 3> hessian{};
    for (std::size_t row = 0; row < logits.size(); ++row) {
      const double p = 1 / (1 + std::exp(-(at.intercept + at.slope * logits[row])));
      const double error = (is_one[row] ? 1 : 0) - p;
      const double weight = p * (1 - p);
      gradient[0] += error;
      gradient[1] += error * logits[row];
      hessian[0] += weight;
      hessian[1] += weight * logits[row];
      hessian[2] += weight * logits[row] * logits[row];
    }
    const double determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
    if (!(determinant > 1e-12 * hessian[0] * hessian[2])) return {};
    const std::array<double, 2> steps = {(hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant,
                                         (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant};
    at.intercept += steps[0];
    at.slope += steps[1];
    if (!std::isfinite(at.slope) || std::abs(at.slope) > 1e6) return {};
    if (std::abs(steps[0]) + std::abs(steps[1]) < 1e-10) return at;
  }
  return {};
}

std::vector<bool> are_of(std::span<const double> observed, std::size_t a_class) {
  std::vector<bool> are(observed.size());
  for (std::size_t row = 0; row < observed.size(); ++row) are[row] = observed[row] == static_cast<double>(a_class);
  return are;
}

double held(double probability) { return std::clamp(probability, 1e-15, 1 - 1e-15); }

ClassMetrics two_class_metrics(std::span<const double> observed, std::span<const double> probabilities) {
  ClassMetrics metrics{.rows = observed.size()};
  const std::vector<bool> is_one = are_of(observed, 1);
  std::vector<double> logits;
  for (std::size_t row = 0; row < observed.size(); ++row) {
    const double p = probabilities[row];
    const double outcome = is_one[row] ? 1 : 0;
    metrics.brier += (p - outcome) * (p - outcome);
    metrics.log_loss -= std::log(is_one[row] ? held(p) : 1 - held(p));
    metrics.accuracy += (p > 0.5) == is_one[row] ? 1 : 0;
    logits.push_back(std::log(held(p) / (1 - held(p))));
  }
  metrics.auroc = auroc(probabilities, is_one);
  const Recalibration recalibration = recalibrate(logits, is_one);
  metrics.calibration_slope = recalibration.slope;
  metrics.calibration_intercept = recalibration.intercept;
  return metrics;
}

ClassMetrics many_class_metrics(std::span<const double> observed, std::span<const double> probabilities,
                                std::size_t classes) {
  ClassMetrics metrics{.rows = observed.size(), .calibration_slope = unknown, .calibration_intercept = unknown};
  for (std::size_t row = 0; row < observed.size(); ++row) {
    const auto of_row = probabilities.subspan(row * classes, classes);
    const auto own = static_cast<std::size_t>(observed[row]);
    for (std::size_t k = 0; k < classes; ++k) {
      const double outcome = k == own ? 1 : 0;
      metrics.brier += (of_row[k] - outcome) * (of_row[k] - outcome);
    }
    metrics.log_loss -= std::log(held(of_row[own]));
    metrics.accuracy += std::ranges::max_element(of_row) - of_row.begin() == static_cast<std::ptrdiff_t>(own) ? 1 : 0;
  }
  for (std::size_t k = 0; k < classes; ++k) {
    std::vector<double> scores;
    for (std::size_t row = 0; row < observed.size(); ++row) scores.push_back(probabilities[row * classes + k]);
    metrics.auroc += auroc(scores, are_of(observed, k)) / static_cast<double>(classes);
  }
  return metrics;
}

}  // namespace

QuantityMetrics quantity_metrics(std::span<const double> observed, std::span<const double> predicted) {
  STARDOSE_EXPECT(!observed.empty() && observed.size() == predicted.size());
  QuantityMetrics metrics{.rows = observed.size()};
  double squares = 0;
  for (std::size_t row = 0; row < observed.size(); ++row) {
    const double error = predicted[row] - observed[row];
    metrics.mean_absolute_error += std::abs(error);
    metrics.bias += error;
    squares += error * error;
    const double allowed = 0.2 * std::abs(observed[row]);
    metrics.within_20_percent += std::abs(error) <= allowed ? 1 : 0;
    metrics.over_20_percent += error > allowed ? 1 : 0;
    metrics.under_20_percent += error < -allowed ? 1 : 0;
  }
  const auto rows = static_cast<double>(observed.size());
  for (double* sum : {&metrics.mean_absolute_error, &metrics.bias, &metrics.within_20_percent, &metrics.over_20_percent,
                      &metrics.under_20_percent}) {
    *sum /= rows;
  }
  metrics.root_mean_square_error = std::sqrt(squares / rows);
  const Spread spread = spread_of(observed, predicted);
  metrics.r2 = 1 - ratio(squares, spread.observed);
  metrics.pearson = ratio(spread.both, std::sqrt(spread.observed * spread.predicted));
  metrics.r2_of_correlation = metrics.pearson * metrics.pearson;
  metrics.calibration_slope = ratio(spread.both, spread.predicted);
  metrics.calibration_intercept = mean_of(observed) - metrics.calibration_slope * mean_of(predicted);
  return metrics;
}

ClassMetrics class_metrics(std::span<const double> observed, std::span<const double> probabilities,
                           std::size_t classes) {
  STARDOSE_EXPECT(!observed.empty() && probabilities.size() == observed.size() * (classes == 2 ? 1 : classes));
  ClassMetrics metrics =
      classes == 2 ? two_class_metrics(observed, probabilities) : many_class_metrics(observed, probabilities, classes);
  for (double* sum : {&metrics.brier, &metrics.log_loss, &metrics.accuracy})
    *sum /= static_cast<double>(observed.size());
  return metrics;
}

double auroc(std::span<const double> scores, const std::vector<bool>& is_one) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t row) { return scores[row]; });
  double below = 0;  // rows of class 0 below, so far
  double ones = 0;
  double wins = 0;
  for (std::size_t k = 0; k < order.size();) {
    double equal_ones = 0;
    double equal_zeros = 0;
    const double score = scores[order[k]];
    for (; k < order.size() && scores[order[k]] == score; ++k) (is_one[order[k]] ? equal_ones : equal_zeros) += 1;
    wins += equal_ones * (below + equal_zeros / 2);
    below += equal_zeros;
    ones += equal_ones;
  }
  return ratio(wins, ones * below);
}

std::vector<CalibrationBin> calibration_bins(std::span<const double> observed, std::span<const double> predicted,
                                             std::size_t bins) {
  STARDOSE_EXPECT(observed.size() == predicted.size());
  std::vector<std::size_t> order(observed.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t row) { return predicted[row]; });
  std::vector<CalibrationBin> filled(std::min(bins, order.size()));
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    CalibrationBin& bin = filled[rank * filled.size() / order.size()];
    ++bin.rows;
    bin.predicted += predicted[order[rank]];
    bin.observed += observed[order[rank]];
  }
  for (CalibrationBin& bin : filled) {
    bin.predicted /= static_cast<double>(bin.rows);
    bin.observed /= static_cast<double>(bin.rows);
  }
  return filled;
}

std::vector<GroupMetrics> metrics_by_group(std::span<const double> observed, std::span<const double> predicted,
                                           std::span<const std::uint32_t> groups) {
  STARDOSE_EXPECT(observed.size() == groups.size() && predicted.size() == groups.size());
  struct Members {
    std::vector<double> observed;
    std::vector<double> predicted;
  };
  std::map<std::uint32_t, Members> by_group;
  for (std::size_t row = 0; row < groups.size(); ++row) {
    by_group[groups[row]].observed.push_back(observed[row]);
    by_group[groups[row]].predicted.push_back(predicted[row]);
  }
  std::vector<GroupMetrics> all;
  all.reserve(by_group.size());
  for (const auto& [group, members] : by_group)
    all.push_back({group, quantity_metrics(members.observed, members.predicted)});
  return all;
}

}  // namespace stardose::learning
