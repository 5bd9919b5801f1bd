// Random ensembles and rows, and what the definition of an ensemble says of them, one node at a time.
#pragma once

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "learning/model/rows.h"
#include "learning/trees/tree_ensemble.h"

namespace stardose::test {

struct RandomTrees {
  std::size_t features = 5;
  int trees = 7;
  int depth = 4;
  int outputs = 1;
  bool categories = true;
  double leaf_chance = 0.2;  ///< that a node above the depth is a leaf
};

class TreeMaker {
 public:
  TreeMaker(unsigned seed, RandomTrees wanted, learning::Precision precision)
      : random_{seed}, wanted_{wanted}, precision_{precision} {}

  learning::TreeEnsemble ensemble() {
    learning::TreeEnsemble made;
    made.precision = precision_;
    made.comparison = below(2) == 0 ? learning::Comparison::less : learning::Comparison::less_or_equal;
    for (int k = 0; k < wanted_.outputs; ++k) made.base.push_back(number());
    for (int k = 0; k < wanted_.trees; ++k) {
      learning::Tree tree{k % wanted_.outputs, {}, {}};
      add_node(tree, 0, 100);
      made.trees.push_back(std::move(tree));
    }
    return made;
  }

  /// Values that often equal thresholds, zeros, categories in and out of sets, infinities and NaN.
  std::vector<double> rows(std::size_t count) {
    std::vector<double> values;
    for (std::size_t k = 0; k < count * wanted_.features; ++k) {
      switch (below(12)) {
        case 0: values.push_back(std::nan("")); break;
        case 1: values.push_back(0); break;
        case 2: values.push_back(-0.0); break;
        case 3: values.push_back(std::numeric_limits<double>::infinity()); break;
        case 4: values.push_back(-std::numeric_limits<double>::infinity()); break;
        case 5: values.push_back(1e-36); break;
        case 6: values.push_back(40 + number()); break;
        default: values.push_back(number());
      }
    }
    return values;
  }

  int below(int n) { return std::uniform_int_distribution<int>{0, n - 1}(random_); }
  /// One of few numbers, so that equality is tried.
  double number() { return static_cast<double>(static_cast<float>(below(33) - 16) / 7.0F); }

 private:
  std::int32_t add_node(learning::Tree& tree, int level, double cover) {
    const std::size_t place = tree.nodes.size();
    tree.nodes.push_back({.value = number(), .cover = cover});
    const bool is_leaf = level == wanted_.depth || std::uniform_real_distribution<>{}(random_) < wanted_.leaf_chance;
    if (is_leaf) return static_cast<std::int32_t>(place);
    learning::TreeNode split{.value = number(), .cover = cover};
    split.feature = below(static_cast<int>(wanted_.features));
    split.missing = static_cast<learning::MissingRule>(below(3));
    split.missing_left = below(2) == 0;
    if (wanted_.categories && below(4) == 0) {
      split.categories = static_cast<std::int32_t>(tree.category_sets.size());
      split.missing = learning::MissingRule::nan_is_missing;
      tree.category_sets.emplace_back();
      for (std::int32_t category = 0; category < 40; ++category) {
        if (below(3) == 0) tree.category_sets.back().push_back(category);
      }
    }
    const double left_cover = cover * (1 + below(9)) / 10;
    split.left = add_node(tree, level + 1, left_cover);
    split.right = add_node(tree, level + 1, cover - left_cover);
    tree.nodes[place] = split;
    return static_cast<std::int32_t>(place);
  }

  std::mt19937 random_;
  RandomTrees wanted_;
  learning::Precision precision_;
};

/// Which way a value goes, word for word as tree_ensemble.h has it.
inline bool goes_left(const learning::TreeEnsemble& ensemble, const learning::Tree& tree,
                      const learning::TreeNode& split, double value) {
  const bool is_float = ensemble.precision == learning::Precision::float32;
  if (is_float) value = static_cast<double>(static_cast<float>(value));
  if (split.missing == learning::MissingRule::nan_is_zero && std::isnan(value)) value = 0;
  if (split.missing == learning::MissingRule::zero_is_missing && std::abs(value) <= static_cast<double>(1e-35F)) {
    return split.missing_left;
  }
  if (std::isnan(value)) return split.missing_left;
  if (split.categories >= 0) {
    if (value < 0 || value >= learning::largest_category) return false;
    for (const std::int32_t category : tree.category_sets[static_cast<std::size_t>(split.categories)]) {
      if (static_cast<std::int32_t>(value) == category) return true;
    }
    return false;
  }
  return ensemble.comparison == learning::Comparison::less ? value < split.value : value <= split.value;
}

inline const learning::TreeNode& leaf_of(const learning::TreeEnsemble& ensemble, const learning::Tree& tree,
                                         std::span<const double> row) {
  const learning::TreeNode* node = tree.nodes.data();
  while (!node->is_leaf()) {
    const bool left = goes_left(ensemble, tree, *node, row[static_cast<std::size_t>(node->feature)]);
    node = tree.nodes.data() + (left ? node->left : node->right);
  }
  return *node;
}

/// A row's margins, one tree after the other, in the ensemble's precision.
inline std::vector<double> naive_margins(const learning::TreeEnsemble& ensemble, std::span<const double> row) {
  std::vector<double> sums = ensemble.base;
  std::vector<double> trees(sums.size());
  for (const learning::Tree& tree : ensemble.trees) {
    const auto output = static_cast<std::size_t>(tree.output);
    const double leaf = leaf_of(ensemble, tree, row).value;
    sums[output] = ensemble.precision == learning::Precision::float32
                       ? static_cast<double>(static_cast<float>(sums[output]) + static_cast<float>(leaf))
                       : sums[output] + leaf;
    ++trees[output];
  }
  for (std::size_t k = 0; ensemble.average && k < sums.size(); ++k) {
    sums[k] = ensemble.precision == learning::Precision::float32
                  ? static_cast<double>(static_cast<float>(sums[k]) / static_cast<float>(trees[k]))
                  : sums[k] / trees[k];
  }
  return sums;
}

}  // namespace stardose::test
