// The wording of an InputError.
#include "genomics/input_error.h"

#include <utility>

#include "genomics/basics/control_characters.h"
#include "genomics/pseudonyms.h"

namespace stardose::genomics {

namespace {

std::string one_line(const ErrorParts& parts) {
  std::string text;
  for (const std::string* part : {&parts.file, &parts.place, &parts.why}) {
    if (part->empty()) continue;
    if (!text.empty()) text += ": ";
    text += printable(without_paths(*part));
  }
  return text;
}

}  // namespace

std::string printable(const std::string& text) {
  constexpr std::size_t longest = 400;
  std::string shown;
  for (const char c : text.substr(0, longest)) shown += is_control(c) ? '?' : c;
  if (text.size() > longest) shown += "...";
  return shown;
}

InputError::InputError(Fault fault, ErrorParts parts)
    : std::runtime_error{one_line(parts)}, fault_{fault}, parts_{std::move(parts)} {}

}  // namespace stardose::genomics
