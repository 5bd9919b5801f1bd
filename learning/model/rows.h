// People as numbers: a view of rows of features.
#pragma once

#include <cstddef>
#include <span>

namespace stardose::learning {

/// Row after row, `width` values each, in the order of Model::features. A missing value is NaN.
/// Requires: values.size() is a multiple of width.
struct Rows {
  std::span<const double> values;
  std::size_t width = 0;

  [[nodiscard]] std::size_t count() const { return width == 0 ? 0 : values.size() / width; }
  [[nodiscard]] std::span<const double> row(std::size_t k) const { return values.subspan(k * width, width); }
  [[nodiscard]] Rows block(std::size_t first, std::size_t rows) const {
    return {values.subspan(first * width, rows * width), width};
  }
};

}  // namespace stardose::learning
