// Matching stars.
#include "learning/frame/name_pattern.h"

namespace stardose::learning {

bool is_like(std::string_view pattern, std::string_view name) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  for (std::size_t at = star; at <= name.size(); ++at) {
    if (is_like(pattern.substr(star + 1), name.substr(at))) return true;
  }
  return false;
}

}  // namespace stardose::learning
