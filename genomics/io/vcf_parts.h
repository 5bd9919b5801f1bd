// The parts of a VCF's line, between separators.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

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

inline bool has_part(std::string_view text, char separator, std::string_view wanted) {
  bool is_there = false;
  for_each_part(text, separator, [&](std::string_view part) {
    is_there = part == wanted;
    return !is_there;
  });
  return is_there;
}

/// Returns whether two parts are the same, in time that does not grow with the square of their number.
inline bool has_repeat(std::string_view text, char separator) {
  constexpr std::ptrdiff_t few = 16;  // which are compared sooner than sorted
  const std::ptrdiff_t separators = std::ranges::count(text, separator);
  if (separators < few) {
    bool is_there = false;
    for (std::string_view rest = text; !rest.empty() && !is_there;) {
      const std::string_view part = next_part(rest, separator);
      for (std::string_view after = rest; !after.empty() && !is_there;) is_there = next_part(after, separator) == part;
    }
    return is_there;
  }
  std::vector<std::string_view> parts;
  parts.reserve(static_cast<std::size_t>(separators) + 1);
  for_each_part(text, separator, [&](std::string_view part) {
    parts.push_back(part);
    return true;
  });
  std::ranges::sort(parts);
  return std::ranges::adjacent_find(parts) != parts.end();
}

}  // namespace stardose::genomics
