// Nothing is learned from a row that is predicted.
#include <doctest/doctest.h>

#include <cmath>

#include "learning/evaluate/cross_validate.h"
#include "tests/builders/hand_ridge.h"
#include "tests/builders/made_up_people.h"

using namespace stardose::learning;
using stardose::test::hand_ridge;

namespace {

/// Every kind of step that learns.
std::vector<Step> all_steps() {
  return {IndicateStep{},
          FillStep{.columns = {"weight"}, .by = FillBy::neighbours, .on = {"age", "sex", "race"}, .neighbours = 3},
          FillStep{.columns = {"age"}, .by = FillBy::regression, .on = {"weight", "sex"}},
          FillStep{.columns = {"race"}, .by = FillBy::mode, .group = "sex"},
          OneHotStep{.fewest = 5},
          ProductStep{{"age"}, {"race", "weight"}},
          StandardiseStep{},
          VarianceFilterStep{},
          CorrelationFilterStep{.highest = 0.9},
          ComponentsStep{.columns = {"age", "weight"}, .name = "build", .count = 2},
          SelectStep{.learner = {"ridge", {}, {}}, .most = 6}};
}

std::vector<Contender> contenders() {
  std::vector<Candidate> candidates;
  for (const LearnerSpec& learner : expand({"ridge", {}, {}}, {{"penalty", {0.1, 1.0, 30.0}}}))
    candidates.push_back({all_steps(), learner});
  candidates.push_back(
      {{FillStep{}, FillStep{.columns = {"race"}, .by = FillBy::mode}, OneHotStep{}}, {"ridge", {}, {}}});
  return {{"ridge", candidates, 1}, {"plain", {candidates.back()}, 2}};
}

OutOfFold run(const Dataset& data) {
  const SearchPlan search{{FoldKind::grouped, 3, 5}, Objective::mean_absolute_error};
  REQUIRE_EQ(fault_of(contenders(), search, data), std::nullopt);
  REQUIRE_EQ(fault_of(FoldPlan{}, contenders(), search, data), std::nullopt);
  return cross_validate(FoldPlan{}, contenders(), search, data, {hand_ridge, 3, {}});
}

/// Other values and another outcome in a row.
void disturb(Dataset& data, std::size_t row) {
  data.people.columns[0].values[row] += 1000;
  data.people.columns[1].values[row] = std::isnan(data.people.columns[1].values[row]) ? 500 : NAN;
  data.people.columns[3].values[row] = 3;
  data.targets[row] *= 50;
}

}  // namespace

TEST_CASE("changing held-out rows changes no step, no choice and no method that predicts them") {
  const Dataset data = stardose::test::made_up_people(160, 4);
  const OutOfFold before = run(data);
  for (std::uint32_t fold = 0; fold < before.folds.count; ++fold) {
    Dataset changed = data;
    const auto held_out = before.folds.held_out(fold);
    for (std::size_t k = 1; k < held_out.size(); ++k) disturb(changed, held_out[k]);
    changed.targets[held_out[0]] *= 50;  // of this one the outcome alone, so that its prediction must stay
    const OutOfFold after = run(changed);
    REQUIRE_EQ(after.folds.fold_of, before.folds.fold_of);
    CHECK_EQ(after.chosen[fold], before.chosen[fold]);
    CHECK_EQ(after.predictions[held_out[0]], before.predictions[held_out[0]]);
    CHECK_NE(after.predictions[held_out[1]], before.predictions[held_out[1]]);
    // The others learn from the changed rows, so that the test would see it.
    const std::size_t other = before.folds.others(fold)[0];
    CHECK_NE(after.predictions[other], before.predictions[other]);
  }
}

TEST_CASE("a choice is made by rows that neither steps nor methods have seen") {
  // Noise alone, and many columns of it: those that go with the outcome in all rows would do so in held-out ones too.
  stardose::learning::SeededRandom random{21};
  Dataset data;
  for (int k = 0; k < 200; ++k) data.people.columns.push_back({{"x" + std::to_string(k), {}, {}, {}}, {}});
  for (int row = 0; row < 60; ++row) {
    data.people.rows.push_back("p" + std::to_string(row));
    for (Column& column : data.people.columns) column.values.push_back(random.normal());
    data.targets.push_back(10 + random.normal());
  }
  const std::vector<Step> chosen = {StandardiseStep{},
                                    SelectStep{.learner = {"ridge", {{"penalty", 10.0}}, {}}, .most = 5}};
  const LearnerSpec nothing{"ridge", {{"penalty", 1e9}}, {}};
  const std::vector<Contender> contenders = {
      {"ridge", {{chosen, {"ridge", {{"penalty", 1.0}}, {}}}, {{KeepStep{{"x0"}}}, nothing}}, 1}};
  const SearchPlan search{{FoldKind::random, 5, 1}, Objective::root_mean_square_error};
  const auto learned = learn(contenders, search, data, {hand_ridge, 1, {}});
  CHECK_EQ(learned.front().chosen.candidate, 1);
}

TEST_CASE("fitted steps depend on the rows they are fitted on alone") {
  const std::vector<Step> others = {
      FillStep{.columns = {"race"}, .by = FillBy::mode},
      FillStep{.columns = {"weight"}, .by = FillBy::mean, .group = "race"},
      FillStep{.columns = {"age"}, .by = FillBy::median, .group = "sex"},
      OneHotStep{},
      TransformStep{{"age"}, Transform::square, true},
      StandardiseStep{.clip = 2},
      ScaleStep{{"weight"}, 2},
      ComponentsStep{.columns = {"age", "weight"}, .name = "build", .count = 1, .centre = false},
      SelectStep{.learner = {"lasso", {{"penalty", 0.001}}, {}}, .most = 6},
      SelectStep{.learner = {"random_forest", {{"trees", 5.0}}, {}}, .most = 4}};
  const Dataset data = stardose::test::made_up_people(120, 9);
  std::vector<std::size_t> training;
  for (std::size_t row = 0; row < 120; ++row) {
    if (row % 3 != 0) training.push_back(row);
  }
  for (const std::vector<Step>& steps : {all_steps(), others}) {
    const auto fitted = [&](const Dataset& all) {
      const Dataset some = rows_of(all, training);
      const std::vector<double> targets = learned_targets(some);
      return fit_steps(steps, some.people, {targets, {}, 0}, 1, stardose::learning::fit);
    };
    Dataset changed = data;
    for (std::size_t row = 0; row < 120; row += 3) disturb(changed, row);
    CHECK(fitted(changed) == fitted(data));
    disturb(changed, 1);
    CHECK(fitted(changed) != fitted(data));
  }
}
