// Splitting lines of a .bim.
#include "genomics/matrix/bim_row.h"

#include <array>
#include <charconv>

namespace stardose::genomics {

namespace {
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
}  // namespace

std::string_view take_column(std::string_view& text) {
  std::size_t begin = 0;
  while (begin < text.size() && is_blank(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && !is_blank(text[end])) ++end;
  const std::string_view column = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return column;
}

const char* read_bim_row(std::string_view line, BimRow& row) {
  std::array<std::string_view, 6> columns;  // chromosome, name, centimorgans, position, A1, A2
  for (std::string_view& column : columns) column = take_column(line);
  if (columns.back().empty() || !take_column(line).empty()) return "it has not six columns";
  const std::string_view position = columns[3];
  const auto [end, fault] = std::from_chars(position.data(), position.data() + position.size(), row.position);
  if (fault != std::errc{} || end != position.data() + position.size()) return "its position is no whole number";
  --row.position;
  row.contig = columns[0];
  row.id = columns[1];
  row.counted = columns[4];
  row.others = columns[5];
  return nullptr;
}

}  // namespace stardose::genomics
