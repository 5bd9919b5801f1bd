// Which silent variants the copies of a set have, so that the fragments are explained best.
#include <algorithm>

#include "pharmaco/structure/fragment_likelihood.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t most_turns = 3;  // copies that change at one place
// Copies that must be amiss at a column before a silent variant there is tried.
constexpr double least_amiss = 0.3;
constexpr std::int64_t longest_gap = 300;      // between variants that one fragment shows
constexpr std::size_t longest_taken_back = 6;  // columns in a row
constexpr double least_gain = 0.5;             // nats, of what is turned and turned back

}  // namespace

std::span<const double> FragmentLikelihood::excess(std::size_t column) {
  std::vector<double>& result = excess_[column];
  if (!result.empty()) return result;
  const auto& counts = patterns_->counts[column];
  double copies = 0;
  result.assign(counts.size(), 0);  // copies that have it
  for (const Entry& entry : entries_) {
    const std::uint8_t symbol = entry.symbols[column];
    if (symbol == no_symbol) continue;
    copies += entry.weight;
    result[symbol] += entry.weight;
  }
  const double total = totals_[column];
  for (std::size_t symbol = 0; symbol < counts.size(); ++symbol) {
    result[symbol] = total > 0 ? counts[symbol] / total * copies - result[symbol] : 0;
  }
  return result;
}

// A column is worth a look where the fragments show a symbol in more copies than have it.
bool FragmentLikelihood::is_amiss(std::size_t column) {
  return std::ranges::any_of(excess(column), [](double copies) { return copies > least_amiss; });
}

std::vector<std::size_t> FragmentLikelihood::amiss_columns() {
  std::vector<std::size_t> columns;
  for (std::size_t column = 0; column < by_column_.size(); ++column) {
    if (is_amiss(column)) columns.push_back(column);
  }
  return columns;
}

void FragmentLikelihood::find_changes(const Entry& entry, std::span<const std::size_t> columns, double dearest,
                                      std::vector<std::size_t>& into) {
  into.clear();
  for (const std::size_t column : columns) {
    const ExpectedSymbol& expected = entry.expected[column];
    const std::uint8_t to = other_of(entry, expected, column);
    if (to == no_symbol || expected.cost > dearest || excess(column)[to] <= least_amiss) continue;
    into.push_back(column);
  }
}

bool FragmentLikelihood::is_repeated(const Entry& entry) const {
  for (const Entry& other : entries_) {
    if (&other == &entry) return false;
    if (other.copy == entry.copy && other.symbols == entry.symbols) return true;
  }
  return false;
}

bool FragmentLikelihood::change_best(std::span<const std::size_t> columns, double dearest) {
  Entry* best = nullptr;
  double most = 0;
  for (Entry& entry : entries_) {
    find_changes(entry, columns, dearest, here_);
    if (here_.empty() || is_repeated(entry)) continue;
    const double gain = gain_of(entry, here_);
    if (gain <= most) continue;
    best = &entry;
    of_best_.swap(here_);
    most = gain;
  }
  if (best != nullptr) turn_symbols(*best, of_best_);
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
  const ExpectedSymbol& of_one = one.expected[column];
  const ExpectedSymbol& of_two = two.expected[column];
  return one.symbols[column] != two.symbols[column] && of_one.symbol == of_two.symbol && of_one.other == of_two.other;
}

bool FragmentLikelihood::turn_if_better(std::span<const std::size_t> columns, const std::function<void()>& turn) {
  const std::vector<std::uint32_t> patterns = patterns_at(columns);
  const auto score = [&] { return likelihood_of(patterns) - cost_of(columns); };
  const double before = score();
  turn();
  if (score() > before + least_gain) return true;
  turn();
  return false;
}

bool FragmentLikelihood::exchange(Entry& one, Entry& two, std::span<const std::size_t> columns) {
  return turn_if_better(columns, [&] {
    for (const std::size_t column : columns) {
      const std::uint8_t symbol = one.symbols[column];
      change(one, column, two.symbols[column]);
      change(two, column, symbol);
    }
  });
}

void FragmentLikelihood::exchange_silent() {
  const auto place = [&](std::size_t column) {
    return model_->structure().columns[column].gene.position.grch38.value_or(0);
  };
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    for (std::size_t j = i + 1; j < entries_.size(); ++j) {
      Entry& one = entries_[i];
      Entry& two = entries_[j];
      if (one.weight != two.weight && !uneven_) continue;
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

// Runs of columns were changed together where that gained; some of them need not have been.
void FragmentLikelihood::take_back() {
  for (Entry& entry : entries_) {
    std::vector<std::size_t> changed;
    for (std::size_t column = 0; column < by_column_.size(); ++column) {
      if (entry.symbols[column] != entry.expected[column].symbol) changed.push_back(column);
    }
    for (std::size_t first = 0; first < changed.size(); ++first) {
      const std::size_t most = std::min(changed.size(), first + longest_taken_back);
      for (std::size_t end = most; end > first; --end) {
        const auto columns = std::span{changed}.subspan(first, end - first);
        if (!turn_if_better(columns, [&] { turn_symbols(entry, columns); })) continue;
        first = end - 1;
        break;
      }
    }
  }
}

void FragmentLikelihood::turn_symbols(Entry& entry, std::span<const std::size_t> columns) {
  for (const std::size_t column : columns) {
    change(entry, column, other_of(entry, entry.expected[column], column));
  }
}

void FragmentLikelihood::add_costs(CopiesFit& fit) const {
  for (std::size_t column = 0; column < by_column_.size(); ++column) {
    fit.silent += cost_at(column);
    for (std::size_t number = 0; number < entries_.size(); ++number) {
      const Entry& entry = entries_[number];
      const ExpectedSymbol& expected = entry.expected[column];
      if (entry.symbols[column] == expected.symbol || !copies_[entry.copy].is_known) continue;
      const auto same = [&](const Entry& other) {
        return other.copy == entry.copy && other.symbols[column] == entry.symbols[column];
      };
      const auto first = std::ranges::find_if(entries_, same);
      if (&*first == &entry && expected.cost >= undocumented_cost) ++fit.undocumented;
    }
  }
}

}  // namespace stardose::pharmaco
