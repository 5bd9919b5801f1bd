// What the best of several candidates is best at.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace stardose::learning {

enum class Objective : std::uint8_t {
  mean_absolute_error,  ///< these five of quantities
  root_mean_square_error,
  within_20_percent,
  r2,
  pearson,
  log_loss,  ///< these three of classes
  brier,
  auroc,
};

/// Returns whether it is one of classes.
[[nodiscard]] bool is_of_classes(Objective objective);

/// Returns how bad predictions are: the objective, or what it lacks of 1 where more is better. NaN counts as worst: it
/// comes back as infinity. Requires: as class_metrics() and quantity_metrics().
[[nodiscard]] double badness(Objective objective, std::span<const double> observed, std::span<const double> predicted,
                             std::size_t classes);

}  // namespace stardose::learning
