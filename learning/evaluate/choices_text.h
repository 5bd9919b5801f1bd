// What inner folds chose, for people.
#pragma once

#include <string>
#include <vector>

#include "learning/evaluate/cross_validate.h"

namespace stardose::learning {

/// Returns a line for each contender: `trees in 5 of 5 folds: depth 4 in 3, depth 3 in 2`. Of candidates what sets them
/// apart is said. Nothing where there was nothing to choose.
[[nodiscard]] std::vector<std::string> choices_text(const std::vector<Contender>& contenders,
                                                    const std::vector<std::vector<Choice>>& chosen);

}  // namespace stardose::learning
