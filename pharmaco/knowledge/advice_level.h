// How much a piece of advice asks of the prescriber.
#pragma once

#include <string_view>

namespace stardose::pharmaco {

/// Ordered: the first is what a pharmacist must see first.
enum class AdviceLevel {
  action,   ///< prescribing must change
  caution,  ///< weaker advice, monitoring, or a change under stated conditions
  unknown,  ///< the result or the guideline does not decide; never shown as safe
  none,     ///< a determined result that needs no change
};

[[nodiscard]] constexpr std::string_view to_string(AdviceLevel level) {
  switch (level) {
    case AdviceLevel::action: return "action";
    case AdviceLevel::caution: return "caution";
    case AdviceLevel::unknown: return "unknown";
    case AdviceLevel::none: return "none";
  }
  return "unknown";
}

}  // namespace stardose::pharmaco
