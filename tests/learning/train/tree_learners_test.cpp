// Trees and forests, held to what their definition asks for.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "learning/train/grow_tree.h"
#include "learning/train/learner.h"
#include "tests/builders/training_data.h"

using namespace stardose::learning;
using namespace stardose::test;

TEST_CASE("a tree's first split is the best there is; leaves are means") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    const MadeRows made = make_rows(seed, 90, 5);
    const double least_weight = seed % 2 == 0 ? 1 : 12;
    double total = 0;
    for (const double weight : made.weights) total += weight;
    double best = INFINITY;  // squared errors about the means of both sides
    for (std::size_t j = 0; j < made.width; ++j) {
      for (std::size_t at = 0; at < made.targets.size(); ++at) {
        double weights[2] = {};
        double sums[2] = {};
        double squares = 0;
        for (std::size_t row = 0; row < made.targets.size(); ++row) {
          const bool left = made.rows().row(row)[j] <= made.rows().row(at)[j];
          const double weight = made.weights[row] * static_cast<double>(made.targets.size()) / total;
          weights[left ? 0 : 1] += weight;
          sums[left ? 0 : 1] += weight * made.targets[row];
          squares += weight * made.targets[row] * made.targets[row];
        }
        if (std::min(weights[0], weights[1]) < least_weight) continue;
        best = std::min(best, squares - sums[0] * sums[0] / weights[0] - sums[1] * sums[1] / weights[1]);
      }
    }
    const Fitted fitted =
        fit({.name = "decision_tree", .settings = {{"depth", 1.0}, {"min_leaf", least_weight}}}, made.weighted(), 1);
    const auto said = predictions(fitted, made.rows());
    double errors = 0;
    for (std::size_t row = 0; row < said.size(); ++row) {
      errors +=
          made.weights[row] * static_cast<double>(said.size()) / total * std::pow(said[row] - made.targets[row], 2);
    }
    CHECK(std::abs(errors - best) < 1e-9);
  }
}

TEST_CASE("a tree of classes: leaves are shares, of which Gini's impurity is least") {
  const MadeRows made = with_classes(make_rows(3, 120, 4), 3);
  const Fitted fitted =
      fit({.name = "decision_tree", .settings = {{"depth", 1.0}, {"min_leaf", 1.0}}}, made.data(3), 1);
  const auto said = predictions(fitted, made.rows());
  double impurity = 0;
  for (std::size_t row = 0; row < 120; ++row) {
    for (std::size_t k = 0; k < 3; ++k) impurity += said[row * 3 + k] * (1 - said[row * 3 + k]);
  }
  double best = INFINITY;
  for (std::size_t j = 0; j < made.width; ++j) {
    for (std::size_t at = 0; at < 120; ++at) {
      std::map<double, double> counts[2];
      double sizes[2] = {};
      for (std::size_t row = 0; row < 120; ++row) {
        const std::size_t side = made.rows().row(row)[j] <= made.rows().row(at)[j] ? 0 : 1;
        ++counts[side][made.targets[row]];
        ++sizes[side];
      }
      double its = 0;
      for (const std::size_t side : {0, 1}) {
        for (const auto& [k, count] : counts[side]) its += count * (1 - count / sizes[side]);
      }
      best = std::min(best, its);
    }
  }
  CHECK(std::abs(impurity - best) < 1e-9);
}

TEST_CASE("trees keep to their settings") {
  const MadeRows made = make_rows(4, 200, 6);
  for (const char* thresholds : {"best", "random"}) {
    const Fitted fitted = fit(
        {.name = "random_forest",
         .settings = {{"trees", 20.0}, {"depth", 3.0}, {"min_leaf", 15.0}, {"thresholds", std::string{thresholds}}}},
        made.data(), 1);
    const auto& forest = std::get<TreeEnsemble>(fitted.method);
    CHECK_EQ(forest.trees.size(), 20);
    CHECK(has_cover(forest));
    bool differ = false;
    int deepest = 0;
    for (const Tree& tree : forest.trees) {
      deepest = std::max(deepest, depth_of(tree));
      differ = differ || tree.nodes != forest.trees[0].nodes;
      for (const TreeNode& node : tree.nodes) CHECK(node.cover >= 15);
    }
    CHECK(differ);
    CHECK_EQ(deepest, 3);
  }
  const Fitted none = fit({.name = "decision_tree", .settings = {{"min_gain", 1e6}}}, made.data(), 1);
  CHECK_EQ(std::get<TreeEnsemble>(none.method).trees[0].nodes.size(), 1);
}
