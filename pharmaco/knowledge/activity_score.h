// Activity values of alleles and their sum, held exactly.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace stardose::pharmaco {

/// Hundredths, so that sums compare exactly. `at_least` is for gene copies that were not counted (`>=3`).
struct ActivityScore {
  int hundredths = 0;
  bool at_least = false;

  friend auto operator<=>(const ActivityScore&, const ActivityScore&) = default;
  friend ActivityScore operator+(ActivityScore a, ActivityScore b) {
    return {a.hundredths + b.hundredths, a.at_least || b.at_least};
  }
};

/// Returns `0.0`, `1.25`, `>=3.0`: one decimal at least, as CPIC writes scores.
[[nodiscard]] std::string to_string(ActivityScore score);

/// Reads `2`, `0.25`, `>=3` or the same with the sign written as one character; nullopt for anything else.
[[nodiscard]] std::optional<ActivityScore> read_activity_score(std::string_view text);

}  // namespace stardose::pharmaco
