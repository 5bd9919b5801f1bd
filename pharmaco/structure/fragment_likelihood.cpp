// The fine step: whole fragments.
#include "pharmaco/structure/fragment_likelihood.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "pharmaco/structure/log_sum.h"

namespace stardose::pharmaco {

namespace {

// Chance that a fragment shows another symbol than its copy has: errors of sequencing and of placing a read.
constexpr float error_single = 0.005F;
constexpr float error_indel = 0.01F;  // alleles of different lengths are misread more often
constexpr float error_doubtful = 0.05F;
// No fragment speaks against a set of copies by more than a factor of a thousand.
constexpr double fragment_floor = 1e-3;
// While silent variants are set it may: a long read with several that no copy has yet must tell which copy is nearest.
constexpr double search_floor = 1e-15;
constexpr std::int64_t longest_gap = 300;  // between columns that one fragment shows
// Captured reads: one copy's are at most so many times more or fewer than the mean.
constexpr double most_captured = 4;
constexpr int most_rounds = 2;
constexpr int most_reweighings = 10;

float error_of(const StructureColumn& column, const SeenSymbol& seen) {
  if (seen.doubtful) return error_doubtful;
  const auto& alleles = column.gene.alleles;
  return alleles[seen.symbol].size() == alleles.front().size() && alleles.front().size() == 1 ? error_single
                                                                                              : error_indel;
}

float chance(const StructureColumn& column, const SeenSymbol& seen, std::uint8_t symbol) {
  const float error = error_of(column, seen);
  return seen.symbol == symbol ? 1 - error : error;
}

}  // namespace

FragmentLikelihood::FragmentLikelihood(const CopyModel& model, const FragmentPatterns& patterns, bool uneven)
    : model_{&model},
      patterns_{&patterns},
      uneven_{uneven},
      stamps_(patterns.patterns.size()),
      unshared_(patterns.patterns.size()),
      by_column_(model.structure().columns.size()),
      excess_(by_column_.size()),
      terms_(patterns.patterns.size()) {
  for (const Pattern& pattern : patterns.patterns) fragments_.push_back(pattern.fragments);
  for (std::size_t column = 0; column < by_column_.size(); ++column) totals_.push_back(patterns.total(column));
  find_neighbours();
  sort_patterns();
}

void FragmentLikelihood::sort_patterns() {
  const auto& columns = model_->structure().columns;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    begins_.emplace_back(patterns_->counts[column].size() + 2);
  }
  for (const SeenSymbol& seen : patterns_->seen) ++begins_[seen.column][seen.symbol + 2U];
  for (std::size_t column = 0; column < columns.size(); ++column) {
    std::partial_sum(begins_[column].begin(), begins_[column].end(), begins_[column].begin());
    by_column_[column].resize(begins_[column].back());
  }
  for (std::size_t number = 0; number < patterns_->patterns.size(); ++number) {
    for (const SeenSymbol& seen : patterns_->of(patterns_->patterns[number])) {
      const float error = error_of(columns[seen.column], seen);
      by_column_[seen.column][begins_[seen.column][seen.symbol + 1U]++] = {static_cast<std::uint32_t>(number),
                                                                           (1 - error) / error};
      if (columns[seen.column].paralog_symbol == no_symbol) unshared_[number] = true;
    }
  }
}

std::span<const FragmentLikelihood::Shown> FragmentLikelihood::shown(std::size_t column, std::uint8_t symbol) const {
  const auto& begins = begins_[column];
  if (symbol + std::size_t{2} >= begins.size()) return {};
  return std::span{by_column_[column]}.subspan(begins[symbol], begins[symbol + 1U] - begins[symbol]);
}

void FragmentLikelihood::find_neighbours() {
  const auto& columns = model_->structure().columns;
  before_.resize(columns.size());
  std::iota(before_.begin(), before_.end(), std::size_t{0});
  behind_ = before_;
  std::optional<std::size_t> last;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    if (columns[column].site || columns[column].paralog_symbol == no_symbol) continue;
    const auto place = [&](std::size_t at) { return columns[at].gene.position.grch38.value_or(0); };
    if (last && place(column) - place(*last) <= longest_gap) {
      before_[column] = *last;
      behind_[*last] = column;
    }
    last = column;
  }
}

std::size_t FragmentLikelihood::add(std::size_t kind, std::optional<std::size_t> content) {
  const auto [known, is_new] = numbers_.try_emplace({kind, content}, copies_.size());
  if (!is_new) return known->second;
  Copy copy{kind, content.has_value(), model_->expected(kind, content), {}};
  copy.log_fits.reserve(patterns_->patterns.size());
  for (const Pattern& pattern : patterns_->patterns) copy.log_fits.push_back(log_fit(pattern, copy.expected));
  copies_.push_back(std::move(copy));
  return known->second;
}

void FragmentLikelihood::set_entries(std::span<const std::size_t> copies) {
  entries_.clear();
  silent_.assign(by_column_.size(), 0);
  dearest_.assign(by_column_.size(), 0);
  for (const std::size_t number : copies) {
    const Copy& copy = copies_[number];
    Entry entry{number, copy.expected, 1, {}, {}, {}, std::vector<Entry::Gain>(copy.expected.size())};
    for (std::size_t pattern = 0; pattern < best_.size(); ++pattern) {
      entry.fits.push_back(std::exp(double{copy.log_fits[pattern]} - best_[pattern]));
      const std::size_t first = patterns_->of(patterns_->patterns[pattern]).front().column;
      entry.counts.push_back(unshared_[pattern] && copy.expected[first].symbol == no_symbol ? 0 : 1);
    }
    for (std::size_t column = 0; column < copy.expected.size(); ++column) {
      entry.symbols.push_back(copy.expected[column].symbol);
      dearest_[column] = std::max(dearest_[column], double{copy.expected[column].cost});
    }
    entries_.push_back(std::move(entry));
  }
  sum_up();
}

void FragmentLikelihood::reweigh() {
  for (int round = 0; round < most_reweighings; ++round) {
    double all = 0;
    std::vector<double> parts;
    for (const Entry& entry : entries_) {
      for (std::size_t pattern = 0; pattern < sums_.size(); ++pattern) {
        terms_[pattern] =
            fragments_[pattern] * entry.weight * entry.fits[pattern] / (sums_[pattern] + floor_ * shares_[pattern]);
      }
      const double part = std::accumulate(terms_.begin(), terms_.end(), 0.0);
      parts.push_back(part);
      all += part;
    }
    if (all <= 0) return;
    for (std::size_t number = 0; number < entries_.size(); ++number) {
      const double mean = all / static_cast<double>(entries_.size());
      entries_[number].weight = std::clamp(parts[number] / mean, 1 / most_captured, most_captured);
    }
    sum_up();
  }
}

float FragmentLikelihood::log_fit(const Pattern& pattern, std::span<const ExpectedSymbol> expected) const {
  double product = 1;
  double log = 0;
  for (const SeenSymbol& seen : patterns_->of(pattern)) {
    product *= chance(model_->structure().columns[seen.column], seen, expected[seen.column].symbol);
    if (product > 1e-200) continue;  // a long read would have it run out of digits
    log += std::log(product);
    product = 1;
  }
  return static_cast<float>(log + std::log(product));
}

// What the best copy of any configuration makes of a pattern is the measure for all: a variant that nobody knows then
// speaks against none of them.
void FragmentLikelihood::prepare() {
  if (!best_.empty() || patterns_->patterns.empty()) return;
  best_.assign(patterns_->patterns.size(), std::numeric_limits<float>::lowest());
  for (const Copy& copy : copies_) {
    for (std::size_t pattern = 0; pattern < best_.size(); ++pattern) {
      best_[pattern] = std::max(best_[pattern], copy.log_fits[pattern]);
    }
  }
}

double FragmentLikelihood::mean_fit(std::size_t pattern) const {
  return std::max(sums_[pattern], 0.0) * per_share_[pattern] + floor_;
}

void FragmentLikelihood::sum_up() {
  ++state_;
  sums_.assign(patterns_->patterns.size(), 0);
  shares_ = sums_;
  for (const Entry& entry : entries_) {
    for (std::size_t pattern = 0; pattern < sums_.size(); ++pattern) {
      const double weight = entry.weight * entry.counts[pattern];
      sums_[pattern] += weight * entry.fits[pattern];
      shares_[pattern] += weight;
    }
  }
  per_share_.resize(shares_.size());
  for (std::size_t pattern = 0; pattern < shares_.size(); ++pattern) {
    shares_[pattern] = std::max(shares_[pattern], 1e-9);
    per_share_[pattern] = 1 / shares_[pattern];
  }
  inverse_means_.assign(sums_.size(), 0);
  for (auto& excess : excess_) excess.clear();
}

double FragmentLikelihood::likelihood() const {
  LogSum total;
  for (std::size_t pattern = 0; pattern < sums_.size(); ++pattern) {
    total.add(mean_fit(pattern), patterns_->patterns[pattern].fragments);
  }
  return total.sum();
}

std::uint8_t FragmentLikelihood::other_of(const Entry& entry, const ExpectedSymbol& expected, std::size_t column) {
  if (expected.symbol == no_symbol) return no_symbol;
  return entry.symbols[column] == expected.symbol ? expected.other : expected.symbol;
}

double FragmentLikelihood::imbalance() const {
  double least = most_captured;
  double most = 0;
  for (const Entry& entry : entries_) {
    const auto& sources = model_->structure().kinds[copies_[entry.copy].kind].sources;
    if (!std::ranges::all_of(sources, [](StretchSource source) { return source == StretchSource::gene; })) continue;
    least = std::min(least, entry.weight);
    most = std::max(most, entry.weight);
  }
  return most > 0 ? most / least : 1;
}

CopiesFit FragmentLikelihood::fit(std::span<const std::size_t> copies, bool thorough) {
  prepare();
  floor_ = search_floor;
  set_entries(copies);
  if (uneven_) reweigh();
  CopiesFit fit;
  set_silent(1);
  if (uneven_) reweigh();
  if (thorough) {
    set_silent(most_rounds);
    exchange_silent();
    take_back();
    set_silent(1);
    if (uneven_) reweigh();
  }
  fit.imbalance = imbalance();
  add_costs(fit);
  floor_ = fragment_floor;
  fit.log_likelihood = likelihood();
  return fit;
}

}  // namespace stardose::pharmaco
