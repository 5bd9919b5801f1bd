// Checking an ensemble.
#include "learning/trees/tree_ensemble.h"

#include <algorithm>
#include <cmath>

namespace stardose::learning {

namespace {

bool is_plain(double value, Precision precision) {
  if (!std::isfinite(value)) return false;
  return precision == Precision::float64 || static_cast<double>(static_cast<float>(value)) == value;
}

std::string split_fault(const Tree& tree, const TreeNode& node, std::size_t features) {
  if (node.feature < 0 || static_cast<std::size_t>(node.feature) >= features) {
    return "splits on feature " + std::to_string(node.feature) + " of " + std::to_string(features);
  }
  if (node.categories < -1 || node.categories >= static_cast<std::int32_t>(tree.category_sets.size())) {
    return "has categories that are not listed";
  }
  return {};
}

// Children behind their parent and each node but the root the child of one: that is a tree without cycles.
std::string shape_fault(const Tree& tree, std::size_t at, std::vector<int>& depths) {
  const TreeNode& node = tree.nodes[at];
  for (const std::int32_t child : {node.left, node.right}) {
    if (child <= static_cast<std::int32_t>(at) || static_cast<std::size_t>(child) >= tree.nodes.size()) {
      return "has the child " + std::to_string(child) + ", which is no node behind it";
    }
    int& depth = depths[static_cast<std::size_t>(child)];
    if (depth >= 0) return "has the child " + std::to_string(child) + ", which is another's too";
    depth = depths[at] + 1;
    if (depth > deepest_tree) return "is deeper than " + std::to_string(deepest_tree) + " levels";
  }
  return {};
}

std::string node_fault(const Tree& tree, std::size_t at, std::size_t features, Precision precision) {
  const TreeNode& node = tree.nodes[at];
  if (node.is_leaf() != (node.right < 0)) return "has one child";
  if (!is_plain(node.value, precision)) return "has a value that is not a finite number";
  if (!(node.cover >= 0) || !std::isfinite(node.cover)) return "has a cover that is not a number from 0 on";
  return node.is_leaf() ? std::string{} : split_fault(tree, node, features);
}

std::string tree_fault(const Tree& tree, std::size_t features, Precision precision) {
  if (tree.nodes.empty()) return "no nodes";
  for (const auto& set : tree.category_sets) {
    if (!std::ranges::is_sorted(set, std::ranges::less_equal{}) ||
        (!set.empty() && (set.front() < 0 || set.back() >= largest_category))) {
      return "a set of categories is not ascending from 0 on";
    }
  }
  std::vector<int> depths(tree.nodes.size(), -1);
  depths[0] = 0;
  for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
    std::string fault = depths[at] < 0 ? "is nobody's child" : node_fault(tree, at, features, precision);
    if (fault.empty() && !tree.nodes[at].is_leaf()) fault = shape_fault(tree, at, depths);
    if (!fault.empty()) return "node " + std::to_string(at) + ": " + fault;
  }
  return {};
}

}  // namespace

std::optional<std::string> fault_of(const TreeEnsemble& ensemble, std::size_t features) {
  if (ensemble.base.empty()) return "no outputs";
  if (ensemble.trees.empty()) return "no trees";
  for (const double base : ensemble.base) {
    if (!is_plain(base, ensemble.precision)) return "a base that is not a finite number";
  }
  std::vector<std::size_t> trees(ensemble.base.size());
  for (std::size_t k = 0; k < ensemble.trees.size(); ++k) {
    const Tree& tree = ensemble.trees[k];
    const std::string place = "tree " + std::to_string(k) + ": ";
    if (tree.output < 0 || static_cast<std::size_t>(tree.output) >= ensemble.base.size()) {
      return place + "adds to output " + std::to_string(tree.output) + " of " + std::to_string(ensemble.base.size());
    }
    ++trees[static_cast<std::size_t>(tree.output)];
    const std::string fault = tree_fault(tree, features, ensemble.precision);
    if (!fault.empty()) return place + fault;
  }
  if (ensemble.average && std::ranges::find(trees, std::size_t{0}) != trees.end()) return "an average of no trees";
  return std::nullopt;
}

bool has_cover(const TreeEnsemble& ensemble) {
  return std::ranges::all_of(ensemble.trees, [](const Tree& tree) {
    return tree.nodes.size() == 1 || tree.nodes[static_cast<std::size_t>(tree.nodes[0].left)].cover > 0 ||
           tree.nodes[static_cast<std::size_t>(tree.nodes[0].right)].cover > 0;
  });
}

int depth_of(const Tree& tree) {
  std::vector<int> depths(tree.nodes.size());
  int deepest = 0;
  for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
    deepest = std::max(deepest, depths[at]);
    if (tree.nodes[at].is_leaf()) continue;
    depths[static_cast<std::size_t>(tree.nodes[at].left)] = depths[at] + 1;
    depths[static_cast<std::size_t>(tree.nodes[at].right)] = depths[at] + 1;
  }
  return deepest;
}

}  // namespace stardose::learning
