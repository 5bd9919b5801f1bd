// Affine gaps in a band (Gotoh 1982), a row of the band at a time.
#include "genomics/reads/gapped_cost.h"

#include <algorithm>
#include <cstring>

namespace stardose::genomics {

namespace {

constexpr std::int64_t band = 12;              // longest gap on either side of where the anchors put the piece
constexpr std::int64_t widest = 400;           // diagonals; anchors further apart say nothing together
constexpr std::int64_t widest_profile = 4096;  // columns that are kept; aligners may put anchors any way apart

// Eight cells: what every processor of the kind reckons at once. Costs never leave [0, 2^15): each is held at
// `none` before one is added to it, and nothing that is added is more than that.
using Cost = std::int16_t;
using Lanes [[gnu::vector_size(16)]] = Cost;
constexpr std::size_t lanes = sizeof(Lanes) / sizeof(Cost);
constexpr Cost none = most_gapped_cost + 1;

Lanes load(const Cost* from) {
  Lanes result;
  std::memcpy(&result, from, sizeof result);
  return result;
}
void store(Lanes value, Cost* to) { std::memcpy(to, &value, sizeof value); }
Lanes least(Lanes one, Lanes two) { return one < two ? one : two; }
Lanes greatest(Lanes one, Lanes two) { return one > two ? one : two; }
Lanes all(Cost value) { return Lanes{} + value; }

constexpr std::size_t in_lanes(std::size_t cells) { return (cells + lanes - 1) / lanes * lanes; }

Cost least_of(Lanes values) {
  Cost result = values[0];
  for (std::size_t k = 1; k < lanes; ++k) result = std::min<Cost>(result, values[k]);
  return result;
}

}  // namespace

// The profile is of the haplotype and of unknown bases beyond its ends, as far as pieces were laid there.
void GappedCost::widen(std::int64_t first_column, std::int64_t columns) {
  const std::int64_t end = first_column_ + std::ssize(profile_.least.front());
  if (first_column >= first_column_ && first_column + columns <= end) return;
  // What lies beyond a long deletion is not worth the way to it.
  const std::int64_t from_both = std::min(first_column, first_column_);
  const std::int64_t to_both = std::max(first_column + columns, end);
  const bool keep = !profile_.least.front().empty() && to_both - from_both <= widest_profile;
  const std::int64_t from = keep ? from_both : first_column;
  const std::int64_t to = keep ? to_both : first_column + columns;
  first_column_ = from;
  for (std::uint8_t read = 0; read <= unknown_base; ++read) {
    auto& least = profile_.least.at(read);
    auto& most = profile_.most.at(read);
    least.clear();
    most.clear();
    for (std::int64_t j = from; j < to; ++j) {
      const bool inside = j >= 0 && j < std::ssize(haplotype_);
      const auto& bounds = detail::base_cost_bounds.at(inside ? haplotype_[static_cast<std::size_t>(j)] : unknown_base);
      least.push_back(bounds.least.at(read));
      most.push_back(bounds.most.at(read));
    }
  }
}

int GappedCost::operator()(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                           std::int64_t first_start, std::int64_t last_start, const GapFree& gap_free, int most) {
  const std::int64_t lowest = first_start - band;
  const std::int64_t width = std::min(last_start - first_start + 2 * band + 1, widest);
  const std::int64_t columns = std::ssize(bases) + width + std::int64_t{lanes};
  widen(lowest, columns);
  set_gaps(gap_free, lowest, static_cast<std::size_t>(columns), in_lanes(static_cast<std::size_t>(width)));
  const auto bounded = static_cast<Cost>(std::min(most, most_gapped_cost));
  return fill(bases, qualities, static_cast<std::size_t>(lowest - first_column_), static_cast<std::size_t>(width),
              bounded);
}

void GappedCost::set_gaps(const GapFree& gap_free, std::int64_t lowest, std::size_t columns, std::size_t padded) {
  const auto forbid = [&](std::vector<Cost>& costs, std::int64_t begin, std::int64_t end) {
    for (std::int64_t j = std::max(begin - lowest, std::int64_t{0}); j < std::min(end - lowest, std::ssize(costs));
         ++j) {
      costs[static_cast<std::size_t>(j)] = none;
    }
  };
  insert_open_.assign(columns, gap_open_cost);
  delete_open_ = insert_open_;
  forbid(insert_open_, gap_free.begin - 1, gap_free.end);
  forbid(delete_open_, gap_free.begin, gap_free.end);
  std::size_t step = 0;
  for (std::size_t more = 1; more < padded; more *= 2, ++step) {
    if (step == delete_more_.size()) delete_more_.emplace_back();
    const int cost = std::min<int>(static_cast<int>(more) * gap_extend_cost, none);
    delete_more_[step].assign(columns, static_cast<Cost>(cost));
    if (gap_free.begin < gap_free.end) {
      forbid(delete_more_[step], gap_free.begin, gap_free.end - 1 + static_cast<std::int64_t>(more));
    }
  }
}

// Cell c of row i is base i of the piece on column i + c. No cost is negative: when a whole row is dearer than `most`,
// so is the piece.
int GappedCost::fill(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities, std::size_t offset,
                     std::size_t width, Cost most) {
  const std::size_t padded = in_lanes(width);
  outside_.assign(padded, none);
  std::fill_n(outside_.begin(), width, Cost{0});
  best_ = outside_;
  aligned_.assign(padded + 2 * lanes, none);  // no piece begins with a gap; one cell before the row, some behind it
  inserted_ = aligned_;
  deleted_.assign(2 * padded, none);
  Cost* const best = best_.data();
  Cost* const aligned = aligned_.data() + 1;
  Cost* const inserted = inserted_.data() + 1;
  const Cost* const outside = outside_.data();
  for (std::size_t i = 0; i < bases.size(); ++i) {
    const Cost* const bound_below = profile_.least.at(bases[i]).data() + offset + i;
    const Cost* const bound_above = profile_.most.at(bases[i]).data() + offset + i;
    const Cost* const insert_open = insert_open_.data() + i;
    const Lanes quality = all(qualities[i]);
    Lanes cheapest = all(none);
    Lanes cheapest_aligned = all(none);
    for (std::size_t c = 0; c < padded; c += lanes) {
      const Lanes cost = least(greatest(quality, load(bound_below + c)), load(bound_above + c));
      const Lanes beyond = load(outside + c);
      const Lanes on = greatest(least(load(best + c) + cost, all(none)), beyond);
      const Lanes opened = load(aligned + c + 1) + load(insert_open + c);
      const Lanes prolonged = load(inserted + c + 1) + Cost{gap_extend_cost};
      const Lanes in = greatest(least(least(opened, prolonged), all(none)), beyond);
      store(on, aligned + c);
      store(in, inserted + c);
      const Lanes either = least(on, in);
      store(either, best + c);
      cheapest = least(cheapest, either);
      cheapest_aligned = least(cheapest_aligned, on);
    }
    if (least_of(cheapest) > most) return impossible_cost;
    const int left = most - gap_open_cost - least_of(cheapest_aligned);
    if (left >= 0) delete_in_row(i, padded, static_cast<std::size_t>(left / gap_extend_cost));
  }
  Cost result = none;
  for (std::size_t c = 0; c < width; ++c) result = std::min({result, aligned[c], inserted[c]});
  return result > most ? impossible_cost : result;
}

// Each step joins deletions of up to so many bases with those of as many before them.
void GappedCost::delete_in_row(std::size_t row, std::size_t padded, std::size_t longest) {
  const Cost* const left = aligned_.data();  // of cell c: aligned at the cell before
  Cost* const deleted = deleted_.data() + padded;
  Cost* const best = best_.data();
  for (std::size_t c = 0; c < padded; c += lanes) {
    store(least(load(left + c) + load(delete_open_.data() + row + c), all(none)), deleted + c);
  }
  std::size_t step = 0;
  for (std::size_t more = 1; more <= longest && more < padded; more *= 2, ++step) {
    const Cost* const cost = delete_more_[step].data() + row;
    for (std::size_t c = padded; c > 0;) {
      c -= lanes;
      const Lanes longer = load(deleted + c - more) + load(cost + c);
      store(least(load(deleted + c), longer), deleted + c);
    }
  }
  for (std::size_t c = 0; c < padded; c += lanes) {
    store(least(load(best + c), greatest(load(deleted + c), load(outside_.data() + c))), best + c);
  }
}

}  // namespace stardose::genomics
