// Names of columns with a star in them.
#pragma once

#include <string_view>

namespace stardose::learning {

/// Returns whether each `*` in the pattern can stand for letters, or none, so that it is the name.
[[nodiscard]] bool is_like(std::string_view pattern, std::string_view name);

}  // namespace stardose::learning
