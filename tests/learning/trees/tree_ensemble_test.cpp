// What makes an ensemble one that can be used.
#include "learning/trees/tree_ensemble.h"

#include <doctest/doctest.h>

#include <functional>
#include <limits>

using namespace stardose::learning;

namespace {

TreeEnsemble two_levels() {
  TreeEnsemble ensemble{.precision = Precision::float32, .comparison = Comparison::less, .base = {0.5}};
  ensemble.trees = {{0,
                     {{.value = 1, .cover = 10, .left = 1, .right = 2, .feature = 0},
                      {.value = 2, .cover = 6, .left = 3, .right = 4, .feature = 1},
                      {.value = 3, .cover = 4},
                      {.value = 4, .cover = 1},
                      {.value = 5, .cover = 5}},
                     {}}};
  return ensemble;
}

std::string fault_after(const std::function<void(TreeEnsemble&)>& change) {
  TreeEnsemble ensemble = two_levels();
  change(ensemble);
  return fault_of(ensemble, 2).value_or("none");
}

}  // namespace

TEST_CASE("a sound ensemble has no fault, a depth and a cover") {
  CHECK_FALSE(fault_of(two_levels(), 2));
  CHECK_EQ(depth_of(two_levels().trees[0]), 2);
  CHECK(has_cover(two_levels()));
}

TEST_CASE("cycles, lost children and children of two are found") {
  const auto nodes = [](TreeEnsemble& e) -> std::vector<TreeNode>& { return e.trees[0].nodes; };
  CHECK_EQ(fault_after([&](auto& e) { nodes(e)[1].left = 0; }),
           "tree 0: node 1: has the child 0, which is no node behind it");
  CHECK_EQ(fault_after([&](auto& e) { nodes(e)[1].left = 1; }),
           "tree 0: node 1: has the child 1, which is no node behind it");
  CHECK_EQ(fault_after([&](auto& e) { nodes(e)[1].right = 5; }),
           "tree 0: node 1: has the child 5, which is no node behind it");
  CHECK_EQ(fault_after([&](auto& e) { nodes(e)[1].right = 3; }),
           "tree 0: node 1: has the child 3, which is another's too");
  CHECK_EQ(fault_after([&](auto& e) { nodes(e)[1].left = nodes(e)[1].right = -1; }),
           "tree 0: node 3: is nobody's child");
  CHECK_EQ(fault_after([&](auto& e) { nodes(e)[1].right = -1; }), "tree 0: node 1: has one child");
  CHECK_EQ(fault_after([&](auto& e) { nodes(e).clear(); }), "tree 0: no nodes");
  CHECK_EQ(fault_after([&](auto& e) { e.trees.clear(); }), "no trees");
}

TEST_CASE("numbers out of range are found") {
  const auto node = [](TreeEnsemble& e, std::size_t k) -> TreeNode& { return e.trees[0].nodes[k]; };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK_EQ(fault_after([&](auto& e) { node(e, 0).feature = 2; }), "tree 0: node 0: splits on feature 2 of 2");
  CHECK_EQ(fault_after([&](auto& e) { node(e, 0).feature = -1; }), "tree 0: node 0: splits on feature -1 of 2");
  CHECK_EQ(fault_after([&](auto& e) { node(e, 2).value = infinity; }),
           "tree 0: node 2: has a value that is not a finite number");
  CHECK_EQ(fault_after([&](auto& e) { node(e, 0).value = 0.1; }),
           "tree 0: node 0: has a value that is not a finite number");  // no float
  CHECK_EQ(fault_after([&](auto& e) { node(e, 0).cover = -1; }),
           "tree 0: node 0: has a cover that is not a number from 0 on");
  CHECK_EQ(fault_after([&](auto& e) { node(e, 0).categories = 0; }),
           "tree 0: node 0: has categories that are not listed");
  CHECK_EQ(fault_after([&](auto& e) {
             e.trees[0].category_sets = {{3, 3}};
           }),
           "tree 0: a set of categories is not ascending from 0 on");
  CHECK_EQ(fault_after([&](auto& e) { e.trees[0].output = 1; }), "tree 0: adds to output 1 of 1");
  CHECK_EQ(fault_after([&](auto& e) { e.base.clear(); }), "no outputs");
  CHECK_EQ(fault_after([&](auto& e) { e.base = {infinity}; }), "a base that is not a finite number");
  CHECK_EQ(fault_after([&](auto& e) { e.base.push_back(0), e.average = true; }), "an average of no trees");
}

TEST_CASE("a tree that is one long path is refused beyond its bound") {
  const auto path = [](int depth) {
    TreeEnsemble ensemble{.base = {0}};
    Tree tree;
    for (std::int32_t k = 0; k < depth; ++k) {
      tree.nodes.push_back({.value = 1, .left = 2 * k + 1, .right = 2 * k + 2, .feature = 0});
      tree.nodes.push_back({.value = 2});
    }
    tree.nodes.push_back({.value = 3});
    ensemble.trees = {tree};
    return ensemble;
  };
  CHECK_FALSE(fault_of(path(deepest_tree), 1));
  CHECK_EQ(fault_of(path(deepest_tree + 1), 1).value_or(""), "tree 0: node 512: is deeper than 256 levels");
}

TEST_CASE("without counts there is no cover") {
  TreeEnsemble ensemble = two_levels();
  for (TreeNode& node : ensemble.trees[0].nodes) node.cover = 0;
  CHECK_FALSE(has_cover(ensemble));
  CHECK_FALSE(fault_of(ensemble, 2));
}
