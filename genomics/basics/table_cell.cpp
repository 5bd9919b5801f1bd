// An apostrophe, and none.
#include "genomics/basics/table_cell.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "genomics/basics/control_characters.h"

namespace stardose::genomics {

namespace {

bool is_blank(char c) { return c == ' ' || is_control(c); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_harmless(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ' ';
}

/// `rest` is behind a sign.
bool is_number_or_word(std::string_view rest) {
  if (rest.empty() || !is_digit(rest.front())) return false;
  if (std::ranges::all_of(rest, is_harmless)) return true;
  double number = 0;
  const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), number);  // 2e-07
  return fault == std::errc{} && end == rest.data() + rest.size();
}

/// `＝`, `＋`, `－`, `＠`: the same to a spreadsheet of some countries.
bool begins_wide(std::string_view text) {
  static constexpr std::array<std::string_view, 4> wide = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                                           "\xEF\xBC\xA0"};
  return std::ranges::any_of(wide, [&](std::string_view sign) { return text.starts_with(sign); });
}

/// Apostrophes before it count as what stands behind them, or none could be told from ours.
bool needs_apostrophe(std::string_view text) {
  while (!text.empty() && (is_blank(text.front()) || text.front() == '\'')) text.remove_prefix(1);
  if (text.empty()) return false;
  switch (text.front()) {
    case '=':
    case '@':
    case '"':
    case '#': return true;
    case '+':
    case '-': return !is_number_or_word(text.substr(1));
    default: return begins_wide(text);
  }
}

}  // namespace

std::string table_cell(std::string_view text) {
  std::string cell = needs_apostrophe(text) ? "'" : "";
  cell += text;
  for (char& c : cell) {
    if (is_control(c)) c = ' ';
  }
  return cell;
}

std::string_view text_of_cell(std::string_view cell) {
  if (!cell.starts_with('\'')) return cell;
  const std::string_view text = cell.substr(1);
  return needs_apostrophe(text) ? text : cell;
}

}  // namespace stardose::genomics
