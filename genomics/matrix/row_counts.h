// Codes of a row: how many samples have each, which samples have none, and those of some samples.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stardose::genomics {

/// By the codes of bed_row.h.
using RowCounts = std::array<std::uint32_t, 4>;

/// Counts the first `samples` codes of a row of bed_row_size() bytes.
[[nodiscard]] RowCounts count_codes(std::span<const std::uint8_t> row, std::size_t samples);

/// Returns the code of one sample.
[[nodiscard]] inline std::uint8_t code_at(std::span<const std::uint8_t> row, std::size_t sample) {
  return static_cast<std::uint8_t>(row[sample / 4] >> sample % 4 * 2 & 3);
}

/// Replaces `samples` by those of the row that are missing, in order.
void find_missing(std::span<const std::uint8_t> row, std::size_t count, std::vector<std::uint32_t>& samples);

/// Fills `chosen` with the codes of these samples, in their order.
void pick_samples(std::span<const std::uint8_t> row, std::span<const int> samples, std::span<std::uint8_t> chosen);

}  // namespace stardose::genomics
