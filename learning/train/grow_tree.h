// Growing one decision tree: split after split, the one that leaves the smallest squared errors.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learning/model/rows.h"
#include "learning/train/seeded_random.h"
#include "learning/trees/tree_ensemble.h"

namespace stardose::learning {

/// Rows by the places of their values among the distinct ones, feature by feature: made once, for all trees.
class RankedRows {
 public:
  explicit RankedRows(const Rows& rows);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t features() const { return values_.size(); }
  /// The rank of each row's value.
  [[nodiscard]] std::span<const std::uint32_t> ranks(std::size_t feature) const {
    return std::span{ranks_}.subspan(feature * rows_, rows_);
  }
  /// The distinct values, ascending.
  [[nodiscard]] std::span<const double> values(std::size_t feature) const { return values_[feature]; }

 private:
  std::size_t rows_ = 0;
  std::vector<std::uint32_t> ranks_;
  std::vector<std::vector<double>> values_;
};

struct GrowSettings {
  std::size_t depth = 0;           ///< most levels of splits
  double min_leaf = 1;             ///< least weight of a leaf
  double min_gain = 0;             ///< least gain of a split, as a decrease of the mean squared error of all
  std::size_t features_tried = 0;  ///< at each split; features that are the same in all its rows do not count
  bool random_thresholds = false;  ///< one a feature, drawn between its lowest and highest value; else the best
};

/// What is learned of each row: `outputs` numbers, whose squared errors are added up. With a number for each class, 1
/// of its own and 0 else, that is Gini's impurity; of two classes one number does.
struct TreeTargets {
  std::span<const double> values;   ///< row by row
  std::span<const double> weights;  ///< 0: the row is left out
  std::size_t outputs = 1;
};

/// Returns a tree for each output, all with the same splits (less or equal goes left); leaves are means.
/// Requires: weights are not all 0.
[[nodiscard]] std::vector<Tree> grow_tree(const RankedRows& rows, const TreeTargets& targets,
                                          const GrowSettings& settings, SeededRandom& random);

}  // namespace stardose::learning
