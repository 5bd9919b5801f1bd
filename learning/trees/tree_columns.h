// What trees compare: rows turned into columns in which `value < threshold` alone decides every split.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "learning/model/rows.h"
#include "learning/trees/tree_ensemble.h"

namespace stardose::learning {

/// A column for each feature and way of treating what is missing in it, and one for each feature and set of
/// categories. A missing value reads as minus infinity in a column of splits that send it left, else as infinity; a
/// category in the set reads as minus infinity, else as infinity. Column 0 is all zeros, for splits that do nothing.
class TreeColumns {
 public:
  /// Returns the column that a split compares with split_threshold(). Requires: fault_of() found nothing.
  std::uint32_t column_of(const Tree& tree, const TreeNode& split);

  [[nodiscard]] std::size_t count() const { return rules_.size() + 1; }

  /// Writes value k of column c to columns[c * stride + k], rounded to Value before anything else.
  template <class Value>
  void fill(const Rows& rows, std::span<Value> columns, std::size_t stride) const;

 private:
  struct Rule {
    std::int32_t feature = 0;
    MissingRule missing = MissingRule::nan_is_missing;
    bool missing_left = false;
    std::int32_t set = -1;  ///< of categories, a number in sets_; -1: compares with a threshold

    auto operator<=>(const Rule&) const = default;
  };

  template <class Value>
  void fill_column(const Rule& rule, const Rows& rows, Value* column) const;
  std::int32_t set_of(const Tree& tree, std::int32_t number);

  std::vector<std::vector<std::int32_t>> sets_;                ///< each once
  std::map<std::vector<std::int32_t>, std::int32_t> numbers_;  ///< in sets_
  std::map<std::pair<const Tree*, std::int32_t>, std::int32_t>
      sets_of_trees_;  ///< so that large sets are compared once
  std::vector<Rule> rules_;
  std::map<Rule, std::uint32_t> places_;
};

/// Returns t such that `value < t` is what the split asks of its column.
[[nodiscard]] double split_threshold(const TreeEnsemble& ensemble, const TreeNode& split);

}  // namespace stardose::learning
