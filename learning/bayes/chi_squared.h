// The tail of the chi-squared distribution.
#pragma once

namespace stardose::learning {

/// Returns the probability that a chi-squared variable is above the value. Requires: degrees >= 1, value >= 0.
[[nodiscard]] double chi_squared_tail(double value, int degrees);

}  // namespace stardose::learning
