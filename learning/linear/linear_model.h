// A linear model: margins are weighted sums.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "learning/model/rows.h"

namespace stardose::learning {

/// Margin k of a row is intercepts[k] plus the sum of weights[k * features + i] times value i, in double, in the order
/// of the features. A missing value makes the margin NaN: what to put in its place is for pre-processing to say.
struct LinearModel {
  std::vector<double> weights;
  std::vector<double> intercepts;

  bool operator==(const LinearModel&) const = default;
};

/// Returns what is wrong with it for so many features: a count that does not fit, a number that is not finite.
[[nodiscard]] std::optional<std::string> fault_of(const LinearModel& model, std::size_t features);

/// Writes a row's margins behind the row before. Requires: fault_of() found nothing for rows.width.
void linear_margins(const LinearModel& model, const Rows& rows, std::span<double> margins);

}  // namespace stardose::learning
