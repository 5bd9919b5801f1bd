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

TEST_CASE("naive Bayes: contributions and what is expected add up to the margin, also where a value is missing") {
  const NaiveBayes two{.log_shares = {std::log(0.4), std::log(0.6)},
                       .first = {0, 1, 2, 3, 1, 1, 0, 5},
                       .second = {1, 2, 3, 4, 2, 2, 1, 1}};
  NaiveBayes flags{.law = FeatureLaw::bernoulli, .log_shares = {std::log(0.2), std::log(0.5), std::log(0.3)}};
  for (int k = 1; k <= 12; ++k) {
    flags.first.push_back(std::log(k / 13.0));
    flags.second.push_back(std::log(1 - k / 13.0));
  }
  const std::vector<double> values{0.5, 1, -2, 3, 1.5, 0, std::nan(""), -1};
  const Rows rows{values, 4};
  for (const NaiveBayes& bayes : {two, flags}) {
    Model model = with(bayes);
    model.outputs.assign(margin_count(bayes), "class");
    const Explainer explainer{model};
    const auto out = explained(explainer, rows);
    const std::size_t outputs = margin_count(bayes);
    std::vector<double> margins(2 * outputs);
    bayes_margins(bayes, rows, margins);
    for (std::size_t at = 0; at < margins.size(); ++at) {
      double sum = explainer.expectations()[at % outputs];
      for (std::size_t i = 0; i < 4; ++i) sum += out[at * 4 + i];
      CHECK(std::abs(sum - margins[at]) < 1e-12);
    }
  }
}

TEST_CASE("naive Bayes: what a feature adds is measured against its average, by the model's own classes") {
  const NaiveBayes flags{.law = FeatureLaw::bernoulli,
                         .log_shares = {std::log(0.5), std::log(0.5)},
                         .first = {std::log(0.1), std::log(0.9)},
                         .second = {std::log(0.9), std::log(0.1)}};
  Model model{.source = "made up", .features = {{.name = "a"}}, .outputs = {"prediction"}, .method = flags};
  const Explainer explainer{model};
  std::vector<double> out(2);
  explainer.contributions({std::vector<double>{1, 0}, 1}, out);
  CHECK(std::abs(out[0] - std::log(9.0)) < 1e-12);
  CHECK(std::abs(out[1] + std::log(9.0)) < 1e-12);
}

TEST_CASE("what has no exact contributions says so") {
  CHECK_EQ(Explainer::why_not(with(KernelModel{.kernel = Kernel::sigmoid, .offsets = {0}})),
           "a support vector machine with such a kernel has no exact contributions");
  CHECK_EQ(Explainer::why_not(with(NearestNeighbours{})), "nearest neighbours have no exact contributions");
  CHECK_EQ(Explainer::why_not(with(NeuralNetwork{})), "a neural network has no exact contributions");
  CHECK_EQ(Explainer::why_not(with(KernelModel{.kernel = Kernel::rbf, .offsets = {0}})), std::nullopt);
  Model without = with(KernelModel{.kernel = Kernel::rbf, .offsets = {0}});
  without.features[2].mean.reset();
  CHECK_EQ(Explainer::why_not(without), "the model does not say the mean of c in its training data");
}
