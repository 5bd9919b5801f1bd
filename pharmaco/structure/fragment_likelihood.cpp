// The fine step: whole fragments.
#include "pharmaco/structure/fragment_likelihood.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace stardose::pharmaco {

namespace {

// Chance that a fragment shows another symbol than its copy has: errors of sequencing and of placing a read.
constexpr float error_single = 0.008F;
constexpr float error_indel = 0.02F;  // alleles of different lengths are misread more often
constexpr float error_doubtful = 0.05F;
// No fragment speaks against a set of copies by more than a factor of a thousand.
constexpr double fragment_floor = 1e-3;
constexpr int most_rounds = 3;
// Copies that must be amiss at a column before a silent variant there is tried.
constexpr double least_amiss = 0.3;
constexpr double unlike_cost = 0.7;  // of two copies of one allele that differ silently
constexpr std::array<double, 7> capture_ratios = {1, 0.3, 0.45, 0.65, 1.5, 2.2, 3.3};

}  // namespace

FragmentLikelihood::FragmentLikelihood(const CopyModel& model, const FragmentPatterns& patterns, bool uneven)
    : model_{&model},
      patterns_{&patterns},
      uneven_{uneven},
      unshared_(patterns.patterns.size()),
      by_column_(model.structure().columns.size()) {
  for (std::size_t number = 0; number < patterns.patterns.size(); ++number) {
    const Pattern& pattern = patterns.patterns[number];
    for (std::uint32_t at = pattern.first; at < pattern.first + pattern.count; ++at) {
      const std::size_t column = patterns.seen[at].column;
      by_column_[column].push_back({static_cast<std::uint32_t>(number), at});
      if (model.structure().columns[column].paralog_symbol == no_symbol) unshared_[number] = true;
    }
  }
}

namespace {

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

std::size_t FragmentLikelihood::add(std::size_t kind, std::optional<std::size_t> content) {
  const auto [known, is_new] = numbers_.try_emplace({kind, content}, copies_.size());
  if (!is_new) return known->second;
  Copy copy{kind, model_->expected(kind, content), {}, {}};
  copy.fits.reserve(patterns_->patterns.size());
  for (const Pattern& pattern : patterns_->patterns) copy.fits.push_back(fit_of(pattern, copy.expected));
  for (std::size_t number = 0; uneven_ && number < patterns_->patterns.size(); ++number) {
    float paralog = 0;
    const auto seen = patterns_->of(patterns_->patterns[number]);
    for (const SeenSymbol& one : seen) {
      const std::size_t stretch = model_->structure().columns[one.column].stretch;
      paralog += model_->structure().kinds[kind].sources[stretch] == StretchSource::paralog ? 1.0F : 0.0F;
    }
    copy.of_paralog.push_back(paralog / static_cast<float>(seen.size()));
  }
  copies_.push_back(std::move(copy));
  return known->second;
}

// What looks like the paralog is captured more or less often than what looks like the gene, whichever copy it is in.
void FragmentLikelihood::set_entries(std::span<const CopyCount> copies, double ratio) {
  entries_.clear();
  for (const auto& [number, count] : copies) {
    const Copy& copy = copies_[number];
    Entry entry{number, static_cast<double>(count), ratio, {}, {}, copy.fits};
    for (std::size_t pattern = 0; ratio != 1 && pattern < copy.of_paralog.size(); ++pattern) {
      entry.weights.push_back(static_cast<float>(count * std::pow(ratio, copy.of_paralog[pattern])));
    }
    for (const ExpectedSymbol& expected : copy.expected) entry.symbols.push_back(expected.symbol);
    entries_.push_back(std::move(entry));
  }
  sum_up();
}

double FragmentLikelihood::weight_at(const Entry& entry, std::size_t column) const {
  const auto& sources = model_->structure().kinds[copies_[entry.copy].kind].sources;
  const bool paralog = sources[model_->structure().columns[column].stretch] == StretchSource::paralog;
  return paralog ? entry.weight * entry.ratio : entry.weight;
}

float FragmentLikelihood::fit_of(const Pattern& pattern, std::span<const ExpectedSymbol> expected) const {
  float product = 1;
  for (const SeenSymbol& seen : patterns_->of(pattern)) {
    product *= chance(model_->structure().columns[seen.column], seen, expected[seen.column].symbol);
  }
  return product;
}

// What the best copy of any configuration makes of a pattern is the measure for all: a variant that nobody knows then
// speaks against none of them.
void FragmentLikelihood::prepare() {
  if (!best_.empty() || patterns_->patterns.empty()) return;
  best_.assign(patterns_->patterns.size(), 1e-30);
  for (const Copy& copy : copies_) {
    for (std::size_t pattern = 0; pattern < best_.size(); ++pattern) {
      best_[pattern] = std::max<double>(best_[pattern], copy.fits[pattern]);
    }
  }
}

double FragmentLikelihood::log_of(std::size_t pattern, double sum) const {
  return std::log(sum / shares_[pattern] / best_[pattern] + fragment_floor);
}

void FragmentLikelihood::sum_up() {
  sums_.assign(patterns_->patterns.size(), 0);
  shares_ = sums_;
  for (const Entry& entry : entries_) {
    for (std::size_t pattern = 0; pattern < sums_.size(); ++pattern) {
      if (unshared_[pattern]) {
        const std::size_t column = patterns_->of(patterns_->patterns[pattern]).front().column;
        if (entry.symbols[column] == no_symbol) continue;
      }
      const double weight = weight_of(entry, pattern);
      sums_[pattern] += weight * entry.fits[pattern];
      shares_[pattern] += weight;
    }
  }
  for (double& share : shares_) share = std::max(share, 1e-9);
}

double FragmentLikelihood::likelihood() {
  double total = 0;
  for (std::size_t pattern = 0; pattern < sums_.size(); ++pattern) {
    total += patterns_->patterns[pattern].fragments * log_of(pattern, sums_[pattern]);
  }
  return total;
}

// A column is worth a look where the fragments show a symbol in more copies than have it.
bool FragmentLikelihood::is_amiss(std::size_t column) const {
  const auto& counts = patterns_->counts[column];
  const double total = patterns_->total(column);
  if (total <= 0) return false;
  std::array<double, 8> have{};
  double copies = 0;
  for (const Entry& entry : entries_) {
    if (entry.symbols[column] >= have.size()) continue;
    const double weight = weight_at(entry, column);
    copies += weight;
    have[entry.symbols[column]] += weight;
  }
  for (std::size_t symbol = 0; symbol < std::min(counts.size(), have.size()); ++symbol) {
    if (counts[symbol] / total * copies - have[symbol] > least_amiss) return true;
  }
  return false;
}

std::uint8_t FragmentLikelihood::other_of(const Entry& entry, const ExpectedSymbol& expected, std::size_t column) {
  if (expected.symbol == no_symbol) return no_symbol;
  return entry.symbols[column] == expected.symbol ? expected.other : expected.symbol;
}

double FragmentLikelihood::gain_of(const Entry& entry, std::size_t column, std::uint8_t to) const {
  const StructureColumn& at = model_->structure().columns[column];
  const std::uint8_t from = entry.symbols[column];
  double gain = 0;
  for (const auto& [pattern, number] : by_column_[column]) {
    const SeenSymbol& seen = patterns_->seen[number];
    const double fit = entry.fits[pattern];
    const double changed = fit * chance(at, seen, to) / chance(at, seen, from);
    const double sum = sums_[pattern] + weight_of(entry, pattern) * (changed - fit);
    gain += patterns_->patterns[pattern].fragments * (log_of(pattern, sum) - log_of(pattern, sums_[pattern]));
  }
  return gain;
}

void FragmentLikelihood::change(Entry& entry, std::size_t column, std::uint8_t to) {
  const StructureColumn& at = model_->structure().columns[column];
  const std::uint8_t from = entry.symbols[column];
  for (const auto& [pattern, number] : by_column_[column]) {
    const SeenSymbol& seen = patterns_->seen[number];
    const float changed = entry.fits[pattern] * chance(at, seen, to) / chance(at, seen, from);
    sums_[pattern] += weight_of(entry, pattern) * (changed - entry.fits[pattern]);
    entry.fits[pattern] = changed;
  }
  entry.symbols[column] = to;
}

// Copies of one allele are kin: what is silent in one is likely in the other, and two that differ cost a little more.
double FragmentLikelihood::cost_of(std::size_t copy, std::size_t column) const {
  const ExpectedSymbol& expected = copies_[copy].expected[column];
  int changed = 0;
  int all = 0;
  for (const Entry& entry : entries_) {
    if (entry.copy != copy) continue;
    ++all;
    changed += entry.symbols[column] == expected.symbol ? 0 : 1;
  }
  if (changed == 0) return 0;
  return expected.cost + (changed < all ? unlike_cost : 0);
}

bool FragmentLikelihood::change_best(std::size_t column) {
  Entry* best = nullptr;
  double most = 0;
  for (Entry& entry : entries_) {
    const std::uint8_t to = other_of(entry, copies_[entry.copy].expected[column], column);
    if (to == no_symbol) continue;
    const std::uint8_t from = entry.symbols[column];
    const double before = cost_of(entry.copy, column);
    entry.symbols[column] = to;
    const double cost = cost_of(entry.copy, column) - before;
    entry.symbols[column] = from;
    const double gain = gain_of(entry, column, to) - cost;
    if (gain > most) best = &entry;
    most = std::max(most, gain);
  }
  if (best != nullptr) change(*best, column, other_of(*best, copies_[best->copy].expected[column], column));
  return best != nullptr;
}

void FragmentLikelihood::set_silent() {
  for (int round = 0; round < most_rounds; ++round) {
    bool any = false;
    for (std::size_t column = 0; column < by_column_.size(); ++column) {
      for (std::size_t change = 0; change < entries_.size() && is_amiss(column); ++change) {
        if (!change_best(column)) break;
        any = true;
      }
    }
    if (!any) break;
  }
}

void FragmentLikelihood::add_costs(CopiesFit& fit) const {
  for (std::size_t number = 0; number < entries_.size(); ++number) {
    const std::size_t copy = entries_[number].copy;
    const auto same = [&](const Entry& entry) { return entry.copy == copy; };
    if (std::find_if(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(number), same) !=
        entries_.begin() + static_cast<std::ptrdiff_t>(number)) {
      continue;
    }
    for (std::size_t column = 0; column < by_column_.size(); ++column) {
      const double cost = cost_of(copy, column);
      fit.silent += cost;
      if (cost >= undocumented_cost) ++fit.undocumented;
    }
  }
}

CopiesFit FragmentLikelihood::fit(std::span<const CopyCount> copies) {
  prepare();
  double ratio = 1;
  double most = -std::numeric_limits<double>::infinity();
  for (const double other : capture_ratios) {
    if (!uneven_) break;
    set_entries(copies, other);
    const double found = likelihood();
    if (found > most) ratio = other;
    most = std::max(most, found);
  }
  set_entries(copies, ratio);
  CopiesFit fit;
  set_silent();
  add_costs(fit);
  fit.log_likelihood = likelihood() - (ratio == 1 ? 0 : 1);
  return fit;
}

}  // namespace stardose::pharmaco
