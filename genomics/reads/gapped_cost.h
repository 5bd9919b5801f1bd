// What a piece of a read costs on a haplotype when gaps are allowed.
#pragma once

#include <cstdint>
#include <span>

#include "genomics/reads/gap_table.h"
#include "genomics/reads/piece_cost.h"

namespace stardose::genomics {

/// Whatever costs more than this is impossible, too.
inline constexpr int most_gapped_cost = GapTable<std::int16_t>::most_cost;

/// Pieces on one haplotype, laid on a table of small numbers first: most that fit at all fit well.
class GappedCost {
 public:
  /// `haplotype` is read when a piece is laid on it, and must still be there.
  explicit GappedCost(std::span<const std::uint8_t> haplotype) : haplotype_{haplotype} {}

  /// The least cost of the piece laid whole on some part of the haplotype, beginning between `first_start` and
  /// `last_start` and never further from those diagonals than a band; impossible_cost if it is more than `most`. No
  /// quality may be more than `largest_quality`.
  [[nodiscard]] int operator()(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                               std::int64_t first_start, std::int64_t last_start, const GapFree& gap_free, int most);

 private:
  std::span<const std::uint8_t> haplotype_;
  GapTable<std::uint8_t> small_;
  GapTable<std::int16_t> large_;
};

}  // namespace stardose::genomics
