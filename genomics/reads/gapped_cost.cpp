// Small tables before large ones.
#include "genomics/reads/gapped_cost.h"

#include <algorithm>

namespace stardose::genomics {

namespace {

constexpr std::int64_t band = 12;     // longest gap on either side of where the anchors put the piece
constexpr std::int64_t widest = 400;  // diagonals; anchors further apart say nothing together

}  // namespace

int GappedCost::operator()(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                           std::int64_t first_start, std::int64_t last_start, const GapFree& gap_free, int most) {
  const BandedPiece piece{
      bases,   qualities, haplotype_, first_start - band, std::min(last_start - first_start + 2 * band + 1, widest),
      gap_free};
  constexpr int most_small = GapTable<std::uint8_t>::most_cost;
  const int small = small_(piece, std::min(most, most_small));
  if (small != impossible_cost || most <= most_small) return small;
  return large_(piece, std::min(most, most_gapped_cost));
}

}  // namespace stardose::genomics
