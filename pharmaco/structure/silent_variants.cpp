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
constexpr double tract_cost = 0.5;             // of each column more that one conversion changed
constexpr double unlike_cost = 0.7;            // of two copies of one allele that differ silently

}  // namespace

double FragmentLikelihood::excess(std::size_t column, std::uint8_t symbol) const {
  double copies = 0;
  double have = 0;
  for (const Entry& entry : entries_) {
    if (entry.symbols[column] == no_symbol) continue;
    copies += entry.weight;
    if (entry.symbols[column] == symbol) have += entry.weight;
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

// Copies of one allele are kin, and so is all that the paralog gave: what is silent in one is likely in the other, and
// two that differ cost a little more.
double FragmentLikelihood::cost_at(std::size_t column) const {
  const auto is_changed = [&](const Entry& entry) { return entry.symbols[column] != entry.expected[column].symbol; };
  if (std::ranges::none_of(entries_, is_changed)) return 0;
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

std::vector<std::size_t> FragmentLikelihood::changes(const Entry& entry, std::span<const std::size_t> columns,
                                                     double dearest) const {
  std::vector<std::size_t> changes;
  for (const std::size_t column : columns) {
    const ExpectedSymbol& expected = entry.expected[column];
    const std::uint8_t to = other_of(entry, expected, column);
    if (to == no_symbol || expected.cost > dearest || excess(column, to) <= least_amiss) continue;
    changes.push_back(column);
  }
  return changes;
}

// What the entry's symbols at the columns would gain, all turned.
double FragmentLikelihood::gain_of(Entry& entry, std::span<const std::size_t> columns) {
  Entry::Gain& known = entry.gains[columns.front()];
  if (columns.size() == 1 && known.state == state_) return known.gain;
  const double cost_before = cost_of(columns);
  const auto turn = [&] {
    for (const std::size_t column : columns) {
      entry.symbols[column] = other_of(entry, entry.expected[column], column);
    }
  };
  double gain = columns.size() == 1 ? gain_of_one(entry, columns.front()) : gain_of_run(entry, columns);
  turn();
  gain -= cost_of(columns) - cost_before;
  turn();
  if (columns.size() == 1) known = {state_, gain};
  return gain;
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
  std::vector<std::size_t> of_best;
  double most = 0;
  for (Entry& entry : entries_) {
    if (is_repeated(entry)) continue;
    std::vector<std::size_t> here = changes(entry, columns, dearest);
    if (here.empty()) continue;
    const double gain = gain_of(entry, here);
    if (gain <= most) continue;
    best = &entry;
    of_best = std::move(here);
    most = gain;
  }
  if (best != nullptr) turn_symbols(*best, of_best);
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
