// Scoring in blocks, beside the definition.
#include "learning/trees/tree_scorer.h"

#include <doctest/doctest.h>

#include <bit>
#include <stdexcept>

#include "tests/builders/trees.h"

using namespace stardose::learning;
using namespace stardose::test;

namespace {

void check_like_the_definition(const TreeEnsemble& ensemble, const Rows& rows) {
  REQUIRE_FALSE(fault_of(ensemble, rows.width));
  for (const TreeWay way : {TreeWay::fastest, TreeWay::scalar}) {
    const TreeScorer scorer{ensemble, way};
    std::vector<double> margins(rows.count() * scorer.outputs());
    scorer.margins(rows, margins);
    std::size_t differences = 0;
    for (std::size_t row = 0; row < rows.count(); ++row) {
      const std::vector<double> expected = naive_margins(ensemble, rows.row(row));
      for (std::size_t k = 0; k < expected.size(); ++k) {
        const double got = margins[row * scorer.outputs() + k];
        if (std::bit_cast<std::uint64_t>(got) != std::bit_cast<std::uint64_t>(expected[k])) ++differences;
      }
    }
    CHECK_EQ(differences, 0);
  }
}

}  // namespace

TEST_CASE("scoring in blocks is scoring by the definition, to the bit") {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    RandomTrees wanted;
    wanted.depth = static_cast<int>(seed % 11);
    wanted.outputs = 1 + static_cast<int>(seed % 3);
    wanted.trees = 9;
    wanted.leaf_chance = seed % 2 == 0 ? 0.05 : 0.4;
    for (const Precision precision : {Precision::float32, Precision::float64}) {
      TreeMaker maker{seed, wanted, precision};
      TreeEnsemble ensemble = maker.ensemble();
      ensemble.average = seed % 4 == 0;
      const std::vector<double> values = maker.rows(1 + seed * 7);
      check_like_the_definition(ensemble, {values, wanted.features});
    }
  }
}

TEST_CASE("a tree of every depth that is filled, and one deeper, score alike with full levels") {
  for (int depth = 0; depth <= deepest_full_tree + 1; ++depth) {
    CAPTURE(depth);
    for (const Precision precision : {Precision::float32, Precision::float64}) {
      TreeMaker maker{17, {.depth = depth, .leaf_chance = 0}, precision};
      const TreeEnsemble ensemble = maker.ensemble();
      CHECK_EQ(depth_of(ensemble.trees[0]), depth);
      const std::vector<double> values = maker.rows(150);
      check_like_the_definition(ensemble, {values, 5});
    }
  }
}

TEST_CASE("a row's margins do not depend on the rows beside it") {
  TreeMaker maker{3, {.depth = 6, .leaf_chance = 0.1}, Precision::float32};
  const TreeEnsemble ensemble = maker.ensemble();
  const TreeScorer scorer{ensemble};
  const std::vector<double> values = maker.rows(200);
  const Rows rows{values, 5};
  std::vector<double> together(200);
  scorer.margins(rows, together);
  for (std::size_t k = 0; k < 200; ++k) {
    double alone = 0;
    scorer.margins(rows.block(k, 1), {&alone, 1});
    CHECK_EQ(alone, together[k]);
  }
}

TEST_CASE("the threshold itself goes right with less, left with less_or_equal") {
  for (const Precision precision : {Precision::float32, Precision::float64}) {
    TreeEnsemble ensemble{.precision = precision, .comparison = Comparison::less, .base = {0}};
    ensemble.trees = {{0, {{.value = 0.5, .left = 1, .right = 2, .feature = 0}, {.value = 1}, {.value = 2}}, {}}};
    const std::vector<double> values = {0.5, std::nextafter(0.5, 0), 0.5000001};
    std::vector<double> margins(3);
    TreeScorer{ensemble}.margins({values, 1}, margins);
    // In float32 the value just below the threshold is the threshold.
    CHECK_EQ(margins, (precision == Precision::float32 ? std::vector<double>{2, 2, 2} : std::vector<double>{2, 1, 2}));
    ensemble.comparison = Comparison::less_or_equal;
    TreeScorer{ensemble}.margins({values, 1}, margins);
    CHECK_EQ(margins, std::vector<double>{1, 1, 2});
  }
}

TEST_CASE("no rows give no margins, and a wrong size is a bug") {
  TreeMaker maker{3, {}, Precision::float32};
  const TreeScorer scorer{maker.ensemble()};
  scorer.margins({{}, 5}, {});
  std::vector<double> too_few(1);
  const std::vector<double> values(10);
  CHECK_THROWS_AS(scorer.margins({values, 5}, too_few), std::logic_error);
}
