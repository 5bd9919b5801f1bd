// The squared errors that a split saves are the gain in sum^2 / weight, output by output.
#include "learning/train/grow_tree.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace stardose::learning {

namespace {

// Of a gain beside the sum of squares: less is rounding.
constexpr double least_gain = 1e-12;

/// The rows of a node that have one value of a feature, taken together.
struct Group {
  std::uint32_t rank = 0;
  double weight = 0;
};

struct Split {
  double gain = 0;
  std::int32_t feature = -1;
  double threshold = 0;
  std::uint32_t last_left = 0;  ///< the highest rank that goes left
};

struct Node {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t depth = 0;
  std::size_t place = 0;  ///< among the tree's nodes
};

class Grower {
 public:
  Grower(const RankedRows& rows, const TreeTargets& targets, const GrowSettings& settings, SeededRandom& random)
      : ranked_{rows},
        targets_{targets},
        settings_{settings},
        random_{random},
        features_(rows.features()),
        total_(targets.outputs),
        left_(targets.outputs),
        trees_(targets.outputs) {
    std::iota(features_.begin(), features_.end(), 0);
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      if (targets.weights[row] > 0) rows_.push_back(static_cast<std::uint32_t>(row));
    }
    std::size_t most_values = 0;
    for (const std::size_t feature : features_) most_values = std::max(most_values, rows.values(feature).size());
    counted_.assign(most_values * (1 + targets.outputs), 0.0);
  }

  std::vector<Tree> grow() {
    for (std::size_t k = 0; k < trees_.size(); ++k) trees_[k].output = static_cast<std::int32_t>(k);
    std::vector<Node> open = {{0, rows_.size(), 0, add_node()}};
    while (!open.empty()) {
      const Node node = open.back();
      open.pop_back();
      const Split split = settle(node);
      if (split.feature < 0) continue;
      const auto ranks = ranked_.ranks(static_cast<std::size_t>(split.feature));
      // Stable: sums are taken in the order of the rows.
      const auto middle = std::stable_partition(rows_.begin() + static_cast<std::ptrdiff_t>(node.first),
                                                rows_.begin() + static_cast<std::ptrdiff_t>(node.last),
                                                [&](std::uint32_t row) { return ranks[row] <= split.last_left; }) -
                          rows_.begin();
      const std::size_t left = add_node();
      const std::size_t right = add_node();
      for (Tree& tree : trees_) {
        TreeNode& parent = tree.nodes[node.place];
        parent.value = split.threshold;
        parent.feature = split.feature;
        parent.left = static_cast<std::int32_t>(left);
        parent.right = static_cast<std::int32_t>(right);
      }
      open.push_back({static_cast<std::size_t>(middle), node.last, node.depth + 1, right});
      open.push_back({node.first, static_cast<std::size_t>(middle), node.depth + 1, left});
    }
    return std::move(trees_);
  }

 private:
  std::size_t add_node() {
    for (Tree& tree : trees_) tree.nodes.emplace_back();
    return trees_.front().nodes.size() - 1;
  }

  /// Makes it a leaf, and returns how it is to be split; feature -1 where it stays one.
  Split settle(const Node& node) {
    std::ranges::fill(total_, 0.0);
    weight_ = 0;
    double squares = 0;
    for (std::size_t at = node.first; at < node.last; ++at) {
      const std::size_t row = rows_[at];
      const double weight = targets_.weights[row];
      weight_ += weight;
      for (std::size_t k = 0; k < total_.size(); ++k) {
        const double target = targets_.values[row * total_.size() + k];
        total_[k] += weight * target;
        squares += weight * target * target;
      }
    }
    if (node.place == 0) all_weight_ = weight_;
    for (std::size_t k = 0; k < total_.size(); ++k) {
      trees_[k].nodes[node.place].value = total_[k] / weight_;
      trees_[k].nodes[node.place].cover = weight_;
    }
    if (node.depth >= settings_.depth || weight_ < 2 * settings_.min_leaf) return {};
    Split best{.gain = std::max(least_gain * squares, settings_.min_gain * all_weight_)};
    std::size_t tried = 0;
    for (std::size_t k = 0; k < features_.size() && tried < settings_.features_tried; ++k) {
      if (settings_.features_tried < features_.size()) {
        std::swap(features_[k], features_[k + random_.below(features_.size() - k)]);
      }
      gather(node, features_[k]);
      if (groups_.size() < 2) continue;
      ++tried;
      settings_.random_thresholds ? try_drawn(features_[k], best) : try_all(features_[k], best);
    }
    return best;
  }

  /// Fills groups_ and sums_ with the node's rows by their value of a feature, ascending.
  void gather(const Node& node, std::size_t feature) {
    groups_.clear();
    sums_.clear();
    const auto ranks = ranked_.ranks(feature);
    const std::size_t values = ranked_.values(feature).size();
    const std::size_t rows = node.last - node.first;
    // Sorting costs rows x their logarithm, counting as many as there are values.
    if (values > 4 * rows * static_cast<std::size_t>(std::bit_width(rows))) {
      sorted_.clear();
      for (std::size_t at = node.first; at < node.last; ++at) sorted_.emplace_back(ranks[rows_[at]], rows_[at]);
      std::ranges::sort(sorted_);
      for (const auto& [rank, row] : sorted_) add_to_last_group(rank, row);
      return;
    }
    const std::size_t width = 1 + total_.size();
    for (std::size_t at = node.first; at < node.last; ++at) {
      const std::size_t row = rows_[at];
      double* counted = counted_.data() + ranks[row] * width;
      const double weight = targets_.weights[row];
      counted[0] += weight;
      for (std::size_t k = 1; k < width; ++k) counted[k] += weight * targets_.values[row * total_.size() + k - 1];
    }
    for (std::size_t rank = 0; rank < values; ++rank) {
      double* counted = counted_.data() + rank * width;
      if (counted[0] == 0) continue;
      groups_.push_back({static_cast<std::uint32_t>(rank), counted[0]});
      sums_.insert(sums_.end(), counted + 1, counted + width);
      std::fill_n(counted, width, 0.0);
    }
  }

  void add_to_last_group(std::uint32_t rank, std::size_t row) {
    const std::size_t outputs = total_.size();
    if (groups_.empty() || groups_.back().rank != rank) {
      groups_.push_back({rank, 0});
      sums_.resize(sums_.size() + outputs, 0.0);
    }
    const double weight = targets_.weights[row];
    groups_.back().weight += weight;
    double* sums = sums_.data() + sums_.size() - outputs;
    for (std::size_t k = 0; k < outputs; ++k) sums[k] += weight * targets_.values[row * outputs + k];
  }

  /// Adds group `at` to the left; returns what is gained by a split behind it, 0 where a side is too light.
  double gain_behind(std::size_t at, double& left_weight) {
    left_weight += groups_[at].weight;
    const double right_weight = weight_ - left_weight;
    const bool light = left_weight < settings_.min_leaf || right_weight < settings_.min_leaf || right_weight <= 0;
    double gain = 0;
    for (std::size_t k = 0; k < total_.size(); ++k) {
      left_[k] += sums_[at * total_.size() + k];
      const double right = total_[k] - left_[k];
      if (light) continue;
      gain += left_[k] * left_[k] / left_weight + right * right / right_weight - total_[k] * total_[k] / weight_;
    }
    return gain;
  }

  void try_all(std::size_t feature, Split& best) {
    std::ranges::fill(left_, 0.0);
    double left_weight = 0;
    const auto values = ranked_.values(feature);
    for (std::size_t at = 0; at + 1 < groups_.size(); ++at) {
      const double gain = gain_behind(at, left_weight);
      if (gain <= best.gain) continue;
      const double below = values[groups_[at].rank];
      const double above = values[groups_[at + 1].rank];
      const double middle = below / 2 + above / 2;
      best = {gain, static_cast<std::int32_t>(feature), middle >= below && middle < above ? middle : below,
              groups_[at].rank};
    }
  }

  void try_drawn(std::size_t feature, Split& best) {
    const auto values = ranked_.values(feature);
    const double share = random_.share();
    const double lowest = values[groups_.front().rank];
    const double highest = values[groups_.back().rank];
    const double threshold = std::clamp((1 - share) * lowest + share * highest, lowest, highest);
    if (threshold >= highest) return;
    std::ranges::fill(left_, 0.0);
    double left_weight = 0;
    std::size_t at = 0;
    double gain = gain_behind(at, left_weight);
    while (values[groups_[at + 1].rank] <= threshold) gain = gain_behind(++at, left_weight);
    if (gain > best.gain) best = {gain, static_cast<std::int32_t>(feature), threshold, groups_[at].rank};
  }

  const RankedRows& ranked_;
  const TreeTargets& targets_;
  const GrowSettings& settings_;
  SeededRandom& random_;
  std::vector<std::uint32_t> rows_;  // of a node they stand together
  std::vector<std::size_t> features_;
  std::vector<double> total_;  // of the node: weight times target
  double weight_ = 0;
  double all_weight_ = 0;
  std::vector<Group> groups_;
  std::vector<double> sums_;  // by group and output
  std::vector<double> left_;
  std::vector<double> counted_;  // 0 between features
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted_;
  std::vector<Tree> trees_;
};

}  // namespace

RankedRows::RankedRows(const Rows& rows) : rows_{rows.count()}, ranks_(rows.values.size()), values_(rows.width) {
  for (std::size_t feature = 0; feature < rows.width; ++feature) {
    std::vector<double>& values = values_[feature];
    for (std::size_t row = 0; row < rows_; ++row) values.push_back(rows.row(row)[feature]);
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());  // clang 14 knows no ranges::unique
    for (std::size_t row = 0; row < rows_; ++row) {
      const auto found = std::ranges::lower_bound(values, rows.row(row)[feature]);
      ranks_[feature * rows_ + row] = static_cast<std::uint32_t>(found - values.begin());
    }
  }
}

std::vector<Tree> grow_tree(const RankedRows& rows, const TreeTargets& targets, const GrowSettings& settings,
                            SeededRandom& random) {
  return Grower{rows, targets, settings, random}.grow();
}

}  // namespace stardose::learning
