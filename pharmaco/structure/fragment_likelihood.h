// How well a set of copies explains every fragment.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "pharmaco/structure/copy_model.h"
#include "pharmaco/structure/fragment_patterns.h"

namespace stardose::pharmaco {

/// Copies that are alike: number of the copy, and how many.
using CopyCount = std::pair<std::size_t, int>;

struct CopiesFit {
  double log_likelihood = 0;  ///< up to a constant
  double silent = 0;          ///< cost of the silent variants that the copies were given, nats
  int undocumented = 0;       ///< variants at sites of the gene that no definition of the copy's allele has
};

/// P(fragment) = sum over copies of share x product over its symbols of P(symbol | copy), so that one formula pools the
/// loci, counts copies, counts variants and uses phase. What is silent in a copy is set to what fits best, at its cost.
class FragmentLikelihood {
 public:
  FragmentLikelihood(const CopyModel& model, const FragmentPatterns& patterns, bool uneven);

  /// Returns the number of such a copy. Add all before the first call of fit().
  std::size_t add(std::size_t kind, std::optional<std::size_t> content);
  [[nodiscard]] CopiesFit fit(std::span<const CopyCount> copies);

 private:
  struct Copy {
    std::size_t kind = 0;
    std::vector<ExpectedSymbol> expected;
    std::vector<float> fits;  ///< by pattern: P(pattern | copy)
    /// By pattern: share of its columns that the paralog gave; only where reads were captured unevenly.
    std::vector<float> of_paralog;
  };
  /// A pattern at a column.
  struct Shown {
    std::uint32_t pattern = 0;
    std::uint32_t seen = 0;  ///< number in FragmentPatterns::seen
  };
  struct Entry {
    std::size_t copy = 0;
    double weight = 1;                  ///< copies
    double ratio = 1;                   ///< how often the paralog's sequence is read, of the gene's
    std::vector<float> weights;         ///< by pattern; empty: `weight` for all
    std::vector<std::uint8_t> symbols;  ///< by column, as they are set now
    std::vector<float> fits;
  };
  [[nodiscard]] float fit_of(const Pattern& pattern, std::span<const ExpectedSymbol> expected) const;
  void prepare();
  void set_silent();
  void add_costs(CopiesFit& fit) const;
  /// Changes the copy that gains most by having its other symbol at the column; false: none gains more than it costs.
  bool change_best(std::size_t column);
  /// Log likelihood gained if the entry had `to`.
  [[nodiscard]] double gain_of(const Entry& entry, std::size_t column, std::uint8_t to) const;
  void change(Entry& entry, std::size_t column, std::uint8_t to);
  [[nodiscard]] static std::uint8_t other_of(const Entry& entry, const ExpectedSymbol& expected, std::size_t column);
  /// What the symbols cost that the entries of a copy have at a column.
  [[nodiscard]] double cost_of(std::size_t copy, std::size_t column) const;
  void sum_up();
  void set_entries(std::span<const CopyCount> copies, double ratio);
  [[nodiscard]] double weight_at(const Entry& entry, std::size_t column) const;
  [[nodiscard]] static double weight_of(const Entry& entry, std::size_t pattern) {
    return entry.weights.empty() ? entry.weight : entry.weights[pattern];
  }
  [[nodiscard]] double log_of(std::size_t pattern, double sum) const;
  [[nodiscard]] bool is_amiss(std::size_t column) const;
  [[nodiscard]] double likelihood();

  const CopyModel* model_;
  const FragmentPatterns* patterns_;
  bool uneven_;
  std::vector<Copy> copies_;
  std::map<std::pair<std::size_t, std::optional<std::size_t>>, std::size_t> numbers_;
  std::vector<double> best_;                   ///< by pattern: of any copy
  std::vector<bool> unshared_;                 ///< by pattern: has a column that the paralog lacks
  std::vector<std::vector<Shown>> by_column_;  ///< patterns that show it
  std::vector<Entry> entries_;                 ///< of the copies at hand
  std::vector<double> sums_;                   ///< by pattern, over entries
  std::vector<double> shares_;                 ///< by pattern: the weights that its sum is out of
};

}  // namespace stardose::pharmaco
