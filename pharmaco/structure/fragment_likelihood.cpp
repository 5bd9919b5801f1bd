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
// While silent variants are set it may: a long read with several that no copy has yet must tell which copy is nearest.
constexpr double search_floor = 1e-15;
constexpr int most_rounds = 2;
constexpr std::size_t most_turns = 3;  // copies that change at one place
// Copies that must be amiss at a column before a silent variant there is tried.
constexpr double least_amiss = 0.3;
constexpr std::int64_t longest_gap = 300;  // between variants that one fragment shows
constexpr double unlike_cost = 0.7;        // of two copies of one allele that differ silently
constexpr std::array<double, 7> capture_ratios = {1, 0.3, 0.45, 0.65, 1.5, 2.2, 3.3};

}  // namespace

FragmentLikelihood::FragmentLikelihood(const CopyModel& model, const FragmentPatterns& patterns, bool uneven)
    : model_{&model},
      patterns_{&patterns},
      uneven_{uneven},
      unshared_(patterns.patterns.size()),
      by_column_(model.structure().columns.size()) {
  for (std::size_t column = 0; column < by_column_.size(); ++column) totals_.push_back(patterns.total(column));
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
  Copy copy{kind, content.has_value(), model_->expected(kind, content), {}, {}};
  copy.log_fits.reserve(patterns_->patterns.size());
  for (const Pattern& pattern : patterns_->patterns) copy.log_fits.push_back(log_fit(pattern, copy.expected));
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
void FragmentLikelihood::set_entries(std::span<const std::size_t> copies, double ratio) {
  entries_.clear();
  for (const std::size_t number : copies) {
    const Copy& copy = copies_[number];
    Entry entry{number, 1, ratio, {}, {}, {}};
    for (std::size_t pattern = 0; pattern < best_.size(); ++pattern) {
      entry.fits.push_back(std::exp(double{copy.log_fits[pattern]} - best_[pattern]));
    }
    for (std::size_t pattern = 0; ratio != 1 && pattern < copy.of_paralog.size(); ++pattern) {
      entry.weights.push_back(static_cast<float>(std::pow(ratio, copy.of_paralog[pattern])));
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

double FragmentLikelihood::log_of(std::size_t pattern, double sum) const {
  return std::log(std::max(sum, 0.0) / shares_[pattern] + floor_);
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

double FragmentLikelihood::excess(std::size_t column, std::uint8_t symbol) const {
  double copies = 0;
  double have = 0;
  for (const Entry& entry : entries_) {
    if (entry.symbols[column] == no_symbol) continue;
    const double weight = weight_at(entry, column);
    copies += weight;
    if (entry.symbols[column] == symbol) have += weight;
  }
  const double total = totals_[column];
  return total > 0 ? patterns_->counts[column][symbol] / total * copies - have : 0;
}

// A column is worth a look where the fragments show a symbol in more copies than have it.
bool FragmentLikelihood::is_amiss(std::size_t column) const {
  for (std::size_t symbol = 0; symbol < patterns_->counts[column].size(); ++symbol) {
    if (excess(column, static_cast<std::uint8_t>(symbol)) > least_amiss) return true;
  }
  return false;
}

std::vector<std::size_t> FragmentLikelihood::amiss_columns() const {
  std::vector<std::size_t> columns;
  for (std::size_t column = 0; column < by_column_.size(); ++column) {
    if (is_amiss(column)) columns.push_back(column);
  }
  return columns;
}

std::uint8_t FragmentLikelihood::other_of(const Entry& entry, const ExpectedSymbol& expected, std::size_t column) {
  if (expected.symbol == no_symbol) return no_symbol;
  return entry.symbols[column] == expected.symbol ? expected.other : expected.symbol;
}

double FragmentLikelihood::likelihood_of(std::span<const std::uint32_t> patterns) const {
  double total = 0;
  for (const std::uint32_t pattern : patterns) {
    total += patterns_->patterns[pattern].fragments * log_of(pattern, sums_[pattern]);
  }
  return total;
}

void FragmentLikelihood::change(Entry& entry, std::size_t column, std::uint8_t to) {
  const StructureColumn& at = model_->structure().columns[column];
  const std::uint8_t from = entry.symbols[column];
  for (const auto& [pattern, number] : by_column_[column]) {
    const SeenSymbol& seen = patterns_->seen[number];
    const double changed = entry.fits[pattern] * chance(at, seen, to) / chance(at, seen, from);
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

std::vector<std::size_t> FragmentLikelihood::change_all(Entry& entry, std::span<const std::size_t> columns,
                                                        double dearest) {
  std::vector<std::size_t> changed;
  for (const std::size_t column : columns) {
    const ExpectedSymbol& expected = copies_[entry.copy].expected[column];
    const std::uint8_t to = other_of(entry, expected, column);
    if (to == no_symbol || expected.cost > dearest || excess(column, to) <= least_amiss) continue;
    change(entry, column, to);
    changed.push_back(column);
  }
  return changed;
}

bool FragmentLikelihood::is_repeated(const Entry& entry) const {
  for (const Entry& other : entries_) {
    if (&other == &entry) return false;
    if (other.copy == entry.copy && other.symbols == entry.symbols) return true;
  }
  return false;
}

bool FragmentLikelihood::change_best(std::span<const std::size_t> columns, double dearest) {
  std::vector<std::uint32_t> patterns;
  for (const std::size_t column : columns) {
    for (const Shown& shown : by_column_[column]) patterns.push_back(shown.pattern);
  }
  std::ranges::sort(patterns);
  patterns.erase(std::ranges::unique(patterns).begin(), patterns.end());
  const auto cost = [&](std::size_t copy) {
    double all = 0;
    for (const std::size_t column : columns) all += cost_of(copy, column);
    return all;
  };
  const double before = likelihood_of(patterns);
  Entry* best = nullptr;
  double most = 0;
  for (Entry& entry : entries_) {
    if (is_repeated(entry)) continue;
    const double cost_before = cost(entry.copy);
    const std::vector<std::size_t> changed = change_all(entry, columns, dearest);
    if (changed.empty()) continue;
    const double gain = likelihood_of(patterns) - before - (cost(entry.copy) - cost_before);
    for (const std::size_t column : changed) {
      change(entry, column, other_of(entry, copies_[entry.copy].expected[column], column));
    }
    if (gain > most) best = &entry;
    most = std::max(most, gain);
  }
  if (best != nullptr) change_all(*best, columns, dearest);
  return best != nullptr;
}

bool FragmentLikelihood::set_silent(double dearest) {
  bool any = false;
  const std::vector<std::size_t> amiss = amiss_columns();
  const auto place = [&](std::size_t column) {
    return model_->structure().columns[column].gene.position.grch38.value_or(0);
  };
  for (std::size_t first = 0; first < amiss.size();) {
    std::size_t end = first + 1;
    while (end < amiss.size() && place(amiss[end]) - place(amiss[end - 1]) <= longest_gap) ++end;
    const std::span<const std::size_t> together{amiss.data() + first, end - first};
    for (std::size_t turn = 0; turn < most_turns && change_best(together, dearest); ++turn) any = true;
    for (const std::size_t column : together) {
      for (std::size_t turn = 0; turn < most_turns && is_amiss(column); ++turn) {
        if (!change_best({&column, 1}, dearest)) break;
        any = true;
      }
    }
    first = end;
  }
  return any;
}

// Cheap changes first: what silent variants explain is not held against an allele.
void FragmentLikelihood::set_silent(int rounds) {
  for (const double dearest : {2.0, 8.0, 1e9}) {
    for (int round = 0; round < rounds && set_silent(dearest); ++round) {
    }
  }
}

bool FragmentLikelihood::can_exchange(const Entry& one, const Entry& two, std::size_t column) const {
  const ExpectedSymbol& of_one = copies_[one.copy].expected[column];
  const ExpectedSymbol& of_two = copies_[two.copy].expected[column];
  return one.symbols[column] != two.symbols[column] && of_one.symbol == of_two.symbol && of_one.other == of_two.other;
}

// Keeps the exchange where it gains.
bool FragmentLikelihood::exchange(Entry& one, Entry& two, std::span<const std::size_t> columns) {
  std::vector<std::uint32_t> patterns;
  for (const std::size_t column : columns) {
    for (const Shown& shown : by_column_[column]) patterns.push_back(shown.pattern);
  }
  std::ranges::sort(patterns);
  patterns.erase(std::ranges::unique(patterns).begin(), patterns.end());
  const auto score = [&] {
    double costs = 0;
    for (const std::size_t column : columns) costs += cost_of(one.copy, column) + cost_of(two.copy, column);
    return likelihood_of(patterns) - costs;
  };
  const auto turn = [&] {
    for (const std::size_t column : columns) {
      const std::uint8_t symbol = one.symbols[column];
      change(one, column, two.symbols[column]);
      change(two, column, symbol);
    }
  };
  const double before = score();
  turn();
  constexpr double least_gain = 0.5;
  if (score() > before + least_gain) return true;
  turn();
  return false;
}

void FragmentLikelihood::exchange_silent() {
  const auto place = [&](std::size_t column) {
    return model_->structure().columns[column].gene.position.grch38.value_or(0);
  };
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    for (std::size_t j = i + 1; j < entries_.size(); ++j) {
      Entry& one = entries_[i];
      Entry& two = entries_[j];
      if (one.weight != two.weight) continue;
      std::vector<std::size_t> columns;
      for (std::size_t column = 0; column < by_column_.size(); ++column) {
        if (can_exchange(one, two, column)) columns.push_back(column);
      }
      for (std::size_t first = 0; first < columns.size();) {
        std::size_t end = first + 1;
        while (end < columns.size() && place(columns[end]) - place(columns[end - 1]) <= longest_gap) ++end;
        // The whole run, then it without its last columns one by one, then without its first.
        bool done = false;
        for (std::size_t last = end; last > first && !done; --last) {
          done = exchange(one, two, std::span{columns}.subspan(first, last - first));
        }
        for (std::size_t from = first + 1; from < end && !done; ++from) {
          done = exchange(one, two, std::span{columns}.subspan(from, end - from));
        }
        first = end;
      }
    }
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
      if (cost >= undocumented_cost && copies_[copy].is_known) ++fit.undocumented;
    }
  }
}

CopiesFit FragmentLikelihood::fit(std::span<const std::size_t> copies, bool thorough) {
  prepare();
  floor_ = fragment_floor;
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
  floor_ = search_floor;
  set_silent(1);
  if (thorough) {
    set_silent(most_rounds);
    exchange_silent();
    set_silent(1);
  }
  add_costs(fit);
  floor_ = fragment_floor;
  fit.log_likelihood = likelihood() - (ratio == 1 ? 0 : 1);
  return fit;
}

}  // namespace stardose::pharmaco
