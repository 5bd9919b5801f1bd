// What a line of a .bim says of a row.
#pragma once

#include <cstdint>
#include <string_view>

namespace stardose::genomics {

/// Views into the line. `counted` (A1) is the allele whose copies the row has; `others` (A2) are those that a sample
/// has otherwise: one, or several with commas between them.
struct BimRow {
  std::string_view contig;    ///< as the line has it
  std::int64_t position = 0;  ///< 0-based
  std::string_view id;
  std::string_view counted;
  std::string_view others;

  [[nodiscard]] bool has_two_alleles() const { return others.find(',') == std::string_view::npos; }
};

/// Returns what is wrong with a line; nullptr: nothing. Columns are separated by blanks or tabs; `row` is their
/// contents.
[[nodiscard]] const char* read_bim_row(std::string_view line, BimRow& row);

/// Returns the next column of a text of columns separated by blanks or tabs, and takes it away; empty: there is none.
[[nodiscard]] std::string_view take_column(std::string_view& text);

}  // namespace stardose::genomics
