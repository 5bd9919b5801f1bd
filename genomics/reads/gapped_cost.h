// What a piece of a read costs on a haplotype when gaps are allowed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace stardose::genomics {

/// Phred of opening and of prolonging a gap: GATK's PairHMM takes 45 and 10.
inline constexpr int gap_open_cost = 45;
inline constexpr int gap_extend_cost = 10;
/// A base that is not known fits one in four.
inline constexpr int unknown_base_cost = 6;

[[nodiscard]] int base_cost(std::uint8_t read, std::uint8_t quality, std::uint8_t haplotype);

/// Bases of a haplotype where no gap may lie: neither a deletion of one of them nor an insertion beside one.
struct GapFree {
  std::int64_t begin = 0;
  std::int64_t end = -1;  ///< before `begin`: gaps may lie anywhere
};

/// The least cost of the piece laid whole on some part of the haplotype, beginning between `first_start` and
/// `last_start` and never further from those diagonals than a band. `rows` is scratch, kept by the caller so that it is
/// allocated once.
[[nodiscard]] int gapped_cost(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                              std::span<const std::uint8_t> haplotype, std::int64_t first_start,
                              std::int64_t last_start, const GapFree& gap_free, std::vector<int>& rows);

}  // namespace stardose::genomics
