// Laying trees out.
#include "learning/trees/compiled_trees.h"

#include <algorithm>

namespace stardose::learning {

namespace {

/// A full tree costs all its splits, a sparse one those on the way.
bool is_worth_filling(const Tree& tree, int depth) {
  const std::size_t full = std::size_t{1} << depth;
  return depth <= 3 || (depth <= deepest_full_tree && full <= 2 * tree.nodes.size());
}

template <class Value>
class Compiler {
 public:
  explicit Compiler(const TreeEnsemble& ensemble) : ensemble_{ensemble} {}

  CompiledTrees<Value> run() {
    for (const Tree& tree : ensemble_.trees) {
      const int depth = depth_of(tree);
      if (is_worth_filling(tree, depth)) {
        add_full(tree, depth);
      } else {
        add_sparse(tree, depth);
      }
    }
    return std::move(trees_);
  }

 private:
  void set_split(std::size_t place, const Tree& tree, const TreeNode& split) {
    trees_.thresholds[place] = static_cast<Value>(split_threshold(ensemble_, split));
    trees_.offsets[place] = trees_.columns.column_of(tree, split) * static_cast<std::uint32_t>(block_rows);
  }

  void fill(const Tree& tree, std::size_t node, std::size_t place, int height) {
    const TreeNode& at = tree.nodes[node];
    const auto& entry = trees_.entries.back();
    if (height == 0) {
      const std::size_t splits = (std::size_t{1} << entry.depth) - 1;
      trees_.leaves[entry.first_leaf + place - splits] = static_cast<Value>(at.value);
      return;
    }
    if (!at.is_leaf()) set_split(entry.first_split + place, tree, at);
    fill(tree, at.is_leaf() ? node : static_cast<std::size_t>(at.left), 2 * place + 1, height - 1);
    fill(tree, at.is_leaf() ? node : static_cast<std::size_t>(at.right), 2 * place + 2, height - 1);
  }

  void add_full(const Tree& tree, int depth) {
    trees_.entries.push_back({tree.output, depth, true, trees_.thresholds.size(), trees_.leaves.size()});
    const std::size_t leaves = std::size_t{1} << depth;
    grow(leaves - 1, leaves);
    fill(tree, 0, 0, depth);
  }

  void add_sparse(const Tree& tree, int depth) {
    const std::size_t first = trees_.thresholds.size();
    const std::size_t first_leaf = trees_.leaves.size();
    trees_.entries.push_back({tree.output, depth, false, first, first_leaf});
    grow(tree.nodes.size(), tree.nodes.size());
    // Siblings become neighbours, which in the tree they need not be.
    std::vector<std::size_t> order{0};
    for (std::size_t k = 0; k < order.size(); ++k) {
      const TreeNode& node = tree.nodes[order[k]];
      trees_.leaves[first_leaf + k] = static_cast<Value>(node.value);
      trees_.left[first + k] = static_cast<std::uint32_t>(node.is_leaf() ? k : order.size());
      if (node.is_leaf()) continue;
      set_split(first + k, tree, node);
      order.push_back(static_cast<std::size_t>(node.left));
      order.push_back(static_cast<std::size_t>(node.right));
    }
  }

  // Splits that send everything left: zero is less than one.
  void grow(std::size_t splits, std::size_t leaves) {
    trees_.thresholds.resize(trees_.thresholds.size() + splits, Value{1});
    trees_.offsets.resize(trees_.offsets.size() + splits, 0);
    trees_.left.resize(trees_.thresholds.size(), 0);
    trees_.leaves.resize(trees_.leaves.size() + leaves, Value{0});
  }

  const TreeEnsemble& ensemble_;
  CompiledTrees<Value> trees_;
};

}  // namespace

template <class Value>
CompiledTrees<Value> compile(const TreeEnsemble& ensemble) {
  return Compiler<Value>{ensemble}.run();
}

template CompiledTrees<float> compile(const TreeEnsemble&);
template CompiledTrees<double> compile(const TreeEnsemble&);

}  // namespace stardose::learning
