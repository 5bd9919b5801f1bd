// Models of XGBoost 1.7.4 and LightGBM 2 and 3 with their predictions and contributions.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "genomics/input_error.h"
#include "learning/explain/contributions.h"
#include "learning/import/import_model.h"
#include "learning/model/model_file.h"
#include "learning/model/scorer.h"
#include "tests/builders/numbers_file.h"
#include "tests/shared/shared_folder.h"

using namespace stardose::learning;
using stardose::test::NumbersFile;
using stardose::test::read_numbers;

namespace {

std::string interop(const std::string& name) { return stardose::tests::shared_path("cases/models/interop/" + name); }

std::vector<double> scored(const Model& model, const Rows& rows, bool margins) {
  const Scorer scorer{model};
  std::vector<double> out(rows.count() * (margins ? scorer.margins() : scorer.predictions()));
  if (margins) {
    scorer.score_margins(rows, out);
  } else {
    scorer.score(rows, out);
  }
  return out;
}

/// Nine digits tell floats apart: what is read is rounded to one.
std::vector<double> floats(const std::string& path) {
  std::vector<double> numbers = read_numbers(path).values;
  for (double& x : numbers) x = static_cast<double>(static_cast<float>(x));
  return numbers;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE_EQ(a.size(), b.size());
  double largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) largest = std::max(largest, std::abs(a[k] - b[k]));
  return largest;
}

/// Columns from `first` on, as many as wanted.
NumbersFile columns(const NumbersFile& table, std::size_t first, std::size_t count) {
  NumbersFile part{{}, count};
  for (std::size_t at = first; at < table.values.size(); at += table.width) {
    part.values.insert(part.values.end(), table.values.begin() + static_cast<std::ptrdiff_t>(at),
                       table.values.begin() + static_cast<std::ptrdiff_t>(at + count));
  }
  return part;
}

}  // namespace

TEST_SUITE("shared: interop") {
  TEST_CASE("XGBoost 1.7.4: margins and predictions to the bit, missing values included") {
    if (!stardose::tests::shared_is_there()) return;
    const NumbersFile rows = read_numbers(interop("synth_X_missing.csv"), 1);
    for (const std::string name : {"reg", "bin", "multi"}) {
      for (const std::string format : {".json", ".ubj"}) {
        CAPTURE(name + format);
        const Model model = import_model(interop("xgb174_" + name + format));
        const Rows view{rows.values, rows.width};
        CHECK(scored(model, view, true) == floats(interop("xgb174_" + name + "_margin.csv")));
        CHECK(scored(model, view, false) == floats(interop("xgb174_" + name + "_pred.csv")));
        CHECK(import_model_from("again", model_json(model)) == model);
        CHECK_EQ(model.features[3].name, "vkorc1_A_count");
      }
    }
  }

  TEST_CASE("XGBoost 1.7.4: contributions to 1e-5, additive to 1e-10") {
    if (!stardose::tests::shared_is_there()) return;
    const NumbersFile rows = read_numbers(interop("synth_X_missing.csv"), 1);
    const Rows view{rows.values, rows.width};
    for (const std::string name : {"reg", "bin", "multi"}) {
      CAPTURE(name);
      Model model = import_model(interop("xgb174_" + name + ".json"));
      const Explainer explainer{model};
      const std::size_t outputs = explainer.expectations().size();
      std::vector<double> ours(view.count() * outputs * rows.width);
      explainer.contributions(view, ours);
      // XGBoost puts the expectation behind the features.
      std::vector<double> with_expectations;
      std::vector<double> sums;
      for (std::size_t k = 0; k < view.count() * outputs; ++k) {
        const auto row = std::span{ours}.subspan(k * rows.width, rows.width);
        with_expectations.insert(with_expectations.end(), row.begin(), row.end());
        with_expectations.push_back(explainer.expectations()[k % outputs]);
        sums.push_back(std::reduce(row.begin(), row.end(), explainer.expectations()[k % outputs]));
      }
      CHECK(largest_difference(with_expectations, read_numbers(interop("xgb174_" + name + "_treeshap.csv")).values) <
            1e-5);
      // The margin without float's rounding of sums: the same leaves, added in double.
      std::get<TreeEnsemble>(model.method).precision = Precision::float64;
      NumbersFile rounded = rows;
      for (double& x : rounded.values) x = static_cast<double>(static_cast<float>(x));
      CHECK(largest_difference(sums, scored(model, {rounded.values, rows.width}, true)) < 1e-10);
    }
  }

  TEST_CASE("XGBoost 1.7.4: interactions to 1e-5") {
    if (!stardose::tests::shared_is_there()) return;
    const NumbersFile rows = read_numbers(interop("synth_X_missing.csv"), 1);
    const NumbersFile expected = read_numbers(interop("xgb174_reg_shap_interactions_first5.csv"));
    const Model model = import_model(interop("xgb174_reg.json"));
    const std::size_t features = rows.width;
    std::vector<double> ours(5 * features * features);
    TreeShap{std::get<TreeEnsemble>(model.method), features}.interactions(Rows{rows.values, features}.block(0, 5),
                                                                          ours);
    for (std::size_t row = 0; row < 5; ++row) {
      for (std::size_t a = 0; a < features; ++a) {
        for (std::size_t b = 0; b < features; ++b) {
          const double theirs = expected.values[row * expected.width + a * (features + 1) + b];
          CHECK(std::abs(ours[(row * features + a) * features + b] - theirs) < 1e-5);
        }
      }
    }
  }

  TEST_CASE("LightGBM: categories, dart, many classes") {
    if (!stardose::tests::shared_is_there()) return;
    const auto check = [](const std::string& name, const NumbersFile& rows, const std::string& expected, bool margins) {
      CAPTURE(name);
      const Model model = import_model(interop("lightgbm/" + name));
      REQUIRE_EQ(model.features.size(), rows.width);
      const std::vector<double> ours = scored(model, {rows.values, rows.width}, margins);
      CHECK(largest_difference(ours, read_numbers(interop("lightgbm/" + expected)).values) <= 1e-16);
      CHECK(import_model_from("again", model_json(model)) == model);
    };
    const NumbersFile cancer = read_numbers(interop("lightgbm/breast_cancer_test.tsv"));
    check("lg_dart_breast_cancer.model", cancer, "lg_dart_breast_cancer_true_predictions.txt", false);
    check("lg_kddcup99.model", read_numbers(interop("lightgbm/kddcup99_test.tsv")), "lg_kddcup99_true_predictions.txt",
          true);
    check("toy_categorical_model.txt", columns(read_numbers(interop("lightgbm/toy_categorical.test")), 1, 2),
          "toy_categorical.test.pred", false);
    const NumbersFile classes = columns(read_numbers(interop("lightgbm/multiclass_test.tsv")), 1, 28);
    check("lgmulticlass.model", classes, "lgmulticlass_true_raw_predictions.txt", true);
    check("lgmulticlass.model", classes, "lgmulticlass_true_predictions.txt", false);
  }

  TEST_CASE("LightGBM: the leaf of every tree") {
    if (!stardose::tests::shared_is_there()) return;
    const NumbersFile rows = read_numbers(interop("lightgbm/lg_breast_cancer_data.txt"));
    const NumbersFile leaves = read_numbers(interop("lightgbm/lg_breast_cancer_data_pred_leaves.txt"));
    Model model = import_model(interop("lightgbm/lg_breast_cancer.txt"));
    auto& ensemble = std::get<TreeEnsemble>(model.method);
    REQUIRE_EQ(ensemble.trees.size(), leaves.width);
    // A leaf's number is not kept, but its value tells it: rows of one leaf have one value, in every tree.
    const std::vector<Tree> trees = ensemble.trees;
    for (std::size_t k = 0; k < trees.size(); ++k) {
      ensemble.trees = {trees[k]};
      const std::vector<double> values = scored(model, {rows.values, rows.width}, true);
      std::map<double, double> value_of;
      for (std::size_t row = 0; row < values.size(); ++row) {
        const auto [place, is_new] = value_of.try_emplace(leaves.values[row * leaves.width + k], values[row]);
        CHECK_EQ(place->second, values[row]);
      }
    }
  }

  TEST_CASE("a forest of LightGBM 2 is an average of probabilities, and says that it is taken for one") {
    if (!stardose::tests::shared_is_there()) return;
    const Model model = import_model(interop("lightgbm/lg_rf_iris.model"));
    CHECK_EQ(model.remarks.size(), 1);
    const std::vector<double> row = {5, 3, 1.4, 0.2};
    const double share = scored(model, {row, 4}, false)[0];
    CHECK(share > 0.11);
    CHECK(share < 0.3);
  }
}
