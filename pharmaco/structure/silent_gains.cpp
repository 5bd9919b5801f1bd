// What it gains to change silent variants, and what they cost.
#include <algorithm>
#include <cmath>

#include "pharmaco/structure/fragment_likelihood.h"
#include "pharmaco/structure/log_sum.h"

namespace stardose::pharmaco {

namespace {

constexpr double tract_cost = 0.5;   // of each column more that one conversion changed
constexpr double unlike_cost = 0.7;  // of two copies of one allele that differ silently
// A product of so much is not taken for a bound: it has run out of digits, or soon will have.
constexpr double largest_bound = 1e200;
// What is gained for certain is left to the sum of logarithms, and so is what is within a rounding of nothing.
constexpr double plainly_less = 0.99;

double to_the(double value, std::uint32_t times) {
  double result = 1;
  for (; times > 0; times /= 2, value *= value) {
    if (times % 2 == 1) result *= value;
  }
  return result;
}

}  // namespace

// Copies of one allele are kin, and so is all that the paralog gave: what is silent in one is likely in the other, and
// two that differ cost a little more.
double FragmentLikelihood::cost_at(std::size_t column) const {
  if (silent_[column] == 0) return 0;
  double cost = 0;
  const auto is_kin = [&](const Entry& one, const Entry& two) {
    const ExpectedSymbol& first = one.expected[column];
    const ExpectedSymbol& second = two.expected[column];
    return one.copy == two.copy || (first.of_paralog && second.of_paralog);
  };
  for (std::size_t number = 0; number < entries_.size(); ++number) {
    const Entry& entry = entries_[number];
    const auto first = std::ranges::find_if(entries_, [&](const Entry& other) { return is_kin(entry, other); });
    if (&*first != &entry) continue;
    const ExpectedSymbol& expected = entry.expected[column];
    int changed = 0;
    int all = 0;
    const auto is_as_before = [&](const Entry& other) {
      const ExpectedSymbol& own = other.expected[column];
      return other.symbols[column] == own.symbol || continues(other, column);
    };
    for (const Entry& other : entries_) {
      if (!is_kin(entry, other)) continue;
      ++all;
      changed += other.symbols[column] == expected.symbol ? 0 : 1;
    }
    if (changed == 0) continue;
    const bool one_event =
        std::ranges::all_of(entries_, [&](const Entry& other) { return !is_kin(entry, other) || is_as_before(other); });
    cost += one_event ? std::min(double{expected.cost}, tract_cost) : expected.cost + (changed < all ? unlike_cost : 0);
  }
  return cost;
}

bool FragmentLikelihood::continues(const Entry& entry, std::size_t column) const {
  const std::size_t before = before_[column];
  const auto is_changed = [&](std::size_t at) { return entry.symbols[at] != entry.expected[at].symbol; };
  return before != column && is_changed(before) && is_changed(column);
}

double FragmentLikelihood::cost_of(std::span<const std::size_t> columns) const {
  double cost = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    cost += cost_at(columns[i]);
    const std::size_t behind = behind_[columns[i]];
    if (behind != columns[i] && (i + 1 == columns.size() || columns[i + 1] != behind)) cost += cost_at(behind);
  }
  return cost;
}

std::vector<std::uint32_t> FragmentLikelihood::patterns_at(std::span<const std::size_t> columns) {
  std::vector<std::uint32_t> patterns;
  if (columns.size() == 1) {
    for (const Shown& shown : by_column_[columns.front()]) patterns.push_back(shown.pattern);
    return patterns;
  }
  ++stamp_;
  for (const std::size_t column : columns) {
    for (const Shown& shown : by_column_[column]) {
      if (stamps_[shown.pattern] == stamp_) continue;
      stamps_[shown.pattern] = stamp_;
      patterns.push_back(shown.pattern);
    }
  }
  return patterns;
}

double FragmentLikelihood::likelihood_of(std::span<const std::uint32_t> patterns) const {
  LogSum total;
  for (const std::uint32_t pattern : patterns) total.add(mean_fit(pattern), patterns_->patterns[pattern].fragments);
  return total.sum();
}

double FragmentLikelihood::inverse_mean(std::size_t pattern) {
  double& inverse = inverse_means_[pattern];
  if (inverse == 0) inverse = 1 / mean_fit(pattern);
  return inverse;
}

// The most that a change at the column can give back of the costs that there are.
double FragmentLikelihood::most_refund(std::size_t column) const {
  const auto at = [&](std::size_t place) { return silent_[place] * (dearest_[place] + unlike_cost); };
  const std::size_t behind = behind_[column];
  return at(column) + (behind == column ? 0 : at(behind));
}

// Of a pattern that the other symbol fits better, the likelihood grows by the entry's part of it times the odds; of one
// that it fits worse it shrinks to no less than the floor. With all that grow the product is at its largest, and falls
// with each other.
bool FragmentLikelihood::cannot_gain(const Entry& entry, std::size_t column) {
  const std::uint8_t from = entry.symbols[column];
  const std::uint8_t to = other_of(entry, entry.expected[column], column);
  const double refund = most_refund(column);
  double product = refund > 0 ? std::exp(refund) : 1;
  const auto multiply = [&](double factor, std::uint32_t pattern) {
    const std::uint32_t fragments = patterns_->patterns[pattern].fragments;
    product *= fragments == 1 ? factor : to_the(factor, fragments);
  };
  const auto part_of = [&](std::uint32_t pattern, double inverse) {
    return entry.weight * entry.fits[pattern] * per_share_[pattern] * inverse;
  };
  for (const auto& [pattern, odds] : shown(column, to)) {
    multiply(1 + part_of(pattern, inverse_mean(pattern)) * (odds - 1), pattern);
    if (!(product < largest_bound)) return false;
  }
  for (const auto& [pattern, odds] : shown(column, from)) {
    const double inverse = inverse_mean(pattern);
    multiply(std::max(1 - part_of(pattern, inverse) * (1 - 1 / double{odds}), floor_ * inverse), pattern);
    if (product < plainly_less) return true;
  }
  return product < plainly_less;
}

double FragmentLikelihood::gain_of_one(const Entry& entry, std::size_t column) const {
  const std::uint8_t from = entry.symbols[column];
  const std::uint8_t to = other_of(entry, entry.expected[column], column);
  LogSum gain;
  const auto add = [&](std::uint32_t pattern, double fit, double changed) {
    const double share = per_share_[pattern];
    const double before = std::max(sums_[pattern], 0.0) * share + floor_;
    const double after = std::max(sums_[pattern] + entry.weight * (changed - fit), 0.0) * share + floor_;
    gain.add(after / before, patterns_->patterns[pattern].fragments);
  };
  for (const auto& [pattern, odds] : shown(column, to)) add(pattern, entry.fits[pattern], entry.fits[pattern] * odds);
  for (const auto& [pattern, odds] : shown(column, from)) add(pattern, entry.fits[pattern], entry.fits[pattern] / odds);
  return gain.sum();
}

void FragmentLikelihood::try_run(const Entry& entry, std::span<const std::size_t> columns) {
  changed_.resize(sums_.size());
  run_.clear();
  ++stamp_;
  const auto changed = [&](std::uint32_t pattern) -> double& {
    if (stamps_[pattern] != stamp_) {
      stamps_[pattern] = stamp_;
      run_.push_back(pattern);
      changed_[pattern] = entry.fits[pattern];
    }
    return changed_[pattern];
  };
  for (const std::size_t column : columns) {
    const std::uint8_t from = entry.symbols[column];
    const std::uint8_t to = other_of(entry, entry.expected[column], column);
    for (const auto& [pattern, odds] : shown(column, to)) changed(pattern) *= odds;
    for (const auto& [pattern, odds] : shown(column, from)) changed(pattern) /= odds;
  }
}

bool FragmentLikelihood::run_cannot_gain(const Entry& entry, std::span<const std::size_t> columns) {
  double bound = 0;
  for (const std::size_t column : columns) bound += most_refund(column);
  double product = 1;
  for (const std::uint32_t pattern : run_) {
    const double inverse = inverse_mean(pattern);
    const double more = entry.weight * (changed_[pattern] - entry.fits[pattern]) * per_share_[pattern] * inverse;
    const std::uint32_t fragments = patterns_->patterns[pattern].fragments;
    const double factor = std::max(1 + more, floor_ * inverse);
    product *= fragments == 1 ? factor : to_the(factor, fragments);
    if (product < largest_bound && product > 1 / largest_bound) continue;
    if (!(product > 0)) return false;
    bound += std::log(product);
    product = 1;
  }
  return bound + std::log(product) < std::log(plainly_less);
}

double FragmentLikelihood::gain_of_run(const Entry& entry) const {
  LogSum gain;
  for (const std::uint32_t pattern : run_) {
    const double more = entry.weight * (changed_[pattern] - entry.fits[pattern]);
    const double share = per_share_[pattern];
    const double before = std::max(sums_[pattern], 0.0) * share + floor_;
    const double after = std::max(sums_[pattern] + more, 0.0) * share + floor_;
    gain.add(after / before, patterns_->patterns[pattern].fragments);
  }
  return gain.sum();
}

// What the entry's symbols at the columns would gain, all turned.
double FragmentLikelihood::gain_of(Entry& entry, std::span<const std::size_t> columns) {
  Entry::Gain& known = entry.gains[columns.front()];
  const bool is_one = columns.size() == 1;
  if (is_one && known.state == state_) return known.gain;
  if (is_one && cannot_gain(entry, columns.front())) {
    known = {state_, 0};
    return 0;
  }
  if (!is_one) try_run(entry, columns);
  if (!is_one && run_cannot_gain(entry, columns)) return 0;
  const double cost_before = cost_of(columns);
  const auto turn = [&] {
    for (const std::size_t column : columns) {
      set_symbol(entry, column, other_of(entry, entry.expected[column], column));
    }
  };
  double gain = is_one ? gain_of_one(entry, columns.front()) : gain_of_run(entry);
  turn();
  gain -= cost_of(columns) - cost_before;
  turn();
  if (is_one) known = {state_, gain};
  return gain;
}

void FragmentLikelihood::change(Entry& entry, std::size_t column, std::uint8_t to) {
  const std::uint8_t from = entry.symbols[column];
  ++state_;
  excess_[column].clear();
  const auto put = [&](std::uint32_t pattern, double changed) {
    sums_[pattern] += entry.weight * (changed - entry.fits[pattern]);
    entry.fits[pattern] = changed;
    inverse_means_[pattern] = 0;
  };
  for (const auto& [pattern, odds] : shown(column, to)) put(pattern, entry.fits[pattern] * odds);
  for (const auto& [pattern, odds] : shown(column, from)) put(pattern, entry.fits[pattern] / odds);
  set_symbol(entry, column, to);
}

void FragmentLikelihood::set_symbol(Entry& entry, std::size_t column, std::uint8_t to) {
  const std::uint8_t expected = entry.expected[column].symbol;
  silent_[column] += (to != expected ? 1 : 0) - (entry.symbols[column] != expected ? 1 : 0);
  entry.symbols[column] = to;
}

}  // namespace stardose::pharmaco
