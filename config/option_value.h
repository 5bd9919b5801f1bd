// What an option accepts, and how its value gets into Settings.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "config/option_table.h"

namespace stardose::config {

/// What is wrong with a value and what to do about it.
struct Mistake {
  std::string why;
  std::string help;
  std::size_t item = 0;  ///< which of the values
};

[[nodiscard]] bool is_list(const Option& option);
/// true: true or false, or a number; such a value is never quoted.
[[nodiscard]] bool is_bare_word(const Option& option);
/// Returns what the option accepts, in words: `a whole number from 1 to 1024`.
[[nodiscard]] std::string expected_value(const Option& option);
/// Returns the message's core: `expected true or false; found: yes`.
[[nodiscard]] std::string expected_but_found(const Option& option, const std::string& found);

/// Checks the values and replaces what settings held; leaves settings alone when there is a mistake.
/// Requires: exactly one value unless the option is a list.
[[nodiscard]] std::optional<Mistake> store(const Option& option, const std::vector<std::string>& values,
                                           Settings& settings);

}  // namespace stardose::config
