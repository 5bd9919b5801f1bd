// What is in a text and cannot be seen in it.
#pragma once

#include <algorithm>
#include <string_view>

namespace stardose::genomics {

/// The control characters of ASCII: all below the blank, tab and line ends too, and DEL.
[[nodiscard]] constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

[[nodiscard]] constexpr bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, is_control);
}

}  // namespace stardose::genomics
