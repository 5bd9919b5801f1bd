// Powers and logarithms, and back.
#include "learning/model/target.h"

#include <fmt/format.h>

#include <cmath>
#include <span>

namespace stardose::learning {

std::optional<std::string> fault_of(const TargetScale& scale, double quantity) {
  if (!std::isfinite(scale.power) || scale.power < 0) return "a power that is not 0 or more";
  if (!std::isfinite(quantity)) return "a quantity that is not finite";
  if (scale.power == 0 && quantity <= 0) return fmt::format("{} has no logarithm", quantity);
  if (scale.power != 1 && scale.power != 0 && quantity < 0)
    return fmt::format("{} has no power {}", quantity, scale.power);
  return std::nullopt;
}

double to_scale(const TargetScale& scale, double quantity) {
  if (scale.power == 1) return quantity;
  if (scale.power == 0) return std::log(quantity);
  return scale.power == 0.5 ? std::sqrt(quantity) : std::pow(quantity, scale.power);
}

Link link_of(const TargetScale& scale) {
  if (scale.power == 1) return {};
  if (scale.power == 0) return {LinkFunction::exponential, 1};
  if (scale.power == 0.5) return {LinkFunction::signed_square, 1};
  return {LinkFunction::signed_power, 1 / scale.power};
}

double from_scale(const TargetScale& scale, double margin) {
  double quantity = 0;
  apply_link(link_of(scale), Precision::float64, std::span{&margin, 1}, std::span{&quantity, 1});
  return quantity;
}

}  // namespace stardose::learning
