// A table with a header, separated by tabs, commas or semicolons.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stardose::pharmaco {

/// Cells are without the blanks and quotes around them; empty lines and lines that start with `#` are left out.
struct DelimitedTable {
  struct Row {
    std::size_t line = 0;  ///< from 1 on, as an editor counts
    std::vector<std::string> cells;
  };
  std::string path;
  std::vector<std::string> header;
  std::size_t header_line = 0;
  std::vector<Row> rows;  ///< each with as many cells as the header
  std::string sha256;     ///< of the text as it was read, without a byte order mark; hexadecimal

  /// Throws InputError (input) at a line.
  [[noreturn]] void fail(std::size_t line, const std::string& why, const std::string& help) const;
  /// Throws InputError (input) where two columns have one name: which is meant, nobody can say. Several may have none.
  void check_header() const;
};

/// Reads a file, a pipe, or with `-` standard input. The header tells the separator: tabs if it has one, else
/// semicolons or commas, whichever are more; between commas and semicolons cells may be quoted. `what` and `option` are
/// for messages. Throws InputError (input): cannot be read, is no text, has no rows, a row with more or fewer cells, or
/// a cell longer than longest_cell.
[[nodiscard]] DelimitedTable read_delimited(const std::string& path, const std::string& what,
                                            const std::string& option);

}  // namespace stardose::pharmaco
