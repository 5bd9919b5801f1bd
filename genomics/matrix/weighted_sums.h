// Sums over rows of what each sample's two bits are worth: the arithmetic of a score, for many samples at once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stardose::genomics {

/// What each code of bed_row.h adds to a sum. Whole numbers, so that no order of adding changes the result: neither
/// threads nor files nor the order of rows. Whoever chooses the unit sees to it that no sum can overflow.
using CodeValues = std::array<std::int64_t, 4>;

/// How the sums are worked out; the sums are the same.
enum class SumKernel { portable, avx2, fastest };

/// Returns whether this machine can run the kernel.
[[nodiscard]] bool has_kernel(SumKernel kernel);

/// One sum for each column (a score) and sample.
///
/// Four rows at a time become one byte a sample, and a table has the sum of the four values for each byte: a lookup for
/// four genotypes. Rows are gathered until there are enough of them for four such tables.
class WeightedSums {
 public:
  /// Requires: has_kernel(kernel).
  WeightedSums(std::size_t samples, std::size_t columns, SumKernel kernel = SumKernel::fastest);

  [[nodiscard]] std::size_t samples() const { return samples_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }

  /// Adds a row of bed_row_size() bytes; `values` has an entry for each column.
  void add_row(std::span<const std::uint8_t> row, std::span<const CodeValues> values);
  /// Adds to a single sum.
  void add_to(std::size_t column, std::size_t sample, std::int64_t value);
  /// Adds all of another's sums. Requires: as many samples and columns.
  void add_all(WeightedSums& other);

  /// Returns a sum of what was added so far.
  [[nodiscard]] std::int64_t sum(std::size_t column, std::size_t sample);

 private:
  void add_gathered();
  [[nodiscard]] std::int64_t& place_of(std::size_t column, std::size_t sample);

  /// Neighbouring columns whose sums are worked out together. `width`: with those that only fill up, always 0.
  struct Strip {
    std::size_t first = 0;
    std::size_t columns = 0;
    std::size_t width = 0;
    std::vector<std::int64_t> values;  ///< of the gathered rows: row, code, column
    std::vector<std::int64_t> sums;    ///< column by column of a place; see place_of()
  };

  std::size_t samples_;
  std::size_t columns_;
  bool avx2_;
  std::size_t stride_;  // bytes of a gathered row, a multiple of the kernel's tile
  std::vector<Strip> strips_;
  std::vector<std::uint8_t> rows_;
  std::size_t gathered_ = 0;
  std::vector<std::int64_t> tables_;
};

}  // namespace stardose::genomics
