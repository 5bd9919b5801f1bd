// Cell l of a sum is diagonal 2 l or 2 l + 1; with the next sum's base it is the cell before or behind.
#include "genomics/reads/gap_table.h"

#include <algorithm>
#include <bit>

#include "genomics/expect.h"
#include "genomics/reads/lanes.h"

namespace stardose::genomics {

namespace {

template <class Cost>
constexpr Cost none = GapTable<Cost>::most_cost + 1;

constexpr std::size_t sums_between_looks = 8;  // at whether all cells are too dear

unsigned bit_of(std::uint8_t base) { return base == unknown_base ? 0U : 1U << base; }

// The same a cell further up, or down: what lies beyond the ends is none.
template <class Cost>
Lanes<Cost> moved_up(const Cost* cells, std::size_t at) {
  const auto before = at == 0 ? all(none<Cost>) : load(cells + at - lanes<Cost>);
  return up_by_one<Cost>(before, load(cells + at));
}
template <class Cost>
Lanes<Cost> moved_down(const Cost* cells, std::size_t at, std::size_t count) {
  const auto behind = at + lanes<Cost> == count ? all(none<Cost>) : load(cells + at + lanes<Cost>);
  return down_by_one<Cost>(load(cells + at), behind);
}

template <class Cost>
bool is_all_above(Lanes<Cost> values, Cost most) {
  const auto above = std::bit_cast<LaneWords>(Lanes<Cost>(values > all(most)));  // all bits of each that is
  return (above[0] & above[1]) == ~std::uint64_t{0};
}

}  // namespace

template <class Cost>
void GapTable<Cost>::set_read(const BandedPiece& piece) {
  length_ = piece.bases.size();
  if (const std::size_t size = length_ + 2 * cells_; size != read_.size()) {
    read_.assign(size, 0);
    quality_.assign(size, 0);
    too_early_.assign(size, 0);
  }
  std::fill_n(too_early_.begin(), length_ + cells_, Cost{0});
  std::fill_n(too_early_.end() - static_cast<std::ptrdiff_t>(cells_), cells_, none<Cost>);
  Cost* read = &read_[cells_ + length_];
  Cost* quality = &quality_[cells_ + length_];
  for (std::size_t i = 0; i < length_; ++i) {
    *--read = static_cast<Cost>(bit_of(piece.bases[i]));
    *--quality = piece.qualities[i];
  }
}

template <class Cost>
void GapTable<Cost>::set_haplotype(const BandedPiece& piece) {
  const std::size_t columns = length_ + 2 * cells_ + 1;
  const GapFree& gaps = piece.gap_free;
  const bool is_known = columns <= own_.size() && piece.lowest == lowest_;
  if (is_known && gaps.begin == gap_free_.begin && gaps.end == gap_free_.end) return;
  lowest_ = piece.lowest;
  gap_free_ = gaps;
  const std::int64_t end = piece.lowest + static_cast<std::int64_t>(columns);
  const auto place = [&](std::int64_t column) { return static_cast<std::size_t>(column - lowest_); };
  const auto bar = [&](std::vector<Cost>& costs, std::int64_t first, std::int64_t last) {
    costs.assign(columns, 0);
    for (std::int64_t j = std::max(first, lowest_); j < std::min(last, end); ++j) costs[place(j)] = none<Cost>;
  };
  bar(no_insertion_, gaps.begin - 1, gaps.end);
  bar(no_deletion_, gaps.begin, gaps.end);
  own_.assign(columns, 0);
  others_.assign(columns, 0);
  any_others_ = false;
  for (std::int64_t j = std::max<std::int64_t>(0, lowest_); j < std::min(std::ssize(piece.haplotype), end); ++j) {
    const std::uint8_t base = piece.haplotype[static_cast<std::size_t>(j)];
    own_[place(j)] = static_cast<Cost>(bit_of(own_base(base)));
    if (!is_variable(base)) continue;
    others_[place(j)] = static_cast<Cost>(base & 15U);
    any_others_ = true;
  }
}

template <class Cost>
void GapTable<Cost>::begin(std::size_t diagonals) {
  for (const std::size_t odd : {0U, 1U}) {
    outside_[odd].assign(cells_, none<Cost>);
    std::fill_n(outside_[odd].begin(), (diagonals + 1 - odd) / 2, Cost{0});
    best_[odd].assign(cells_, 0);  // of no base
  }
  aligned_.assign(cells_, none<Cost>);
  inserted_ = deleted_ = ends_ = aligned_;
}

template <class Cost>
auto GapTable<Cost>::cells() -> Cells {
  return {cells_,
          &read_[cells_ + length_ - 1],
          &quality_[cells_ + length_ - 1],
          &too_early_[cells_ + length_ - 1],
          own_.data(),
          others_.data(),
          no_insertion_.data(),
          no_deletion_.data(),
          {outside_[0].data(), outside_[1].data()},
          {best_[0].data(), best_[1].data()},
          aligned_.data(),
          inserted_.data(),
          deleted_.data()};
}

// No piece begins with a gap. A cell that is not of the table yet is none, but what is laid behind no base costs
// nothing.
template <class Cost>
template <bool odd, bool any_others>
void GapTable<Cost>::step(const Cells& cells, std::size_t base) {
  constexpr auto nothing = Lanes<Cost>{};
  const auto dearest = all(none<Cost>);
  const auto fill = [&](std::size_t cell) {
    const auto at = static_cast<std::ptrdiff_t>(cell) - static_cast<std::ptrdiff_t>(base);
    const std::size_t column = base + cell + (odd ? 1 : 0);
    const auto read = load(cells.read + at);
    const auto own = load(cells.own + column);
    auto cost = load(cells.quality + at);
    if constexpr (any_others) {
      cost = (read & load(cells.others + column)) == nothing ? cost : least(cost, all(Cost{nearby_cost}));
    }
    cost = (read & own) == nothing ? cost : nothing;
    cost = (read == nothing) | (own == nothing) ? all(Cost{unknown_base_cost}) : cost;
    const auto early = load(cells.too_early + at);
    const auto aligned = least(load(cells.best[odd] + cell) + cost, dearest);
    const auto on = greatest(greatest(aligned, load(cells.outside[odd] + cell)), early);
    const auto before = odd ? moved_down(cells.aligned, cell, cells.count) : load(cells.aligned + cell);
    const auto prolonged = odd ? moved_down(cells.inserted, cell, cells.count) : load(cells.inserted + cell);
    const auto opened = greatest(before + Cost{gap_open_cost}, load(cells.no_insertion + column));
    const auto in = least(least(opened, prolonged + Cost{gap_extend_cost}), dearest);
    const auto left = odd ? load(cells.aligned + cell) : moved_up(cells.aligned, cell);
    const auto left_out = odd ? load(cells.deleted + cell) : moved_up(cells.deleted, cell);
    const auto lacking = least(left + Cost{gap_open_cost}, left_out + Cost{gap_extend_cost});
    const auto out = least(greatest(lacking, load(cells.no_deletion + column)), dearest);
    store<Cost>(on, cells.aligned + cell);
    store<Cost>(in, cells.inserted + cell);
    store<Cost>(out, cells.deleted + cell);
    store<Cost>(least(least(on, in), out) - early, cells.best[odd] + cell);
  };
  // Each before that which is reckoned from what it was.
  if constexpr (odd) {
    for (std::size_t cell = 0; cell < cells.count; cell += lanes<Cost>) fill(cell);
  } else {
    for (std::size_t cell = cells.count; cell > 0; cell -= lanes<Cost>) fill(cell - lanes<Cost>);
  }
}

// The cell of the last base, if it is among these.
template <class Cost>
void GapTable<Cost>::see_ends(std::size_t base) {
  const std::size_t cell = base - (length_ - 1);
  STARDOSE_EXPECT(cell < cells_);
  ends_[cell] = std::min({ends_[cell], aligned_[cell], inserted_[cell]});
}

template <class Cost>
bool GapTable<Cost>::is_dead(int most) const {
  for (const auto& best : best_) {
    for (std::size_t cell = 0; cell < cells_; cell += lanes<Cost>) {
      if (!is_all_above<Cost>(load(&best[cell]), static_cast<Cost>(most))) return false;
    }
  }
  return true;
}

// Returns whether any way may be cheap enough.
template <class Cost>
template <bool any_others>
bool GapTable<Cost>::fill(std::size_t sums, int most) {
  const Cells all_cells = cells();
  for (std::size_t base = 0; base < sums; ++base) {
    step<false, any_others>(all_cells, base);
    if (base + 1 >= length_) see_ends(base);
    step<true, any_others>(all_cells, base);
    if (base + 1 >= length_) see_ends(base);
    const bool is_time = base % sums_between_looks == sums_between_looks - 1 && base + 1 < length_;
    if (is_time && is_dead(most)) return false;
  }
  return true;
}

template <class Cost>
int GapTable<Cost>::operator()(const BandedPiece& piece, int most) {
  if (most < 0 || piece.bases.empty()) return impossible_cost;
  const auto diagonals = static_cast<std::size_t>(piece.diagonals);
  cells_ = ((diagonals + 1) / 2 + lanes<Cost> - 1) / lanes<Cost> * lanes<Cost>;
  set_read(piece);
  set_haplotype(piece);
  begin(diagonals);
  const std::size_t sums = length_ + (diagonals - 1) / 2;  // up to the last base on the last diagonal
  if (!(any_others_ ? fill<true>(sums, most) : fill<false>(sums, most))) return impossible_cost;
  const int result = *std::min_element(ends_.begin(), ends_.end());
  return result > most ? impossible_cost : result;
}

template class GapTable<std::uint8_t>;
template class GapTable<std::int16_t>;

}  // namespace stardose::genomics
