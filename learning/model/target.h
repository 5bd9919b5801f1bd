// What is predicted, and the scale on which a quantity is learned.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "learning/model/link.h"

namespace stardose::learning {

/// A quantity is learned as its power, the logarithm standing for power 0: 1 as it is, 0.5 its square root. Powers keep
/// the sign, so that a margin below 0 never becomes a quantity above 0 (the square of a negative root would).
struct TargetScale {
  double power = 1;

  bool operator==(const TargetScale&) const = default;
};

/// Returns why a quantity cannot be learned on this scale, or nothing.
[[nodiscard]] std::optional<std::string> fault_of(const TargetScale& scale, double quantity);

/// Requires: fault_of(scale, quantity) found nothing.
[[nodiscard]] double to_scale(const TargetScale& scale, double quantity);

/// Returns the way back, which rises everywhere.
[[nodiscard]] Link link_of(const TargetScale& scale);
[[nodiscard]] double from_scale(const TargetScale& scale, double margin);

/// What a model was trained to predict.
struct Target {
  std::string name;
  std::string unit;                  ///< of a quantity
  TargetScale scale;                 ///< of a quantity
  std::vector<std::string> classes;  ///< of a class, their names; none: a quantity

  bool operator==(const Target&) const = default;
};

}  // namespace stardose::learning
