// Rows to columns.
#include "learning/trees/tree_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stardose::learning {

namespace {

// LightGBM's kZeroThreshold: a float.
constexpr double nearly_zero = static_cast<double>(1e-35F);

template <class Value>
bool is_member(const std::vector<std::int32_t>& categories, Value value) {
  if (!(value >= 0) || !(value < static_cast<Value>(largest_category))) return false;
  return std::ranges::binary_search(categories, static_cast<std::int32_t>(value));
}

}  // namespace

std::uint32_t TreeColumns::column_of(const Tree& tree, const TreeNode& split) {
  Rule rule{split.feature, split.missing, split.missing_left};
  if (rule.missing == MissingRule::nan_is_zero) rule.missing_left = false;
  if (split.categories >= 0) rule.set = set_of(tree, split.categories);
  const auto [place, is_new] = places_.try_emplace(rule, static_cast<std::uint32_t>(count()));
  if (is_new) rules_.push_back(rule);
  return place->second;
}

std::int32_t TreeColumns::set_of(const Tree& tree, std::int32_t number) {
  const auto [known, is_new] = sets_of_trees_.try_emplace({&tree, number}, 0);
  if (!is_new) return known->second;
  const std::vector<std::int32_t>& categories = tree.category_sets[static_cast<std::size_t>(number)];
  const auto [same, is_first] = numbers_.try_emplace(categories, static_cast<std::int32_t>(sets_.size()));
  if (is_first) sets_.push_back(categories);
  return known->second = same->second;
}

template <class Value>
void TreeColumns::fill_column(const Rule& rule, const Rows& rows, Value* column) const {
  constexpr Value infinity = std::numeric_limits<Value>::infinity();
  const Value missing = rule.missing_left ? -infinity : infinity;
  const std::size_t count = rows.count();
  const double* source = rows.values.data() + rule.feature;
  for (std::size_t k = 0; k < count; ++k, source += rows.width) {
    auto value = static_cast<Value>(*source);
    bool is_missing = std::isnan(value);
    if (rule.missing == MissingRule::nan_is_zero && is_missing) {
      value = 0;
      is_missing = false;
    } else if (rule.missing == MissingRule::zero_is_missing) {
      is_missing = is_missing || std::abs(static_cast<double>(value)) <= nearly_zero;
    }
    if (rule.set >= 0) value = is_member(sets_[static_cast<std::size_t>(rule.set)], value) ? -infinity : infinity;
    column[k] = is_missing ? missing : value;
  }
}

template <class Value>
void TreeColumns::fill(const Rows& rows, std::span<Value> columns, std::size_t stride) const {
  std::fill_n(columns.begin(), rows.count(), Value{0});
  for (std::size_t k = 0; k < rules_.size(); ++k) {
    fill_column(rules_[k], rows, columns.data() + (k + 1) * stride);
  }
}

template void TreeColumns::fill(const Rows&, std::span<float>, std::size_t) const;
template void TreeColumns::fill(const Rows&, std::span<double>, std::size_t) const;

double split_threshold(const TreeEnsemble& ensemble, const TreeNode& split) {
  if (split.categories >= 0) return 0;
  if (ensemble.comparison == Comparison::less) return split.value;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return ensemble.precision == Precision::float32
             ? static_cast<double>(std::nextafter(static_cast<float>(split.value), static_cast<float>(infinity)))
             : std::nextafter(split.value, infinity);
}

}  // namespace stardose::learning
