// Contributions of whole models.
#include "learning/explain/contributions.h"

#include <doctest/doctest.h>

#include <cmath>

#include "learning/model/scorer.h"
#include "tests/builders/trees.h"

using namespace stardose::learning;

namespace {

Model with(Method method) {
  Model model{.source = "made up", .outputs = {"prediction"}, .method = std::move(method)};
  for (const char* name : {"a", "b", "c", "d"}) model.features.push_back({.name = name, .mean = name[0] - 96.5});
  return model;
}

std::vector<double> explained(const Explainer& explainer, const Rows& rows) {
  std::vector<double> out(rows.count() * explainer.expectations().size() * rows.width);
  explainer.contributions(rows, out);
  return out;
}

}  // namespace

TEST_CASE("a blend: the weighted sum of its members' contributions, which adds up to the margin") {
  stardose::test::TreeMaker maker{3, {.features = 4, .categories = false}, Precision::float64};
  const LinearModel linear{{0.5, -2, 0, 1}, {0.25}};
  const TreeEnsemble trees = maker.ensemble();
  const Model model = with(Blend{{{linear, {}, 0.25}, {trees, {}, 0.75}}});
  const std::vector<double> values{0.5, 1, -2, 3, 1.5, 0, 2.25, -1};
  const Rows rows{values, 4};
  const Explainer blend{model};
  const Explainer of_linear{with(linear)};
  const Explainer of_trees{with(trees)};
  const auto all = explained(blend, rows);
  const auto first = explained(of_linear, rows);
  const auto second = explained(of_trees, rows);
  std::vector<double> margins(2);
  Scorer{model}.score_margins(rows, margins);
  for (std::size_t row = 0; row < 2; ++row) {
    double sum = blend.expectations()[0];
    for (std::size_t k = row * 4; k < row * 4 + 4; ++k) {
      CHECK(std::abs(all[k] - (0.25 * first[k] + 0.75 * second[k])) < 1e-14);
      sum += all[k];
    }
    CHECK(std::abs(sum - margins[row]) < 1e-12);
  }
}

TEST_CASE("what has no contributions says why") {
  const LinearModel linear{{0.5, -2, 0, 1}, {0.25}};
  const auto why = [](Method method) { return Explainer::why_not(with(std::move(method))).value_or(""); };
  CHECK_EQ(why(linear), "");
  CHECK_EQ(why(Blend{{{linear, {LinkFunction::logistic, 1}, 1}}}),
           "the model averages predictions, not margins: contributions do not add up to them");
}
