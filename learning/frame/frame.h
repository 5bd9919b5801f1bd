// People as named columns, as they are known: before anything is filled in, encoded or scaled.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::learning {

/// What a column holds; the part of it that a model stores. Numbers are in `unit`; a category's values are places in
/// `levels`, so that a column without levels is one of numbers.
struct ColumnKind {
  std::string name;
  std::string unit;                 ///< of a number, such as `kg`; empty: a plain number, or a category
  std::vector<std::string> levels;  ///< of a category, distinct, in the order that was declared
  std::string input;                ///< what contributions are summed by, such as `CYP2C9`; empty: the name

  [[nodiscard]] bool is_category() const { return !levels.empty(); }
  bool operator==(const ColumnKind&) const = default;
};

/// A value for each row; missing: NaN.
struct Column {
  ColumnKind kind;
  std::vector<double> values;
};

/// Row k is the same person in all columns and in `rows`. Names of rows and of columns are distinct.
struct Frame {
  std::vector<std::string> rows;
  std::vector<Column> columns;

  [[nodiscard]] const Column* find(std::string_view name) const;
};

/// Returns what is wrong with it, and where: columns of different lengths, a name twice, an infinity, a code that is no
/// place in `levels`.
[[nodiscard]] std::optional<std::string> fault_of(const Frame& frame);

/// Returns the rows at these places, in this order. Requires: each is below frame.rows.size().
[[nodiscard]] Frame rows_of(const Frame& frame, const std::vector<std::size_t>& places);

/// Adds these rows behind. Requires: the columns are the same, or `frame` has none.
void append(Frame& frame, Frame rows);

}  // namespace stardose::learning
