// Affine gaps in a band (Gotoh 1982).
#include "genomics/reads/gapped_cost.h"

#include <algorithm>

namespace stardose::genomics {

namespace {

constexpr std::int64_t band = 12;     // longest gap on either side of where the anchors put the piece
constexpr std::int64_t widest = 400;  // diagonals; anchors further apart say nothing together

}  // namespace

int GappedCost::operator()(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                           std::span<const std::uint8_t> haplotype, std::int64_t first_start, std::int64_t last_start,
                           const GapFree& gap_free, int most) {
  const std::int64_t lowest = first_start - band;
  const auto width = static_cast<std::size_t>(std::min(last_start - first_start + 2 * band + 1, widest));
  columns_.clear();
  for (std::int64_t j = lowest; j < lowest + std::ssize(bases) + static_cast<std::int64_t>(width); ++j) {
    const bool inside = j >= 0 && j < std::ssize(haplotype);
    const bool may_insert = j + 1 < gap_free.begin || j + 1 > gap_free.end;
    const bool may_delete = j < gap_free.begin || j >= gap_free.end;
    columns_.push_back({inside ? haplotype[static_cast<std::size_t>(j)] : unknown_base,
                        may_insert ? gap_open_cost : impossible_cost, may_delete ? gap_open_cost : impossible_cost});
  }
  // Cell c of row i is base i of the piece on column i + c; one cell more, that no row fills.
  cells_.assign(width + 1, {0, 0, 0});
  cells_.back() = {impossible_cost, impossible_cost, impossible_cost};
  for (std::size_t i = 0; i < bases.size(); ++i) {
    const std::uint8_t base = bases[i];
    const std::uint8_t quality = qualities[i];
    Cell left{impossible_cost, impossible_cost, impossible_cost};  // of this row
    int least = impossible_cost;
    for (std::size_t c = 0; c < width; ++c) {
      const Column& column = columns_[i + c];
      const Cell above = cells_[c];
      const Cell beside = cells_[c + 1];
      const int fits = base_cost(base, quality, column.base);
      Cell cell{};
      cell.aligned = std::min({above.aligned, above.inserted, above.deleted}) + fits;
      cell.inserted = std::min(beside.aligned + column.insert_open, beside.inserted + gap_extend_cost);
      cell.deleted = std::min(left.aligned, left.deleted - gap_open_cost + gap_extend_cost) + column.delete_open;
      if (i == 0) cell.inserted = impossible_cost;
      cells_[c] = left = cell;
      least = std::min({least, cell.aligned, cell.inserted, cell.deleted});
    }
    if (least > most) return impossible_cost;
  }
  int best = impossible_cost;
  for (std::size_t c = 0; c < width; ++c) best = std::min({best, cells_[c].aligned, cells_[c].inserted});
  return best > most ? impossible_cost : best;
}

}  // namespace stardose::genomics
