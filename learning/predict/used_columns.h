// Which of people's columns features depend on.
#pragma once

#include <vector>

#include "learning/prepare/prepared.h"

namespace stardose::learning {

/// Returns, for each of prepared.columns, whether a feature may change with it. Requires: fault_of(prepared) found
/// nothing.
[[nodiscard]] std::vector<bool> used_columns(const Prepared& prepared);

}  // namespace stardose::learning
