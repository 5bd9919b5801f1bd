// A frame as files that other programs read: a table, a NumPy array, a MatrixMarket matrix.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "learning/frame/frame.h"

namespace stardose::learning {

/// `sample` and the columns, a row a person; categories by name, numbers so that they read back as they were, `NA`
/// missing.
[[nodiscard]] std::string frame_tsv(const Frame& frame);

/// A frame as numbers alone: a category has a column of 0 and 1 for each level, all missing where it is missing.
struct NumberColumn {
  std::size_t column = 0;  ///< of the frame
  int level = -1;          ///< of a category, which
};
[[nodiscard]] std::vector<NumberColumn> number_columns(const Frame& frame);
/// Returns `age`, or `race=Asian`.
[[nodiscard]] std::string name_of(const Frame& frame, const NumberColumn& column);
[[nodiscard]] double value_of(const Frame& frame, const NumberColumn& column, std::size_t row);

/// What number_columns() are: number from 0 on, name, unit, level, what contributions count for, how many are missing.
[[nodiscard]] std::string columns_tsv(const Frame& frame);

/// Returns the head of a NumPy file (version 1.0), as long as every other one of it, so that the shape can be written
/// in once it is known. `type`: as NumPy writes it, `<f8`. `by_column`: columns go one after the other.
inline constexpr std::size_t npy_header_size = 128;
[[nodiscard]] std::string npy_header(std::string_view type, std::size_t rows, std::size_t columns, bool by_column);

/// The number columns as little-endian float64, row after row; NaN: missing.
[[nodiscard]] std::string frame_npy(const Frame& frame);

/// Returns the first lines of a MatrixMarket file, as long as every other one of it.
inline constexpr std::size_t market_header_size = 128;
[[nodiscard]] std::string market_header(std::size_t rows, std::size_t columns, std::size_t entries);

/// The number columns' entries other than 0, column by column; missing ones are `NaN`.
[[nodiscard]] std::string frame_market(const Frame& frame);

}  // namespace stardose::learning
