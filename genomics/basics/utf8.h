// What of a text is UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stardose::genomics {

struct Utf8Character {
  std::uint32_t code_point = 0;
  std::size_t length = 0;  ///< in bytes; 0: not UTF-8
};

/// Decodes the first character: shortest forms only, no surrogates, nothing beyond U+10FFFF. Requires: there is one.
[[nodiscard]] Utf8Character decode_utf8(std::string_view text);

/// Returns the place of the first byte that begins no character; npos: all of it is UTF-8.
[[nodiscard]] std::size_t find_not_utf8(std::string_view text);

/// Returns the text with U+FFFD for each byte that is not UTF-8, for what may hold nothing else.
[[nodiscard]] std::string as_utf8(std::string_view text);

/// What a reader says of names that utf8_of_latin1() has changed.
inline constexpr std::string_view latin1_warning = "names of samples are not UTF-8, and were read as Latin-1";

/// Returns a text that is UTF-8 as it is. Any other is taken for Latin-1 (ISO 8859-1), where each byte is a character,
/// so that two of these that differ stay different.
[[nodiscard]] std::string utf8_of_latin1(std::string text);

}  // namespace stardose::genomics
