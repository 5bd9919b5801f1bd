// The same rows learned here and by scikit-learn 1.2.1, where there is one optimum.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/builders/numbers_file.h"
#include "tests/builders/training_data.h"
#include "tests/shared/shared_folder.h"

using namespace stardose::learning;
using namespace stardose::test;

namespace {

std::string interop(const std::string& name) { return stardose::tests::shared_path("cases/models/interop/" + name); }

std::vector<double> flat(const nlohmann::json& numbers);

constexpr std::size_t high = 1;
constexpr std::size_t thirds = 2;

struct Golden {
  nlohmann::json json = nlohmann::json::parse(std::ifstream{interop("sklearn121_golden.json")});
  MadeRows plain;
  MadeRows standardised;

  Golden() {
    const NumbersFile x = read_numbers(interop("synth_X.csv"), 1);
    const NumbersFile y = read_numbers(interop("synth_y.csv"), 1);
    plain = {.values = x.values, .width = x.width};
    for (std::size_t at = 0; at < y.values.size(); at += y.width) plain.targets.push_back(std::sqrt(y.values[at]));
    standardised = plain;
    const auto means = json["scaler"]["mean"].get<std::vector<double>>();
    const auto scales = json["scaler"]["scale"].get<std::vector<double>>();
    for (std::size_t k = 0; k < x.values.size(); ++k) {
      standardised.values[k] = (x.values[k] - means[k % x.width]) / scales[k % x.width];
    }
  }

  [[nodiscard]] std::vector<double> predicted(const char* model) const;
  [[nodiscard]] const nlohmann::json& params(const char* model) const { return json["models"][model]["params"]; }

  /// The classes that were learned: low, middle and high doses, or high ones.
  [[nodiscard]] MadeRows with_classes(MadeRows made, std::size_t column) const {
    const NumbersFile y = read_numbers(interop("synth_y.csv"), 1);
    made.targets.clear();
    for (std::size_t at = 0; at < y.values.size(); at += y.width) made.targets.push_back(y.values[at + column]);
    return made;
  }
};

/// Parameters that were learned there, as a method of ours.
std::vector<double> flat(const nlohmann::json& numbers) {
  std::vector<double> all;
  for (const auto& entry : numbers) {
    if (entry.is_array()) {
      const auto inner = flat(entry);
      all.insert(all.end(), inner.begin(), inner.end());
    } else {
      all.push_back(entry.get<double>());
    }
  }
  return all;
}

/// A tree for each output; of classes leaves are counts there.
void add_trees(TreeEnsemble& ensemble, const nlohmann::json& tree, double scale = 1) {
  const std::size_t outputs = ensemble.base.size();
  for (std::size_t output = 0; output < outputs; ++output) {
    Tree& added = ensemble.trees.emplace_back();
    added.output = static_cast<std::int32_t>(output);
    for (std::size_t k = 0; k < tree["left"].size(); ++k) {
      const auto values = flat(tree["value"][k]);
      TreeNode node{.cover = tree["cover"][k], .left = tree["left"][k], .right = tree["right"][k]};
      double sum = 0;
      for (const double value : values) sum += value;
      node.value =
          node.is_leaf() ? values[output] * (outputs > 1 ? 1 / sum : scale) : tree["threshold"][k].get<double>();
      if (!node.is_leaf()) node.feature = tree["feature"][k];
      added.nodes.push_back(node);
    }
  }
}

KernelModel kernel_of(const nlohmann::json& params) {
  std::vector<double> offsets = flat(params["rho"]);
  for (double& offset : offsets) offset = -offset;  // what is added there
  return {.kernel = Kernel::rbf,
          .gamma = params["gamma"],
          .vectors = flat(params["sv"]),
          .coefficients = flat(params["dual"]),
          .offsets = std::move(offsets)};
}

std::vector<double> Golden::predicted(const char* model) const { return flat(json["models"][model]["pred"]); }

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE_EQ(a.size(), b.size());
  double largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) largest = std::max(largest, std::abs(a[k] - b[k]));
  return largest;
}

}  // namespace

TEST_SUITE("shared: interop") {
  TEST_CASE("linear regressions of scikit-learn") {
    if (!stardose::tests::shared_is_there()) return;
    const Golden golden;
    const auto off = [&](const LearnerSpec& spec, const MadeRows& made, const char* model) {
      return largest_difference(predictions(fit(spec, made.data(), 1), made.rows()), golden.predicted(model));
    };
    CHECK(off({.name = "least_squares"}, golden.plain, "ols") < 1e-12);
    // There the squared errors are summed and not halved: 2 / 400.
    CHECK(off({.name = "ridge", .settings = {{"penalty", 2.0 / 400}}}, golden.standardised, "ridge_a2_std") < 1e-12);
    // scikit-learn stops at a gap of 1e-4 of the targets' squares.
    CHECK(off({.name = "lasso", .settings = {{"penalty", 0.02}}}, golden.standardised, "lasso_a.02_std") < 2e-4);
    CHECK(off({.name = "elastic_net", .settings = {{"penalty", 0.05}}}, golden.standardised, "enet_a.05_l.5_std") <
          2e-4);
  }

  TEST_CASE("support vector regression of scikit-learn, which is libsvm's") {
    if (!stardose::tests::shared_is_there()) return;
    const Golden golden;
    const LearnerSpec spec{.name = "rbf_svm",
                           .settings = {{"cost", 1.0}, {"gamma", 0.1}, {"epsilon", 0.1}, {"tolerance", 1e-5}}};
    const MadeRows& made = golden.standardised;
    // libsvm stops where the conditions of the optimum hold to 1e-3.
    CHECK(largest_difference(predictions(fit(spec, made.data(), 1), made.rows()),
                             golden.predicted("svr_rbf_C1_g.1_e.1_std")) < 2e-3);
  }

  TEST_CASE("logistic regressions of scikit-learn") {
    if (!stardose::tests::shared_is_there()) return;
    const Golden golden;
    const LearnerSpec spec{.name = "logistic", .settings = {{"penalty", 1.0 / 400}}};
    const MadeRows two = golden.with_classes(golden.standardised, high);
    const auto both = golden.predicted("logit_l2_C1_std");
    std::vector<double> ones;
    for (std::size_t k = 1; k < both.size(); k += 2) ones.push_back(both[k]);
    // scikit-learn stops at a gradient of 1e-4.
    CHECK(largest_difference(predictions(fit(spec, two.data(2), 1), two.rows()), ones) < 1e-4);
    const MadeRows three = golden.with_classes(golden.standardised, thirds);
    CHECK(largest_difference(predictions(fit(spec, three.data(3), 1), three.rows()),
                             golden.predicted("softmax_l2_C1_std")) < 1e-4);
  }

  TEST_CASE("naive Bayes of scikit-learn") {
    if (!stardose::tests::shared_is_there()) return;
    const Golden golden;
    const MadeRows made = golden.with_classes(golden.plain, thirds);
    CHECK(largest_difference(predictions(fit({.name = "naive_bayes"}, made.data(3), 1), made.rows()),
                             golden.predicted("gnb")) < 1e-10);
    MadeRows genotypes{.targets = made.targets, .width = 5};
    for (std::size_t row = 0; row < made.targets.size(); ++row) {
      const auto values = made.rows().row(row).subspan(3);
      genotypes.values.insert(genotypes.values.end(), values.begin(), values.end());
    }
    const LearnerSpec bernoulli{.name = "naive_bayes", .settings = {{"law", "bernoulli"}}};
    CHECK(largest_difference(predictions(fit(bernoulli, genotypes.data(3), 1), genotypes.rows()),
                             golden.predicted("bnb_geno")) < 1e-12);
  }

  TEST_CASE("nearest neighbours of scikit-learn") {
    if (!stardose::tests::shared_is_there()) return;
    const Golden golden;
    const LearnerSpec spec{.name = "nearest_neighbours", .settings = {{"neighbours", 5.0}}};
    const MadeRows& made = golden.standardised;
    CHECK(largest_difference(predictions(fit(spec, made.data(), 1), made.rows()), golden.predicted("knn5_std")) <
          1e-12);
  }

  TEST_CASE("a decision tree of scikit-learn") {
    if (!stardose::tests::shared_is_there()) return;
    const Golden golden;
    const LearnerSpec spec{.name = "decision_tree", .settings = {{"depth", 4.0}, {"min_leaf", 10.0}}};
    CHECK(largest_difference(predictions(fit(spec, golden.plain.data(), 1), golden.plain.rows()),
                             golden.predicted("tree_d4")) < 1e-12);
  }

  TEST_CASE("a support vector machine of scikit-learn tells the same sides") {
    if (!stardose::tests::shared_is_there()) return;
    const Golden golden;
    const MadeRows made = golden.with_classes(golden.standardised, high);
    const LearnerSpec spec{.name = "rbf_svm", .settings = {{"cost", 1.0}, {"gamma", 0.1}, {"tolerance", 1e-5}}};
    const Fitted fitted = fit(spec, made.data(2), 1);
    // Ours are log odds: a straight line of theirs.
    std::vector<double> odds(made.targets.size());
    Scorer{model_of(fitted, made.width)}.score_margins(made.rows(), odds);
    const auto theirs = golden.predicted("svc_rbf_C1_g.1_std");
    const auto lowest = std::ranges::min_element(theirs) - theirs.begin();
    const auto highest = std::ranges::max_element(theirs) - theirs.begin();
    const auto at = [](const std::vector<double>& of, std::ptrdiff_t k) { return of[static_cast<std::size_t>(k)]; };
    const double slope = (at(odds, highest) - at(odds, lowest)) / (at(theirs, highest) - at(theirs, lowest));
    CHECK(slope > 0);
    std::vector<double> line;
    for (const double their : theirs) line.push_back(at(odds, lowest) + slope * (their - at(theirs, lowest)));
    CHECK(largest_difference(odds, line) < 5e-3);
  }

  TEST_CASE("parameters of scikit-learn give its predictions") {
    if (!stardose::tests::shared_is_there()) return;
    const Golden golden;
    const auto off = [&](Method method, const MadeRows& made, const char* model, Link link = {}) {
      return largest_difference(predictions({std::move(method), link}, made.rows()), golden.predicted(model));
    };
    CHECK(off(kernel_of(golden.params("svr_rbf_C1_g.1_e.1_std")), golden.standardised, "svr_rbf_C1_g.1_e.1_std") <
          1e-11);
    CHECK(off(kernel_of(golden.params("svc_rbf_C1_g.1_std")), golden.standardised, "svc_rbf_C1_g.1_std") < 1e-11);
    MadeRows floats = golden.plain;  // as its trees compare values
    for (double& value : floats.values) value = static_cast<double>(static_cast<float>(value));
    TreeEnsemble tree{.base = {0}};
    add_trees(tree, golden.params("tree_d4"));
    CHECK(off(tree, floats, "tree_d4") < 1e-12);
    TreeEnsemble forest{.average = true, .base = {0}};
    for (const auto& grown : golden.params("rf20")) add_trees(forest, grown);
    CHECK(off(forest, floats, "rf20") < 1e-12);
    TreeEnsemble of_classes{.average = true, .base = {0, 0, 0}};
    for (const auto& grown : golden.params("rfc20")) add_trees(of_classes, grown);
    CHECK(off(of_classes, floats, "rfc20") < 1e-12);
    const auto& boosted = golden.params("gbr30");
    TreeEnsemble boosting{.base = {boosted["init"]}};
    for (const auto& grown : boosted["trees"]) add_trees(boosting, grown, boosted["lr"]);
    CHECK(off(boosting, floats, "gbr30") < 1e-12);
    NeuralNetwork network;
    const auto& params = golden.params("mlp_8_4_relu_std");
    for (std::size_t k = 0; k < params["b"].size(); ++k) {
      auto& layer = network.layers.emplace_back();
      layer.biases = flat(params["b"][k]);
      for (std::size_t unit = 0; unit < layer.biases.size(); ++unit) {
        for (const auto& input : params["W"][k]) layer.weights.push_back(input[unit]);
      }
    }
    CHECK(off(network, golden.standardised, "mlp_8_4_relu_std") < 1e-12);
  }
}
