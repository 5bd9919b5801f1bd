// The inverse of the normal distribution.
#pragma once

namespace stardose::learning {

/// Returns the value that a standard normal variable lies below with this probability.
/// Requires: above 0 and below 1.
[[nodiscard]] double normal_quantile(double probability);

}  // namespace stardose::learning
