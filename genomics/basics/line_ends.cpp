// Looking for line ends.
#include "genomics/basics/line_ends.h"

namespace stardose::genomics {

std::size_t find_lone_return(std::string_view text) {
  for (std::size_t at = 0; (at = text.find('\r', at)) != std::string_view::npos;) {
    const std::size_t next = text.find_first_not_of('\r', at);
    if (next == std::string_view::npos) return next;
    if (text[next] != '\n') return next - 1;
    at = next;
  }
  return std::string_view::npos;
}

}  // namespace stardose::genomics
