// How deep a JSON text goes, before a parser follows it.
#pragma once

#include <string_view>

namespace stardose::genomics {

/// No document of ours is nested deeper. Copying and writing JSON recurse, so that a deeper one could end the program.
inline constexpr int deepest_json = 64;

/// Whether `json` has more than deepest_json lists and objects in each other. Of what is no JSON it may say either.
[[nodiscard]] inline bool is_nested_too_deeply(std::string_view json) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (in_text) {
      if (c == '\\') ++at;
      if (c == '"') in_text = false;
      continue;
    }
    if (c == '"') in_text = true;
    if (c == ']' || c == '}') --depth;
    if ((c == '[' || c == '{') && ++depth > deepest_json) return true;
  }
  return false;
}

}  // namespace stardose::genomics
