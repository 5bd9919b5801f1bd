// Affine gaps in a band (Gotoh 1982).
#include "genomics/reads/gapped_cost.h"

#include <algorithm>

namespace stardose::genomics {

namespace {

constexpr std::int64_t band = 12;     // longest gap on either side of where the anchors put the piece
constexpr std::int64_t widest = 400;  // diagonals; anchors further apart say nothing together
// Tried before `most`, as few cells are left then: a short gap; its bound raised by a factor, a long one and errors.
constexpr int most_at_first = 60;
constexpr int raised = 3;

}  // namespace

int GappedCost::operator()(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                           std::span<const std::uint8_t> haplotype, std::int64_t first_start, std::int64_t last_start,
                           const GapFree& gap_free, int most) {
  const std::int64_t lowest = first_start - band;
  const auto width = static_cast<std::size_t>(std::min(last_start - first_start + 2 * band + 1, widest));
  columns_.resize(bases.size() + width);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::int64_t j = lowest + static_cast<std::int64_t>(c);
    const bool inside = j >= 0 && j < std::ssize(haplotype);
    const bool may_insert = j + 1 < gap_free.begin || j + 1 > gap_free.end;
    const bool may_delete = j < gap_free.begin || j >= gap_free.end;
    columns_[c] = {inside ? haplotype[static_cast<std::size_t>(j)] : unknown_base,
                   may_insert ? gap_open_cost : impossible_cost, may_delete ? gap_open_cost : impossible_cost};
  }
  for (int cheap = most_at_first; raised * cheap < most; cheap *= raised) {
    if (const int found = fill(bases, qualities, width, cheap); found <= cheap) return found;
  }
  return fill(bases, qualities, width, most);
}

// No cost is negative, so that only cells up to `most` matter: those from `from` to `to` of a row.
int GappedCost::fill(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities, std::size_t width,
                     int most) {
  // Cell c of row i is base i of the piece on column i + c; one cell more, that no row fills.
  best_.assign(width + 1, 0);
  aligned_.assign(width + 1, impossible_cost);  // no piece begins with a gap
  inserted_ = aligned_;
  const auto end_at = [&](std::size_t c) { best_[c] = aligned_[c] = inserted_[c] = impossible_cost; };
  end_at(width);
  std::size_t from = 0;
  std::size_t to = width;
  for (std::size_t i = 0; i < bases.size(); ++i) {
    const std::uint8_t base = bases[i];
    const std::uint8_t quality = qualities[i];
    if (from > 0) end_at(--from);
    int left = impossible_cost;     // of this row, aligned
    int deleted = impossible_cost;  // of this row
    const auto delete_at = [&](std::size_t c) {
      deleted = std::min(left, deleted - gap_open_cost + gap_extend_cost) + columns_[i + c].delete_open;
    };
    for (std::size_t c = from; c < to; ++c) {
      const Column& column = columns_[i + c];
      const int aligned = best_[c] + base_cost(base, quality, column.base);
      const int inserted = std::min(aligned_[c + 1] + column.insert_open, inserted_[c + 1] + gap_extend_cost);
      delete_at(c);
      left = aligned;
      aligned_[c] = aligned;
      inserted_[c] = inserted;
      best_[c] = std::min({aligned, inserted, deleted});
    }
    // Behind the row before only a deletion goes on.
    for (; to < width && std::min(left, deleted) <= most; ++to) {
      delete_at(to);
      end_at(to);
      best_[to] = deleted;
      left = impossible_cost;
    }
    while (to > from && best_[to - 1] > most) --to;
    while (from < to && best_[from] > most) ++from;
    if (from == to) return impossible_cost;
    end_at(to);
  }
  int best = impossible_cost;
  for (std::size_t c = from; c < to; ++c) best = std::min({best, aligned_[c], inserted_[c]});
  return best > most ? impossible_cost : best;
}

}  // namespace stardose::genomics
