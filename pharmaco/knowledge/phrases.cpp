// Filling the slots of a phrase.
#include "pharmaco/knowledge/phrases.h"

namespace stardose::pharmaco {

std::string fill(std::string phrase, const std::map<std::string_view, std::string>& values) {
  std::size_t at = phrase.find('{');
  while (at != std::string::npos) {
    const std::size_t end = phrase.find('}', at);
    if (end == std::string::npos) break;
    const auto value = values.find(std::string_view{phrase}.substr(at + 1, end - at - 1));
    std::size_t next = at + 1;
    if (value != values.end()) {
      phrase.replace(at, end + 1 - at, value->second);
      next = at + value->second.size();
    }
    at = phrase.find('{', next);
  }
  return phrase;
}

}  // namespace stardose::pharmaco
