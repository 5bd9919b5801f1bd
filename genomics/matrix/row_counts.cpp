// Counting two bits, 32 samples a word.
#include "genomics/matrix/row_counts.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "genomics/matrix/bed_row.h"

namespace stardose::genomics {

namespace {

static_assert(std::endian::native == std::endian::little, "the words below have the first sample in their lowest bits");

constexpr std::uint64_t lowest_bits = 0x5555555555555555U;
constexpr std::size_t per_word = 32;

/// Calls `use(word, valid)` for each word of a row; `valid` has the lower bit of each sample set.
template <class Use>
[[gnu::always_inline]] inline void for_each_word(std::span<const std::uint8_t> row, std::size_t samples,
                                                 const Use& use) {
  for (std::size_t first = 0; first < samples; first += per_word) {
    std::uint64_t word = 0;
    std::memcpy(&word, row.data() + first / 4, std::min<std::size_t>(sizeof word, row.size() - first / 4));
    const std::size_t here = std::min(per_word, samples - first);
    use(word, here == per_word ? lowest_bits : lowest_bits & ((std::uint64_t{1} << 2 * here) - 1));
  }
}

[[gnu::always_inline]] inline RowCounts count(std::span<const std::uint8_t> row, std::size_t samples) {
  int missing = 0;
  int one = 0;
  int none = 0;
  for_each_word(row, samples, [&](std::uint64_t word, std::uint64_t valid) {
    const std::uint64_t low = word & valid;
    const std::uint64_t high = word >> 1U & valid;
    missing += std::popcount(low & ~high);
    one += std::popcount(high & ~low);
    none += std::popcount(low & high);
  });
  RowCounts counts{};
  counts[bed_code::missing] = static_cast<std::uint32_t>(missing);
  counts[bed_code::one_copy] = static_cast<std::uint32_t>(one);
  counts[bed_code::no_copy] = static_cast<std::uint32_t>(none);
  counts[bed_code::two_copies] = static_cast<std::uint32_t>(samples) - static_cast<std::uint32_t>(missing + one + none);
  return counts;
}

#if defined(__x86_64__)
[[gnu::target("popcnt")]] RowCounts count_in_one_instruction(std::span<const std::uint8_t> row, std::size_t samples) {
  return count(row, samples);
}
#endif

}  // namespace

RowCounts count_codes(std::span<const std::uint8_t> row, std::size_t samples) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("popcnt") != 0) return count_in_one_instruction(row, samples);
#endif
  return count(row, samples);
}

void find_missing(std::span<const std::uint8_t> row, std::size_t count, std::vector<std::uint32_t>& samples) {
  samples.clear();
  std::uint32_t first = 0;
  for_each_word(row, count, [&](std::uint64_t word, std::uint64_t valid) {
    for (std::uint64_t left = word & ~(word >> 1U) & valid; left != 0; left &= left - 1) {
      samples.push_back(first + static_cast<std::uint32_t>(std::countr_zero(left)) / 2);
    }
    first += per_word;
  });
}

void pick_samples(std::span<const std::uint8_t> row, std::span<const int> samples, std::span<std::uint8_t> chosen) {
  std::ranges::fill(chosen, std::uint8_t{0});
  for (std::size_t k = 0; k < samples.size(); ++k) {
    const unsigned code = code_at(row, static_cast<std::size_t>(samples[k]));
    chosen[k / 4] = static_cast<std::uint8_t>(chosen[k / 4] | code << k % 4 * 2);
  }
}

}  // namespace stardose::genomics
