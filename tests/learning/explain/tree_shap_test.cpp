// Shapley values of trees beside their definition.
#include "learning/explain/tree_shap.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include "tests/builders/trees.h"

using namespace stardose::learning;
using namespace stardose::test;

namespace {

/// What a tree is expected to add where only the features of the set are known: path-dependent, as defined.
double known_value(const TreeEnsemble& ensemble, const Tree& tree, std::span<const double> row, unsigned known,
                   std::int32_t at = 0) {
  const TreeNode& node = tree.nodes[static_cast<std::size_t>(at)];
  if (node.is_leaf()) return node.value;
  const auto feature = static_cast<std::size_t>(node.feature);
  if ((known >> feature & 1U) != 0) {
    const bool left = goes_left(ensemble, tree, node, row[feature]);
    return known_value(ensemble, tree, row, known, left ? node.left : node.right);
  }
  const double left = tree.nodes[static_cast<std::size_t>(node.left)].cover;
  const double right = tree.nodes[static_cast<std::size_t>(node.right)].cover;
  const double share = left + right > 0 ? left / (left + right) : 0.5;
  return share * known_value(ensemble, tree, row, known, node.left) +
         (1 - share) * known_value(ensemble, tree, row, known, node.right);
}

/// The value of every set of features, averaged as the margin is.
std::vector<double> game(const TreeEnsemble& ensemble, std::span<const double> row, int output) {
  std::vector<double> values(std::size_t{1} << row.size(), ensemble.base[static_cast<std::size_t>(output)]);
  const auto trees = std::ranges::count(ensemble.trees, output, &Tree::output);
  for (unsigned known = 0; known < values.size(); ++known) {
    for (const Tree& tree : ensemble.trees) {
      if (tree.output == output) values[known] += known_value(ensemble, tree, row, known);
    }
    if (ensemble.average) values[known] /= static_cast<double>(trees);
  }
  return values;
}

/// Shapley 1953: the mean over all orders of what a feature adds to those before it.
std::vector<double> by_definition(const std::vector<double>& game, std::size_t features) {
  std::vector<double> sums(features);
  std::vector<std::size_t> order(features);
  std::iota(order.begin(), order.end(), 0);
  double orders = 0;
  do {
    unsigned known = 0;
    for (const std::size_t feature : order) {
      const unsigned with = known | 1U << feature;
      sums[feature] += game[with] - game[known];
      known = with;
    }
    ++orders;
  } while (std::ranges::next_permutation(order).found);
  for (double& sum : sums) sum /= orders;
  return sums;
}

double largest_difference(std::span<const double> a, std::span<const double> b) {
  double largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) largest = std::max(largest, std::abs(a[k] - b[k]));
  return largest;
}

}  // namespace

TEST_CASE("contributions are the Shapley values, and add up to the margin") {
  for (unsigned seed = 1; seed <= 24; ++seed) {
    CAPTURE(seed);
    RandomTrees wanted{.trees = 5, .depth = static_cast<int>(1 + seed % 8), .outputs = 1 + static_cast<int>(seed % 2)};
    TreeMaker maker{seed, wanted, seed % 2 == 0 ? Precision::float32 : Precision::float64};
    TreeEnsemble ensemble = maker.ensemble();
    ensemble.average = seed % 5 == 0;
    if (seed % 3 == 0) {  // a branch that no training row took
      for (Tree& tree : ensemble.trees) {
        if (!tree.nodes[0].is_leaf()) tree.nodes[static_cast<std::size_t>(tree.nodes[0].left)].cover = 0;
      }
    }
    const auto outputs = static_cast<std::size_t>(wanted.outputs);
    const std::vector<double> values = maker.rows(40);
    const Rows rows{values, wanted.features};
    const TreeShap shap{ensemble, wanted.features};
    std::vector<double> contributions(rows.count() * outputs * wanted.features);
    shap.contributions(rows, contributions);
    for (std::size_t row = 0; row < rows.count(); ++row) {
      for (std::size_t k = 0; k < outputs; ++k) {
        const std::vector<double> sets = game(ensemble, rows.row(row), static_cast<int>(k));
        const auto ours = std::span{contributions}.subspan((row * outputs + k) * wanted.features, wanted.features);
        CHECK(largest_difference(ours, by_definition(sets, wanted.features)) < 1e-12);
        CHECK(std::abs(shap.expectations()[k] - sets.front()) < 1e-12);
        const double sum = std::reduce(ours.begin(), ours.end(), shap.expectations()[k]);
        CHECK(std::abs(sum - sets.back()) < 1e-12);
      }
    }
  }
}

TEST_CASE("deep trees of many features add up to 1e-10") {
  TreeMaker maker{5, {.features = 60, .trees = 4, .depth = 30, .leaf_chance = 0.35}, Precision::float64};
  const TreeEnsemble ensemble = maker.ensemble();
  const std::vector<double> values = maker.rows(50);
  const Rows rows{values, 60};
  const TreeShap shap{ensemble, 60};
  std::vector<double> contributions(50 * 60);
  shap.contributions(rows, contributions);
  for (std::size_t row = 0; row < 50; ++row) {
    const auto ours = std::span{contributions}.subspan(row * 60, 60);
    const double sum = std::reduce(ours.begin(), ours.end(), shap.expectations()[0]);
    CHECK(std::abs(sum - naive_margins(ensemble, rows.row(row))[0]) < 1e-10);
  }
}

TEST_CASE("features under other numbers have the same contributions") {
  TreeMaker maker{8, {.depth = 5}, Precision::float32};
  const TreeEnsemble ensemble = maker.ensemble();
  const std::vector<double> values = maker.rows(30);
  TreeEnsemble turned = ensemble;
  for (Tree& tree : turned.trees) {
    for (TreeNode& node : tree.nodes) {
      if (!node.is_leaf()) node.feature = 4 - node.feature;
    }
  }
  std::vector<double> turned_values = values;
  for (std::size_t row = 0; row < 30; ++row) std::ranges::reverse(std::span{turned_values}.subspan(row * 5, 5));
  std::vector<double> one(150);
  std::vector<double> other(150);
  TreeShap{ensemble, 5}.contributions({values, 5}, one);
  TreeShap{turned, 5}.contributions({turned_values, 5}, other);
  for (std::size_t row = 0; row < 30; ++row) std::ranges::reverse(std::span{other}.subspan(row * 5, 5));
  CHECK(largest_difference(one, other) < 1e-13);
}

TEST_CASE("equal rows have equal contributions wherever they stand") {
  TreeMaker maker{9, {.depth = 5}, Precision::float32};
  const TreeShap shap{maker.ensemble(), 5};
  const std::vector<double> few = maker.rows(3);
  std::vector<double> many;
  for (int k = 0; k < 100; ++k) many.insert(many.end(), few.begin() + (k % 3) * 5, few.begin() + (k % 3) * 5 + 5);
  std::vector<double> of_few(15);
  std::vector<double> of_many(500);
  shap.contributions({few, 5}, of_few);
  shap.contributions({many, 5}, of_many);
  for (std::size_t k = 0; k < 500; ++k) CHECK_EQ(of_many[k], of_few[(k / 5 % 3) * 5 + k % 5]);
}

TEST_CASE("interactions are symmetric, add up to contributions, and are the pairs' second differences") {
  constexpr std::size_t features = 4;
  TreeMaker maker{6, {.features = features, .trees = 3, .depth = 5}, Precision::float64};
  const TreeEnsemble ensemble = maker.ensemble();
  const std::vector<double> values = maker.rows(10);
  const Rows rows{values, features};
  const TreeShap shap{ensemble, features};
  std::vector<double> pairs(10 * features * features);
  std::vector<double> whole(10 * features);
  shap.interactions(rows, pairs);
  shap.contributions(rows, whole);
  for (std::size_t row = 0; row < 10; ++row) {
    const std::vector<double> sets = game(ensemble, rows.row(row), 0);
    // With four features: sets of the other two, weighed by |S|! (2 - |S|)! / 3! (Grabisch and Roubens 1999), halved.
    for (unsigned a = 0; a < features; ++a) {
      double sum = 0;
      for (unsigned b = 0; b < features; ++b) {
        const double pair = pairs[(row * features + a) * features + b];
        sum += pair;
        if (a == b) continue;
        CHECK(std::abs(pair - pairs[(row * features + b) * features + a]) < 1e-13);
        double expected = 0;
        for (unsigned set = 0; set < 16; ++set) {
          if ((set >> a & 1U) != 0 || (set >> b & 1U) != 0) continue;
          const double weight = std::popcount(set) == 1 ? 1.0 / 6 : 2.0 / 6;
          const unsigned both = set | 1U << a | 1U << b;
          expected += weight / 2 * (sets[both] - sets[set | 1U << a] - sets[set | 1U << b] + sets[set]);
        }
        CHECK(std::abs(pair - expected) < 1e-12);
      }
      CHECK(std::abs(sum - whole[row * features + a]) < 1e-12);
    }
  }
}
