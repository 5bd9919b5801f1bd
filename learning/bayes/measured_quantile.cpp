// The quantile lies among those of the parts; there it is found by the rule of false position (Illinois).
#include "learning/bayes/measured_quantile.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "learning/bayes/normal_quantile.h"

namespace stardose::learning {

namespace {

double share_below(double deviations) { return std::erfc(-deviations / std::numbers::sqrt2) / 2; }

}  // namespace

double measured_quantile(const ResidualError& error, std::span<const double> predicted, std::span<const double> weights,
                         double level) {
  double total = 0;
  for (const double weight : weights) total += weight;
  const auto off = [&](double measured) {
    double below = 0;
    for (std::size_t k = 0; k < predicted.size(); ++k) {
      // Without a spread a prediction is a step: nothing has been given yet, and the error is in proportion to it.
      const double deviations = error.standardised(measured, predicted[k]);
      below += weights[k] * (std::isnan(deviations) ? 1 : share_below(deviations));
    }
    return below / total - level;
  };
  const double deviations = normal_quantile(level);
  double low = error.measurement(predicted.front(), deviations);
  double high = low;
  for (const double value : predicted) {
    const double part = error.measurement(value, deviations);
    low = std::min(low, part);
    high = std::max(high, part);
  }
  const double close_enough = 1e-9 * std::max(high - low, 1e-6 * std::abs(high));
  double off_low = off(low);
  double off_high = off(high);
  int stays = 0;  // below 0: the upper end stayed where it was, above: the lower one
  for (int k = 0; k < 100 && high - low > close_enough && off_low < 0 && off_high > 0; ++k) {
    const double middle = (low * off_high - high * off_low) / (off_high - off_low);
    const double off_middle = off(middle);
    if (off_middle == 0) return middle;
    if (off_middle < 0) {
      if (stays < 0) off_high /= 2;
      low = middle;
      off_low = off_middle;
      stays = -1;
    } else {
      if (stays > 0) off_low /= 2;
      high = middle;
      off_high = off_middle;
      stays = 1;
    }
  }
  if (off_low >= 0) return low;
  return off_high <= 0 ? high : (low + high) / 2;
}

}  // namespace stardose::learning
