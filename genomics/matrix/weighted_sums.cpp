// Gathering rows, and choosing the kernel.
#include "genomics/matrix/weighted_sums.h"

#include <algorithm>

#include "genomics/expect.h"
#include "genomics/matrix/bed_row.h"
#include "genomics/matrix/sum_kernel.h"

namespace stardose::genomics {

namespace {

using sum_kernel::Block;
using sum_kernel::rows_at_once;
using sum_kernel::tile;

using One = std::int64_t;
using Two [[gnu::vector_size(16)]] = std::int64_t;
using Four [[gnu::vector_size(32)]] = std::int64_t;

// Two lanes are what every x86-64 and ARM machine has.
void add_portable(const Block& block, std::size_t width) {
  switch (width) {
    case 1: return sum_kernel::add_block<1, One>(block);
    case 2: return sum_kernel::add_block<2, Two>(block);
    case 4: return sum_kernel::add_block<4, Two>(block);
    case 8: return sum_kernel::add_block<8, Two>(block);
    default: return sum_kernel::add_block<12, Two>(block);
  }
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void add_avx2(const Block& block, std::size_t width) {
  switch (width) {
    case 1: return sum_kernel::add_block<1, One>(block);
    case 2: return sum_kernel::add_block<2, Two>(block);
    case 4: return sum_kernel::add_block<4, Four>(block);
    case 8: return sum_kernel::add_block<8, Four>(block);
    default: return sum_kernel::add_block<12, Four>(block);
  }
}
bool has_avx2() { return __builtin_cpu_supports("avx2") != 0; }
#else
void add_avx2(const Block& block, std::size_t width) { add_portable(block, width); }
bool has_avx2() { return false; }
#endif

constexpr std::size_t widest = 12;

std::size_t width_for(std::size_t columns) {
  constexpr std::array<std::size_t, 5> widths = {1, 2, 4, 8, widest};
  return *std::ranges::lower_bound(widths, std::min(columns, widest));
}

}  // namespace

bool has_kernel(SumKernel kernel) { return kernel != SumKernel::avx2 || has_avx2(); }

WeightedSums::WeightedSums(std::size_t samples, std::size_t columns, SumKernel kernel)
    : samples_{samples},
      columns_{columns},
      avx2_{kernel == SumKernel::avx2 || (kernel == SumKernel::fastest && has_avx2())},
      stride_{std::max<std::size_t>(1, (bed_row_size(samples) + tile - 1) / tile) * tile},
      rows_(rows_at_once * stride_) {
  STARDOSE_EXPECT(has_kernel(kernel));
  for (std::size_t first = 0; first < columns; first += widest) {
    const std::size_t here = std::min(widest, columns - first);
    const std::size_t width = width_for(here);
    strips_.push_back({first, here, width, std::vector<std::int64_t>(rows_at_once * 4 * width),
                       std::vector<std::int64_t>(4 * stride_ * width)});
  }
  if (!strips_.empty()) tables_.resize(sum_kernel::groups * sum_kernel::entries * strips_.front().width);
}

void WeightedSums::add_row(std::span<const std::uint8_t> row, std::span<const CodeValues> values) {
  STARDOSE_EXPECT(row.size() == bed_row_size(samples_) && values.size() == columns_);
  std::ranges::copy(row, rows_.begin() + static_cast<std::ptrdiff_t>(gathered_ * stride_));
  for (Strip& strip : strips_) {
    std::int64_t* at = strip.values.data() + gathered_ * 4 * strip.width;
    for (std::size_t code = 0; code < 4; ++code) {
      for (std::size_t c = 0; c < strip.columns; ++c) at[code * strip.width + c] = values[strip.first + c][code];
    }
  }
  if (++gathered_ == rows_at_once) add_gathered();
}

void WeightedSums::add_gathered() {
  if (gathered_ == 0) return;
  for (Strip& strip : strips_) {
    // Rows of an earlier block behind those gathered are worth nothing.
    std::fill(strip.values.begin() + static_cast<std::ptrdiff_t>(gathered_ * 4 * strip.width), strip.values.end(), 0);
    const Block block{rows_.data(), stride_, strip.values.data(), tables_.data(), strip.sums.data()};
    avx2_ ? add_avx2(block, strip.width) : add_portable(block, strip.width);
  }
  gathered_ = 0;
}

std::int64_t& WeightedSums::place_of(std::size_t column, std::size_t sample) {
  Strip& strip = strips_[column / widest];
  const std::size_t byte = sample / 4;
  const std::size_t place = byte / tile * 4 * tile + sample % 4 * tile + byte % tile;
  return strip.sums[place * strip.width + column - strip.first];
}

void WeightedSums::add_to(std::size_t column, std::size_t sample, std::int64_t value) {
  place_of(column, sample) += value;
}

void WeightedSums::add_all(WeightedSums& other) {
  STARDOSE_EXPECT(other.samples_ == samples_ && other.columns_ == columns_);
  other.add_gathered();
  for (std::size_t k = 0; k < strips_.size(); ++k) {
    std::ranges::transform(strips_[k].sums, other.strips_[k].sums, strips_[k].sums.begin(), std::plus<>{});
  }
}

std::int64_t WeightedSums::sum(std::size_t column, std::size_t sample) {
  add_gathered();
  return place_of(column, sample);
}

}  // namespace stardose::genomics
