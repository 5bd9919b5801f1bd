// An ensemble of decision trees, as it was trained: a value without a way to run fast (see tree_scorer.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "learning/model/link.h"

namespace stardose::learning {

/// Which values of a feature a split takes for missing.
enum class MissingRule : std::uint8_t {
  nan_is_missing,
  nan_is_zero,      ///< nothing is missing
  zero_is_missing,  ///< NaN and whatever is within 1e-35 of zero
};

/// A split or a leaf. A row goes left where its value is below `value` (or equal, by Comparison), or, with categories,
/// where it is in the set: truncated to a whole number, not negative. A missing value goes where missing_left says.
struct TreeNode {
  double value = 0;              ///< of a split: the threshold; of a leaf: what it adds to the margin
  double cover = 0;              ///< weight of the training rows that came here; 0 in all nodes where it is not known
  std::int32_t left = -1;        ///< -1: a leaf
  std::int32_t right = -1;       ///< children stand behind their parent
  std::int32_t feature = -1;     ///< of a split
  std::int32_t categories = -1;  ///< place in Tree::category_sets; -1: a threshold
  MissingRule missing = MissingRule::nan_is_missing;
  bool missing_left = false;

  [[nodiscard]] bool is_leaf() const { return left < 0; }
  bool operator==(const TreeNode&) const = default;
};

/// Nodes from the root on.
struct Tree {
  std::int32_t output = 0;  ///< the margin that it adds to
  std::vector<TreeNode> nodes;
  std::vector<std::vector<std::int32_t>> category_sets;  ///< each ascending

  bool operator==(const Tree&) const = default;
};

enum class Comparison : std::uint8_t { less, less_or_equal };

/// Margin k of a row is base[k] plus the leaves of the trees of output k, added in the order of the trees, in
/// `precision`; values of rows and thresholds are compared in it too.
struct TreeEnsemble {
  Precision precision = Precision::float64;
  Comparison comparison = Comparison::less_or_equal;
  bool average = false;  ///< the sum is divided by the number of trees of its output
  std::vector<double> base;
  std::vector<Tree> trees;

  bool operator==(const TreeEnsemble&) const = default;
};

/// Bounds on what is read. XGBoost's and LightGBM's trees have tens of levels; what explains them holds each leaf's
/// way.
inline constexpr int deepest_tree = 256;
inline constexpr std::int32_t largest_category = 1 << 24;

/// Returns what is wrong with the ensemble for so many features, and where (`tree 3, node 7: ...`); nothing where all
/// of the above holds: children exist, stand behind their parent and have no other, features and outputs exist, numbers
/// are finite and, with float32, are floats, there are trees and none is deeper than deepest_tree.
[[nodiscard]] std::optional<std::string> fault_of(const TreeEnsemble& ensemble, std::size_t features);

/// True where every split says how many rows went each way, so that contributions can be worked out.
[[nodiscard]] bool has_cover(const TreeEnsemble& ensemble);

/// Returns the largest number of splits above a leaf.
[[nodiscard]] int depth_of(const Tree& tree);

}  // namespace stardose::learning
