// What bases and gaps of a piece of a read cost on a haplotype.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "genomics/reads/local_site.h"

namespace stardose::genomics {

/// Phred of opening and of prolonging a gap: GATK's PairHMM takes 45 and 10.
inline constexpr int gap_open_cost = 45;
inline constexpr int gap_extend_cost = 10;
/// A base that is not known fits one in four.
inline constexpr int unknown_base_cost = 6;
/// A nearby site's alternative: one chromosome in ten has it, as a rule that lets it count for less than an error.
inline constexpr int nearby_cost = 10;

namespace detail {

/// What a base of a read costs on one of a haplotype: its quality, but so much at least and at most, by the read's
/// base. Sequences are random: branches on whether bases fit would be guessed wrongly.
struct BaseCostBounds {
  std::array<std::uint8_t, 5> least{};
  std::array<std::uint8_t, 5> most{};
};

inline constexpr std::array<BaseCostBounds, 256> base_cost_bounds = [] {
  std::array<BaseCostBounds, 256> bounds{};
  for (std::size_t number = 0; number < bounds.size(); ++number) {
    const auto haplotype = static_cast<std::uint8_t>(number);
    for (std::uint8_t read = 0; read <= unknown_base; ++read) {
      std::uint8_t& least = bounds.at(number).least.at(read);
      std::uint8_t& most = bounds.at(number).most.at(read);
      most = std::numeric_limits<std::uint8_t>::max();
      if (read == unknown_base || haplotype == unknown_base) {
        least = most = unknown_base_cost;
      } else if (read == own_base(haplotype)) {
        most = 0;
      } else if (is_variable(haplotype) && may_be(haplotype, read)) {
        most = nearby_cost;
      }
    }
  }
  return bounds;
}();

}  // namespace detail

[[nodiscard]] constexpr int base_cost(std::uint8_t read, std::uint8_t quality, std::uint8_t haplotype) {
  const detail::BaseCostBounds& bounds = detail::base_cost_bounds[haplotype];
  return std::min(std::max(quality, bounds.least[read]), bounds.most[read]);
}

/// What a piece costs on a haplotype, its first base on column `start`; beyond the haplotype's ends bases are unknown.
/// No quality may be more than `largest_quality`.
[[nodiscard]] int cost_without_gaps(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                                    std::span<const std::uint8_t> haplotype, std::int64_t start);

/// Bases of a haplotype where no gap may lie: neither a deletion of one of them nor an insertion beside one.
struct GapFree {
  std::int64_t begin = 0;
  std::int64_t end = -1;  ///< before `begin`: gaps may lie anywhere
};

/// What is no cost any more.
inline constexpr int impossible_cost = 1'000'000;

/// A piece, and the diagonals of a haplotype that it may be laid on: its first base on column `lowest` and on so many
/// behind. Columns before and behind the haplotype's bases are unknown ones.
struct BandedPiece {
  std::span<const std::uint8_t> bases;
  std::span<const std::uint8_t> qualities;
  std::span<const std::uint8_t> haplotype;
  std::int64_t lowest = 0;
  std::int64_t diagonals = 0;
  GapFree gap_free;
};

}  // namespace stardose::genomics
