// The steps that a recipe may have: a table, which reading, `stardose train --list` and messages go by.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace stardose::pharmaco {

struct StepKey {
  std::string_view name;
  std::string_view meaning;  ///< with the usual value in brackets
};

struct StepKind {
  std::string_view name;
  std::string_view title;  ///< for people
  std::vector<StepKey> keys;
};

/// All kinds of steps, by name. What exactly each does says learning/prepare/step.h.
[[nodiscard]] std::span<const StepKind> step_kinds();

}  // namespace stardose::pharmaco
