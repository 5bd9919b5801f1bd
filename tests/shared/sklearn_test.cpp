// The same rows learned here and by scikit-learn 1.2.1, where there is one optimum.
#include <doctest/doctest.h>

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

  [[nodiscard]] std::vector<double> predicted(const char* model) const { return json["models"][model]["pred"]; }
};

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
}
