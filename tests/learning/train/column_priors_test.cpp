// What is said of columns beforehand: learners keep to it, or refuse it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "learning/train/learner.h"
#include "tests/builders/training_data.h"

using namespace stardose::learning;
using namespace stardose::test;

namespace {

MadeRows with_sides(MadeRows made) {
  std::vector<double> sorted = made.targets;
  std::ranges::sort(sorted);
  for (double& target : made.targets) target = target > sorted[sorted.size() / 2] ? 1 : 0;
  return made;
}

/// Returns how often a prediction goes against a direction (1 or -1) when a feature alone rises, in small steps.
std::size_t times_against(const Fitted& fitted, const MadeRows& made, std::size_t feature, double direction) {
  std::size_t against = 0;
  for (std::size_t row = 0; row < made.targets.size(); row += 9) {
    MadeRows ladder{.width = made.width};
    for (double value = 0; value < 11; value += 0.1) {
      const auto values = made.rows().row(row);
      ladder.values.insert(ladder.values.end(), values.begin(), values.end());
      ladder.values[ladder.values.size() - made.width + feature] = value;
    }
    const auto said = predictions(fitted, ladder.rows());
    for (std::size_t k = 1; k < said.size(); ++k) against += direction * (said[k] - said[k - 1]) < 0 ? 1 : 0;
  }
  return against;
}

}  // namespace

TEST_CASE("boosting keeps to a feature's direction, whatever the rows say") {
  MadeRows made = make_rows(4, 300, 6);
  for (std::size_t row = 0; row < 300; ++row) {  // up and down again, and up
    made.targets[row] += std::abs(made.rows().row(row)[0] - 5.5) + made.rows().row(row)[3];
  }
  for (std::size_t k = 4; k < made.values.size(); k += 3 * made.width) made.values[k] = std::nan("");
  const auto say = [](Direction of_f0, Direction of_f3) {
    return std::map<std::string, ColumnPrior, std::less<>>{{"f0", {.direction = of_f0}}, {"i3", {.direction = of_f3}}};
  };
  for (const char* loss : {"squared", "pseudo_huber", "classes"}) {
    CAPTURE(loss);
    const std::size_t classes = loss == std::string{"classes"} ? 2 : 0;
    LearnerSpec spec{.name = "gradient_boosting", .settings = {{"rounds", 60.0}, {"learning_rate", 0.3}}};
    if (classes == 0) spec.settings["loss"] = loss;
    const MadeRows of = classes == 0 ? made : with_sides(made);
    const auto fitted = [&] { return fit(spec, of.data(classes), 1); };
    CHECK(times_against(fitted(), of, 0, 1) > 0);
    CHECK(times_against(fitted(), of, 3, -1) > 0);
    spec.columns = say(Direction::rises, Direction::falls);
    CHECK_EQ(times_against(fitted(), of, 0, 1), 0);
    CHECK_EQ(times_against(fitted(), of, 3, -1), 0);
    spec.columns = say(Direction::falls, Direction::rises);
    CHECK_EQ(times_against(fitted(), of, 0, -1), 0);
    CHECK_EQ(times_against(fitted(), of, 3, 1), 0);
  }
}

TEST_CASE("every learner with penalty factors: the larger, the smaller the slope; one of 1 changes nothing") {
  for (const Learner& learner : learners()) {
    if (!learner.takes_penalty_factors) continue;
    CAPTURE(learner.name);
    LearnerSpec spec{.name = std::string{learner.name}};
    if (spec.name == "linear_svm") {
      spec.settings = {{"cost", 0.01}};
    } else {
      spec.settings = {{"penalty", 0.1}};
    }
    const std::size_t classes = learner.quantities ? 0 : 2;
    const MadeRows made = learner.quantities ? make_rows(5, 200, 5) : with_sides(make_rows(5, 200, 5));
    const auto slopes = [&](double factor) {
      spec.columns = {{"f1", {.penalty_factor = factor}}};
      return std::get<LinearModel>(fit(spec, made.data(classes), 1).method).weights;
    };
    const double free = std::abs(slopes(0)[1]);
    CHECK(free > 1.01 * std::abs(slopes(1)[1]));
    CHECK(std::abs(slopes(1)[1]) > std::abs(slopes(4)[1]));
    CHECK(std::abs(slopes(1e6)[1]) < 1e-3 * free);
    const auto with_one = slopes(1);
    spec.columns.clear();
    CHECK_EQ(std::get<LinearModel>(fit(spec, made.data(classes), 1).method).weights, with_one);
  }
}

TEST_CASE("a feature's own name goes before its input's; one of several inputs has only its own") {
  MadeRows made = make_rows(6, 150, 3);
  made.labels = {{"a", {"i"}}, {"b", {"i"}}, {"c", {"i", "other"}}};
  const auto slopes = [&](std::map<std::string, ColumnPrior, std::less<>> columns) {
    return std::get<LinearModel>(fit({.name = "ridge", .columns = std::move(columns)}, made.data(), 1).method).weights;
  };
  const auto by_name = slopes({{"a", {.penalty_factor = 50}}, {"b", {.penalty_factor = 9}}});
  CHECK_EQ(slopes({{"i", {.penalty_factor = 50}}, {"b", {.penalty_factor = 9}}}), by_name);
  CHECK(by_name != slopes({{"a", {.penalty_factor = 50}}, {"b", {.penalty_factor = 50}}}));
}

TEST_CASE("what is said of columns and cannot be kept to is refused") {
  const auto fault = [](const char* name, ColumnPrior prior, std::map<std::string, Setting, std::less<>> settings) {
    return fault_of({.name = name, .settings = std::move(settings), .columns = {{"age", prior}}}).value_or("");
  };
  CHECK_EQ(fault("ridge", {.penalty_factor = 3}, {}), "");
  CHECK_EQ(fault("gradient_boosting", {.direction = Direction::falls}, {{"loss", "squared"}}), "");
  CHECK_EQ(fault("gradient_boosting", {.direction = Direction::falls}, {{"loss", "absolute"}}),
           "`gradient_boosting` keeps to no direction with the loss `absolute`, as of `age`");
  CHECK_EQ(fault("gradient_boosting", {.penalty_factor = 3}, {}),
           "`gradient_boosting` makes no use of a penalty factor, as of `age`");
  CHECK_EQ(fault("ridge", {.direction = Direction::rises}, {}), "`ridge` keeps to no direction, as of `age`");
  CHECK_EQ(fault("ridge", {.penalty_factor = -1}, {}),
           "`ridge`: the penalty factor of `age` must be a number from 0 to 1000000, not -1");
  CHECK_EQ(fault("ridge", {.penalty_factor = std::nan("")}, {}),
           "`ridge`: the penalty factor of `age` must be a number from 0 to 1000000, not nan");
  const std::vector<FeatureLabel> features = {{"age", {"age"}}, {"weight * age", {"weight", "age"}}};
  const LearnerSpec boosting{.name = "gradient_boosting", .columns = {{"age", {.direction = Direction::falls}}}};
  CHECK_EQ(columns_fault(boosting, features, 2), std::nullopt);
  CHECK_EQ(columns_fault(boosting, features, 3).value_or(""),
           "`gradient_boosting`: a direction, as of `age`, is of a quantity or of two classes");
  const LearnerSpec ridge{.name = "ridge", .columns = {{"agee", {.penalty_factor = 3}}}};
  CHECK_EQ(columns_fault(ridge, features, 0).value_or(""),
           "`ridge`: `agee` is no feature, and no feature comes from it alone; did you mean `age`?");
  CHECK_EQ(columns_fault({.name = "average", .members = {ridge}}, features, 0).value_or(""),
           "member `ridge`: `agee` is no feature, and no feature comes from it alone; did you mean `age`?");
}
