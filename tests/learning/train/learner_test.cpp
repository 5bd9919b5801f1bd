// What every learner keeps to, whichever it is: found in the table, so that a new one is held to it too.
#include "learning/train/learner.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <thread>

#include "learning/document/json.h"
#include "learning/model/model_file.h"
#include "tests/builders/training_data.h"

using namespace stardose::learning;
using namespace stardose::test;

namespace {

/// The learner with its usual settings; an average has two members that learn what it does.
LearnerSpec usual(const Learner& learner, std::size_t classes) {
  LearnerSpec spec{.name = std::string{learner.name}};
  if (spec.name == "average") {
    spec.members = {{.name = "gradient_boosting"}, {.name = "gradient_boosting", .weight = 3}};
    if (classes == 0) spec.members.push_back({.name = "average", .members = {{.name = "ridge"}, {.name = "rbf_svm"}}});
  }
  return spec;
}

/// Every learner, of a quantity, of two classes and of three, as far as it learns them.
template <class Check>
void for_each_learner(const Check& check) {
  for (const Learner& learner : learners()) {
    for (const std::size_t classes : {0, 2, 3}) {
      if (classes == 0 ? !learner.quantities : !learner.classes) continue;
      CAPTURE(learner.name);
      CAPTURE(classes);
      MadeRows made = make_rows(7, 150, 6);
      if (classes > 0) {
        std::vector<double> sorted = made.targets;
        std::ranges::sort(sorted);
        for (double& target : made.targets) {
          const auto below = static_cast<std::size_t>(std::ranges::lower_bound(sorted, target) - sorted.begin());
          target = static_cast<double>(below * classes / sorted.size());
        }
      }
      check(learner, usual(learner, classes), made, classes);
    }
  }
}

std::string json_of(const Fitted& fitted, std::size_t width) { return model_json(model_of(fitted, width)); }

}  // namespace

TEST_CASE("every learner: a usable model, whose file holds all of it") {
  for_each_learner([](const Learner&, const LearnerSpec& spec, const MadeRows& made, std::size_t classes) {
    REQUIRE_FALSE(fault_of(spec));
    const Fitted fitted = fit(spec, made.data(classes), 1);
    const Model model = model_of(fitted, made.width);
    REQUIRE_EQ(fault_of(model).value_or(""), "");
    CHECK_EQ(Scorer{model}.predictions(), predictions_of(classes));
    Document document{"m.json", model_json(model)};
    parse_json(document);
    CHECK(read_model(document) == model);
  });
}

TEST_CASE("every learner: better than a constant, and probabilities that are some") {
  for_each_learner([](const Learner&, const LearnerSpec& spec, const MadeRows& made, std::size_t classes) {
    const std::vector<double> said = predictions(fit(spec, made.data(classes), 1), made.rows());
    const auto count = static_cast<double>(made.targets.size());
    if (classes == 0) {
      const double mean = std::accumulate(made.targets.begin(), made.targets.end(), 0.0) / count;
      double error = 0;
      double constant = 0;
      for (std::size_t row = 0; row < made.targets.size(); ++row) {
        error += std::pow(said[row] - made.targets[row], 2);
        constant += std::pow(mean - made.targets[row], 2);
      }
      CHECK(error < 0.9 * constant);
      return;
    }
    double right = 0;
    for (std::size_t row = 0; row < made.targets.size(); ++row) {
      const std::size_t width = predictions_of(classes);
      const std::span<const double> shares = std::span{said}.subspan(row * width, width);
      for (const double share : shares) CHECK((share >= 0 && share <= 1));
      if (classes > 2) CHECK(std::abs(std::accumulate(shares.begin(), shares.end(), 0.0) - 1) < 1e-6);
      const auto best = classes == 2 ? static_cast<std::ptrdiff_t>(shares[0] > 0.5)
                                     : std::ranges::max_element(shares) - shares.begin();
      right += static_cast<double>(static_cast<double>(best) == made.targets[row]);
    }
    CHECK(right / count > (classes == 2 ? 0.65 : 0.5));
  });
}

TEST_CASE("every learner: the same bits on any thread, beside any other work") {
  for_each_learner([](const Learner&, const LearnerSpec& spec, const MadeRows& made, std::size_t classes) {
    const std::string alone = json_of(fit(spec, made.data(classes), 5), made.width);
    std::vector<std::string> texts(4);
    std::vector<std::thread> threads;
    for (std::size_t k = 0; k < texts.size(); ++k) {
      threads.emplace_back([&, k] {
        if (k % 2 == 1) (void)fit(spec, made.data(classes), 77 + k);  // leaves nothing behind
        texts[k] = json_of(fit(spec, made.data(classes), 5), made.width);
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& text : texts) CHECK(text == alone);
  });
}

TEST_CASE("every learner: weights of one are no weights, and weights change what is learned") {
  for_each_learner([](const Learner&, const LearnerSpec& spec, const MadeRows& made, std::size_t classes) {
    const std::vector<double> ones(made.targets.size(), 1.0);
    const TrainingData even{made.rows(), made.targets, ones, classes};
    CHECK(json_of(fit(spec, even, 3), made.width) == json_of(fit(spec, made.data(classes), 3), made.width));
    CHECK(json_of(fit(spec, made.weighted(classes), 3), made.width) != json_of(fit(spec, even, 3), made.width));
  });
}

TEST_CASE("every learner: columns without information, one row, targets that are all the same") {
  for_each_learner([](const Learner&, const LearnerSpec& spec, const MadeRows& made, std::size_t classes) {
    MadeRows poor{.width = made.width + 3};
    for (std::size_t row = 0; row < made.targets.size(); ++row) {
      const auto values = made.rows().row(row);
      poor.values.insert(poor.values.end(), values.begin(), values.end());
      poor.values.insert(poor.values.end(), {0.1, values[0], values[0] + values[1]});  // constant, again, a sum
      poor.targets.push_back(made.targets[row]);
    }
    REQUIRE_EQ(fault_of(model_of(fit(spec, poor.data(classes), 1), poor.width)).value_or(""), "");
    if (classes > 0) return;
    std::ranges::fill(poor.targets, 4.5);
    for (const double said : predictions(fit(spec, poor.data(), 1), poor.rows())) CHECK(std::abs(said - 4.5) < 0.15);
    MadeRows one{.values = {1, 2, 3}, .targets = {2.5}, .width = 3};
    CHECK(std::abs(predictions(fit(spec, one.data(), 1), one.rows())[0] - 2.5) < 0.15);
  });
}

TEST_CASE("every learner that takes missing values predicts of them") {
  for_each_learner([](const Learner&, const LearnerSpec& spec, MadeRows made, std::size_t classes) {
    if (!traits_of(spec).takes_missing) return;
    for (std::size_t k = 0; k < made.values.size(); k += 7) made.values[k] = std::nan("");
    for (const double said : predictions(fit(spec, made.data(classes), 1), made.rows())) CHECK(std::isfinite(said));
  });
}

TEST_CASE("learners and settings that there are not: the nearest is named") {
  CHECK_EQ(fault_of({.name = "lasso"}), std::nullopt);
  CHECK_EQ(fault_of({.name = "laso"}).value_or(""), "there is no learner `laso`; did you mean `lasso`?");
  CHECK_EQ(fault_of({.name = "lasso", .settings = {{"penalti", 1.0}}}).value_or(""),
           "`lasso` has no setting `penalti`; did you mean `penalty`?");
  CHECK_EQ(fault_of({.name = "elastic_net", .settings = {{"zzz", 1.0}}}).value_or(""),
           "`elastic_net` has no setting `zzz`; there are penalty, l1_ratio");
  CHECK_EQ(fault_of({.name = "least_squares", .settings = {{"penalty", 1.0}}}).value_or(""),
           "`least_squares` has no settings, so no `penalty`");
  CHECK_EQ(fault_of({.name = "lasso", .settings = {{"penalty", -1.0}}}).value_or(""),
           "`lasso`: `penalty` must be a number from 0 to 10000000000, not -1");
  CHECK_EQ(fault_of({.name = "lasso", .settings = {{"penalty", std::nan("")}}}).value_or(""),
           "`lasso`: `penalty` must be a number from 0 to 10000000000, not nan");
  CHECK_EQ(fault_of({.name = "lasso", .settings = {{"penalty", "small"}}}).value_or(""),
           "`lasso`: `penalty` must be a number, not `small`");
  CHECK_EQ(fault_of({.name = "gradient_boosting", .settings = {{"depth", 2.5}}}).value_or(""),
           "`gradient_boosting`: `depth` must be a whole number from 1 to 20, not 2.5");
  CHECK_EQ(fault_of({.name = "gradient_boosting", .settings = {{"loss", "huber"}}}).value_or(""),
           "`gradient_boosting`: `loss` must be one of squared, absolute, pseudo_huber, not `huber`");
}

TEST_CASE("averages: members, and what these may be") {
  CHECK_EQ(fault_of({.name = "average"}).value_or(""), "`average` needs members");
  CHECK_EQ(fault_of({.name = "lasso", .members = {{.name = "ridge"}}}).value_or(""),
           "`lasso` has no members: only `average` has");
  CHECK_EQ(fault_of({.name = "average", .members = {{.name = "ridge", .settings = {{"x", 1.0}}}}}).value_or(""),
           "member `ridge`: `ridge` has no setting `x`; there are penalty");
  CHECK_EQ(fault_of({.name = "average", .members = {{.name = "ridge", .weight = 0}}}).value_or(""),
           "member `ridge`: its weight must be above 0");
  const LearnerSpec both{.name = "average", .members = {{.name = "ridge"}, {.name = "gradient_boosting"}}};
  CHECK(traits_of(both).quantities);
  CHECK_FALSE(traits_of(both).classes);
  CHECK_FALSE(traits_of(both).takes_missing);
  CHECK(traits_of(both).wants_standardised);
}

TEST_CASE("an average predicts the weighted mean of its members' predictions") {
  const MadeRows made = make_rows(3, 120, 5);
  const LearnerSpec spec{
      .name = "average",
      .members = {
          {.name = "ridge", .weight = 1},
          {.name = "average", .members = {{.name = "lasso"}, {.name = "least_absolute_deviation"}}, .weight = 3}}};
  const std::vector<double> all = predictions(fit(spec, made.data(), 1), made.rows());
  const auto of = [&](const char* name) { return predictions(fit({.name = name}, made.data(), 1), made.rows()); };
  const auto ridge = of("ridge");
  const auto lasso = of("lasso");
  const auto median = of("least_absolute_deviation");
  for (std::size_t row = 0; row < all.size(); ++row) {
    CHECK(std::abs(all[row] - (ridge[row] / 4 + 3 * lasso[row] / 8 + 3 * median[row] / 8)) < 1e-12);
  }
}

TEST_CASE("the table: names and settings are distinct, usual values may be had") {
  for (const Learner& learner : learners()) {
    CAPTURE(learner.name);
    CHECK_EQ(std::ranges::count(learners(), learner.name, &Learner::name), 1);
    CHECK_FALSE(learner.title.empty());
    for (const SettingKind& kind : learner.settings) {
      CAPTURE(kind.name);
      CHECK_EQ(std::ranges::count(learner.settings, kind.name, &SettingKind::name), 1);
      CHECK_FALSE(kind.meaning.empty());
      LearnerSpec spec{.name = std::string{learner.name}, .settings = {{std::string{kind.name}, kind.usual}}};
      if (spec.name != "average") CHECK_EQ(fault_of(spec), std::nullopt);
    }
  }
}
