// Decoding.
#include "genomics/basics/utf8.h"

#include <array>

namespace stardose::genomics {

Utf8Character decode_utf8(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  std::uint32_t code_point = lead & (0x7Fu >> length);
  for (const char c : text.substr(1, length - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0u) != 0x80u) return {};
    code_point = (code_point << 6) | (byte & 0x3Fu);
  }
  constexpr std::array<std::uint32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < smallest[length] || code_point > 0x10FFFF || is_surrogate) return {};
  return {code_point, length};
}

std::size_t find_not_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = decode_utf8(text.substr(at)).length;
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::string as_utf8(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (std::size_t bad = 0; (bad = find_not_utf8(text)) != std::string_view::npos;) {
    kept += text.substr(0, bad);
    kept += "\xEF\xBF\xBD";
    text.remove_prefix(bad + 1);
  }
  kept += text;
  return kept;
}

std::string utf8_of_latin1(std::string text) {
  if (find_not_utf8(text) == std::string_view::npos) return text;
  std::string written;
  written.reserve(2 * text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) written += static_cast<char>(0xC0U | byte >> 6U);
    written += byte < 0x80 ? c : static_cast<char>(0x80U | (byte & 0x3FU));
  }
  return written;
}

}  // namespace stardose::genomics
