// A tab-separated table that a user brings: what every such table has in common.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/input_error.h"

namespace stardose::pharmaco {

/// Most bytes of a cell: reading a long one can take hundreds of times its size. Our own tables list all diplotypes
/// that phase leaves open.
inline constexpr std::size_t longest_cell = 10'000;
inline constexpr std::size_t longest_list = 100'000;

/// Throws InputError (input): a cell at this line and column is longer than `longest`.
[[noreturn]] void refuse_long_cell(const std::string& path, std::size_t line, std::size_t column, std::size_t longest);

/// Rows of a UTF-8 text with tabs. Empty lines and lines that start with `#` are left out; line ends may be those of
/// Windows; blanks around a cell and the apostrophe of table_cell() do not count. Cells are views: it is not copied.
class UserTable {
 public:
  struct Row {
    std::size_t line = 0;  ///< from 1 on, as an editor counts
    std::vector<std::string_view> cells;

    /// Returns the cell, or an empty one where the row is shorter.
    [[nodiscard]] std::string_view cell(std::size_t column) const {
      return column < cells.size() ? cells[column] : std::string_view{};
    }
  };

  /// Reads a file, a pipe, or with `-` standard input. `what` names the table in messages (`outside calls`), `option`
  /// the flag to check. Throws InputError (input): cannot be read, or is no text.
  UserTable(std::string path, const std::string& what, const std::string& option, std::size_t longest = longest_list);
  UserTable(UserTable&&) = default;
  UserTable& operator=(UserTable&&) = delete;
  UserTable(const UserTable&) = delete;
  UserTable& operator=(const UserTable&) = delete;
  ~UserTable() = default;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Throws InputError (input): a cell is longer than `longest`.
  [[nodiscard]] const std::vector<Row>& rows() const;
  /// The whole text, comments and all; it may be no table.
  [[nodiscard]] std::string_view text() const { return {text_.data(), text_.size()}; }
  /// `FILE:LINE`, as editors open it.
  [[nodiscard]] std::string place(const Row& row) const { return path_ + ":" + std::to_string(row.line); }
  /// Throws InputError (input) at the row.
  [[noreturn]] void fail(const Row& row, const std::string& why, const std::string& help) const;

 private:
  std::string path_;
  std::vector<char> text_;  // not a string: a short one would move its characters away from under the views
  std::vector<Row> rows_;
  std::size_t longest_ = longest_list;
  std::size_t long_line_ = 0;    // of the first cell that is too long; 0: there is none
  std::size_t long_column_ = 0;  // in its line, from 1 on
};

/// Places of named columns in a header row, in the order asked for; `absent` for an optional one that is not there.
inline constexpr std::size_t absent = static_cast<std::size_t>(-1);

struct ColumnNames {
  std::span<const std::string_view> required;
  std::span<const std::string_view> optional;
  bool others_allowed = false;  ///< false: a column of another name is refused, as it may be a misspelt one
};

/// Returns the places of the required columns, then of the optional ones. Case does not count, nor does `_` for a
/// blank. Throws InputError (input): a required column is missing, a column is there twice, or has an unknown name.
[[nodiscard]] std::vector<std::size_t> find_columns(const UserTable& table, const UserTable::Row& header,
                                                    const ColumnNames& names);

/// Returns lower case, each run of blanks, `_` and `-` as one blank. The first character stays, and a number's sign:
/// `-1` is not `1`.
[[nodiscard]] std::string folded(std::string_view text);

/// Returns the text without blanks at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace stardose::pharmaco
