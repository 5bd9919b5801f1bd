// How well a set of copies explains every fragment.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "pharmaco/structure/copy_model.h"
#include "pharmaco/structure/fragment_patterns.h"

namespace stardose::pharmaco {

struct CopiesFit {
  double log_likelihood = 0;  ///< up to a constant
  double silent = 0;          ///< cost of the silent variants that the copies were given, nats
  /// Captured reads: how many times more one ordinary copy of the gene is read than another.
  double imbalance = 1;
  int undocumented = 0;  ///< variants at sites of the gene that no definition of the copy's allele has
};

/// P(fragment) = sum over copies of share x product over its symbols of P(symbol | copy), so that one formula pools the
/// loci, counts copies, counts variants and uses phase. What is silent in a copy is set to what fits best, at its cost.
class FragmentLikelihood {
 public:
  FragmentLikelihood(const CopyModel& model, const FragmentPatterns& patterns, bool uneven);

  /// Returns the number of such a copy. Add all before the first call of fit().
  std::size_t add(std::size_t kind, std::optional<std::size_t> content);
  /// `thorough`: exchanges silent variants between copies, too, so that those end up together that fragments show
  /// together. `copies`: numbers from add(), in order; one for each copy there is.
  [[nodiscard]] CopiesFit fit(std::span<const std::size_t> copies, bool thorough);

 private:
  struct Copy {
    std::size_t kind = 0;
    bool is_known = false;  ///< has an allele whose definition says what it has at the gene's sites
    std::vector<ExpectedSymbol> expected;
    std::vector<float> log_fits;  ///< by pattern: log P(pattern | copy)
  };
  /// A pattern that shows a symbol at a column.
  struct Shown {
    std::uint32_t pattern = 0;
    float odds = 1;  ///< right to wrong
  };
  struct Entry {
    std::size_t copy = 0;
    std::span<const ExpectedSymbol> expected;  ///< the copy's
    double weight = 1;                         ///< how often it is read; 1 but where reads were captured unevenly
    std::vector<std::uint8_t> symbols;         ///< by column, as they are set now
    std::vector<double> fits;                  ///< by pattern: P(pattern | copy) over that of the best copy
    std::vector<double> counts;                ///< by pattern: 1, or 0 where the copy lacks what it shows
    /// What the other symbol would gain, as known from a state of all entries.
    struct Gain {
      std::uint32_t state = 0;
      double gain = 0;
    };
    std::vector<Gain> gains;  ///< by column
  };
  [[nodiscard]] float log_fit(const Pattern& pattern, std::span<const ExpectedSymbol> expected) const;
  [[nodiscard]] std::span<const Shown> shown(std::size_t column, std::uint8_t symbol) const;
  void prepare();
  void find_neighbours();
  void sort_patterns();
  void set_silent(int rounds);
  void exchange_silent();
  void take_back();
  void turn_symbols(Entry& entry, std::span<const std::size_t> columns);
  /// `turn` changes the columns and, called again, changes them back: done where it does not gain.
  bool turn_if_better(std::span<const std::size_t> columns, const std::function<void()>& turn);
  bool exchange(Entry& one, Entry& two, std::span<const std::size_t> columns);
  [[nodiscard]] bool can_exchange(const Entry& one, const Entry& two, std::size_t column) const;
  bool set_silent(double dearest);
  void add_costs(CopiesFit& fit) const;
  [[nodiscard]] double imbalance() const;
  /// Changes the copy that gains most by having its other symbols at the columns, all together; false: none gains more
  /// than it costs. Variants beside each other come together, and fragments that show them all speak for all or none.
  bool change_best(std::span<const std::size_t> columns, double dearest);
  /// Columns where fragments show more of the entry's other symbol than the copies have.
  void find_changes(const Entry& entry, std::span<const std::size_t> columns, double dearest,
                    std::vector<std::size_t>& into);
  /// Of the entry's other symbols at the columns, all together, less what they cost; nothing is changed. 0 where it is
  /// plain that nothing is gained.
  [[nodiscard]] double gain_of(Entry& entry, std::span<const std::size_t> columns);
  /// By a bound that needs no logarithms, nor a division but one for each pattern after a change.
  [[nodiscard]] bool cannot_gain(const Entry& entry, std::size_t column);
  [[nodiscard]] double most_refund(std::size_t column) const;
  /// The likelihood's part of it, of one column.
  [[nodiscard]] double gain_of_one(const Entry& entry, std::size_t column) const;
  /// Puts into run_ and changed_ what all columns together change.
  void try_run(const Entry& entry, std::span<const std::size_t> columns);
  [[nodiscard]] bool run_cannot_gain(const Entry& entry, std::span<const std::size_t> columns);
  [[nodiscard]] double gain_of_run(const Entry& entry) const;
  /// An entry before it is the same copy with the same symbols: what is tried on one need not be on the other.
  [[nodiscard]] bool is_repeated(const Entry& entry) const;
  /// By symbol: how many copies more show it at the column than have it.
  [[nodiscard]] std::span<const double> excess(std::size_t column);
  /// Those that show one of the columns.
  [[nodiscard]] std::vector<std::uint32_t> patterns_at(std::span<const std::size_t> columns);
  [[nodiscard]] double likelihood_of(std::span<const std::uint32_t> patterns) const;
  void change(Entry& entry, std::size_t column, std::uint8_t to);
  void set_symbol(Entry& entry, std::size_t column, std::uint8_t to);
  [[nodiscard]] static std::uint8_t other_of(const Entry& entry, const ExpectedSymbol& expected, std::size_t column);
  /// What the symbols cost that all entries have at a column.
  [[nodiscard]] double cost_at(std::size_t column) const;
  /// Of all columns that change with these: they and those that lie behind them.
  [[nodiscard]] double cost_of(std::span<const std::size_t> columns) const;
  /// The entry has the other gene's sequence at the column before, too: one conversion made both.
  [[nodiscard]] bool continues(const Entry& entry, std::size_t column) const;
  void sum_up();
  void set_entries(std::span<const std::size_t> copies);
  /// Takes the weights that fit best: a capture takes more of one copy's sequence than of another's.
  void reweigh();
  [[nodiscard]] double mean_fit(std::size_t pattern) const;
  [[nodiscard]] double inverse_mean(std::size_t pattern);
  [[nodiscard]] bool is_amiss(std::size_t column);
  [[nodiscard]] std::vector<std::size_t> amiss_columns();
  [[nodiscard]] double likelihood() const;

  const CopyModel* model_;
  const FragmentPatterns* patterns_;
  bool uneven_;
  double floor_ = 0;  ///< least likelihood of a fragment, of that under its best copy
  std::vector<Copy> copies_;
  std::map<std::pair<std::size_t, std::optional<std::size_t>>, std::size_t> numbers_;
  std::vector<double> totals_;         ///< fragments by column
  std::vector<float> best_;            ///< by pattern: of any copy
  std::vector<std::uint32_t> stamps_;  ///< by pattern: when patterns_at() met it last
  std::uint32_t stamp_ = 0;
  std::uint32_t state_ = 0;          ///< another after each change
  std::vector<std::size_t> before_;  ///< by column: that before it where gene and paralog differ; itself: none is near
  std::vector<std::size_t> behind_;  ///< by column: that behind it, likewise
  std::vector<bool> unshared_;       ///< by pattern: has a column that the paralog lacks
  std::vector<std::vector<Shown>> by_column_;  ///< patterns that show it, by symbol
  /// By column and symbol: where its patterns begin there; and the end.
  std::vector<std::vector<std::uint32_t>> begins_;
  std::vector<Entry> entries_;               ///< of the copies at hand
  std::vector<double> sums_;                 ///< by pattern, over entries
  std::vector<double> shares_;               ///< by pattern: the weights that its sum is out of
  std::vector<double> per_share_;            ///< one by them
  std::vector<double> inverse_means_;        ///< by pattern: 1 / mean_fit(); 0: not reckoned since it changed
  std::vector<double> changed_;              ///< by pattern: fits, while a change of several columns is tried
  std::vector<std::uint32_t> run_;           ///< the patterns that it concerns
  std::vector<std::size_t> here_;            ///< columns of a change that is tried
  std::vector<std::size_t> of_best_;         ///< and of the best so far
  std::vector<std::vector<double>> excess_;  ///< by column and symbol; empty: not reckoned since it changed
  std::vector<double> dearest_;              ///< by column: the largest cost of an entry
  std::vector<int> silent_;                  ///< by column: entries that do not have what is expected
  std::vector<double> fragments_;            ///< by pattern: how many
  std::vector<double> terms_;                ///< by pattern, of a sum
};

}  // namespace stardose::pharmaco
