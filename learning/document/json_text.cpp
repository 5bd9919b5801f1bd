// Brackets, commas, quotes and digits.
#include "learning/document/json_text.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "genomics/basics/utf8.h"

namespace stardose::learning {

void JsonText::separate() {
  if (!first_ && !named_) text_ += ',';
  if (line_wanted_) text_ += '\n';
  line_wanted_ = false;
  first_ = false;
  named_ = false;
}

void JsonText::quote(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  text_ += '"';
  for (const char c : genomics::as_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text_ += '\\';
      text_ += c;
    } else if (byte < 0x20) {
      text_ += "\\u00";
      text_ += digits[byte / 16];
      text_ += digits[byte % 16];
    } else {
      text_ += c;
    }
  }
  text_ += '"';
}

JsonText& JsonText::open(char bracket) {
  separate();
  text_ += bracket;
  first_ = true;
  return *this;
}

JsonText& JsonText::close(char bracket) {
  if (line_wanted_) text_ += '\n';
  line_wanted_ = false;
  text_ += bracket;
  first_ = false;
  return *this;
}

JsonText& JsonText::name(std::string_view name) {
  separate();
  quote(name);
  text_ += ':';
  named_ = true;
  return *this;
}

JsonText& JsonText::text(std::string_view text) {
  separate();
  quote(text);
  return *this;
}

JsonText& JsonText::null() {
  separate();
  text_ += "null";
  return *this;
}

JsonText& JsonText::boolean(bool value) {
  separate();
  text_ += value ? "true" : "false";
  return *this;
}

template <class Number>
JsonText& JsonText::number(Number value) {
  separate();
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text_.append(digits.data(), end);
  return *this;
}

template JsonText& JsonText::number(double);
template JsonText& JsonText::number(float);
template JsonText& JsonText::number(std::int32_t);
template JsonText& JsonText::number(std::uint32_t);
template JsonText& JsonText::number(std::uint64_t);

JsonText& JsonText::texts(std::span<const std::string> values) {
  open('[');
  for (const std::string& value : values) text(value);
  return close(']');
}

JsonText& JsonText::new_line() {
  line_wanted_ = true;
  return *this;
}

}  // namespace stardose::learning
