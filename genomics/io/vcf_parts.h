// The parts of a VCF's line, between separators.
#pragma once

#include <algorithm>
#include <string_view>

namespace stardose::genomics {

/// Returns where the separator is, or the text's end. Most parts are a few bytes long, for which a loop beats memchr.
inline std::size_t find_end(std::string_view text, char separator) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != separator) ++end;
  return end;
}

/// Takes the text up to a separator off the front.
inline std::string_view next_part(std::string_view& rest, char separator) {
  const std::size_t end = find_end(rest, separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

/// Calls `use` for each part, the empty ones too, until it returns false.
template <class Use>
void for_each_part(std::string_view text, char separator, const Use& use) {
  for (;;) {
    const std::size_t end = find_end(text, separator);
    if (!use(text.substr(0, end)) || end == text.size()) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace stardose::genomics
