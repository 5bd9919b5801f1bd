// Cross-validation: honest choices, the same bits for any number of threads, faults before work.
#include "learning/evaluate/cross_validate.h"

#include <doctest/doctest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <array>
#include <atomic>
#include <cmath>

#include "learning/evaluate/choices_text.h"
#include "learning/evaluate/metrics.h"
#include "tests/builders/hand_ridge.h"
#include "tests/builders/made_up_people.h"

using namespace stardose::learning;
using stardose::test::hand_ridge;
using stardose::test::made_up_people;

namespace {

std::vector<Step> encoded() {
  return {FillStep{}, FillStep{.columns = {"race"}, .by = FillBy::mode}, OneHotStep{}, StandardiseStep{}};
}

Contender ridge(const std::vector<Setting>& penalties) {
  Contender contender{"ridge", {}, 1};
  for (const LearnerSpec& spec : expand({"ridge", {}, {}}, {{"penalty", penalties}}))
    contender.candidates.push_back({encoded(), spec});
  return contender;
}

const SearchPlan search{{FoldKind::random, 4, 1}, Objective::mean_absolute_error};

}  // namespace

TEST_CASE("a grid has every combination, the last axis fastest") {
  const auto specs = expand({"svr", {{"kept", 1.0}}, {}}, {{"cost", {1.0, 10.0}}, {"kernel", {"rbf", "linear"}}});
  REQUIRE_EQ(specs.size(), 4);
  CHECK_EQ(std::get<std::string>(specs[1].settings.at("kernel")), "linear");
  CHECK_EQ(std::get<double>(specs[2].settings.at("cost")), 10);
  CHECK_EQ(std::get<double>(specs[3].settings.at("kept")), 1);
}

TEST_CASE("a dependence is found in rows that were held out, and the better candidate is chosen") {
  const Dataset data = made_up_people(300, 1);
  const OutOfFold out = cross_validate({}, {ridge({1e6, 1.0})}, search, data, {hand_ridge, 1, {}});
  CHECK(quantity_metrics(data.targets, in_own_unit(out.predictions, data)).r2 > 0.5);
  for (const auto& chosen : out.chosen) CHECK_EQ(chosen, std::vector{Choice{0, 1}});
}

TEST_CASE("a site that is known by what it leaves out is found out once the site is left out") {
  // Four sites, three of which leave a test of their own out; the outcome goes by the site and by nothing else.
  SeededRandom random{11};
  Dataset data;
  for (const char* name : {"first", "second", "third"}) data.people.columns.push_back({{name, {}, {}, {}}, {}});
  for (std::size_t row = 0; row < 400; ++row) {
    const auto site = static_cast<std::uint32_t>(random.below(4));
    for (std::uint32_t test = 0; test < 3; ++test)
      data.people.columns[test].values.push_back(site == test ? NAN : random.normal());
    data.people.rows.push_back("p" + std::to_string(row));
    data.groups.push_back(site);
    data.targets.push_back(std::array{30.0, 10.0, 50.0, 20.0}[site] + random.normal());
  }
  const std::vector<Contender> contenders = {{"ridge", {{{IndicateStep{}, FillStep{}}, {"ridge", {}, {}}}}, 1}};
  const auto r2 = [&](FoldKind kind) {
    const OutOfFold out = cross_validate({.kind = kind}, contenders, search, data, {hand_ridge, 1, {}});
    return quantity_metrics(data.targets, in_own_unit(out.predictions, data)).r2;
  };
  CHECK(r2(FoldKind::random) > 0.9);
  CHECK(r2(FoldKind::leave_one_group_out) < 0);
}

TEST_CASE("an outcome without a dependence is not predicted") {
  Dataset data = made_up_people(300, 1);
  SeededRandom{5}.shuffle(data.targets);
  const OutOfFold out = cross_validate({}, {ridge({1e6, 1.0})}, search, data, {hand_ridge, 1, {}});
  CHECK(quantity_metrics(data.targets, in_own_unit(out.predictions, data)).r2 < 0.02);
}

TEST_CASE("the same bits for any number of threads") {
  const Dataset data = made_up_people(150, 2);
  const std::vector<Contender> contenders = {ridge({0.5, 1.0, 2.0}), ridge({10.0})};
  std::vector<OutOfFold> runs;
  for (const int threads : {1, 2, 5}) {
    const tbb::global_control allow{tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)};
    tbb::task_arena arena{threads};
    std::atomic<std::size_t> fits = 0;
    arena.execute([&] {
      runs.push_back(cross_validate({}, contenders, search, data, {hand_ridge, 1, [&] { ++fits; }}));
    });
    CHECK_EQ(fits, 5 * fits_needed(contenders, search, data));
  }
  for (const OutOfFold& run : runs) {
    CHECK_EQ(run.predictions, runs[0].predictions);
    CHECK_EQ(run.chosen, runs[0].chosen);
  }
}

TEST_CASE("a blend is the average by weight, of quantities on the learned scale") {
  const Dataset data = made_up_people(100, 3);
  Contender heavy = ridge({50.0});
  heavy.weight = 3;
  const auto predicted = [&](const std::vector<Contender>& contenders) {
    return cross_validate({}, contenders, search, data, {hand_ridge, 1, {}}).predictions;
  };
  const auto light = predicted({ridge({1.0})});
  const auto own = predicted({heavy});
  const auto blend = predicted({ridge({1.0}), heavy});
  for (std::size_t row = 0; row < 100; ++row) {
    CHECK(blend[row] == doctest::Approx((light[row] + 3 * own[row]) / 4));
  }
}

TEST_CASE("of several blends the best in inner folds is taken, and nothing else is learned for good") {
  const Dataset data = made_up_people(300, 1);
  const std::vector<Contender> contenders = {ridge({1e6}), ridge({1.0, 2.0}), ridge({3.0})};
  SearchPlan by_blend = search;
  by_blend.blends = {{0, 1, 2}, {0}, {1, 2}, {0, 2}};
  REQUIRE_EQ(fault_of(contenders, by_blend, data), std::nullopt);
  std::atomic<std::size_t> fits = 0;
  const Bench bench{hand_ridge, 1, [&] { ++fits; }};
  const auto learned = learn(contenders, by_blend, data, bench);
  REQUIRE_EQ(learned.size(), 2);
  CHECK_EQ(learned[0].chosen.contender, 1);
  CHECK_EQ(learned[1].chosen, Choice{2, 0});
  CHECK_EQ(fits, 4 * 4 + 2);
  CHECK(fits <= fits_needed(contenders, by_blend, data));
  const auto alone = learn({contenders[1], contenders[2]}, search, data, {hand_ridge, 1, {}});
  CHECK_EQ(predict(contenders, learned, data.people, 0),
           predict({contenders[1], contenders[2]}, alone, data.people, 0));
  CHECK_EQ(fault_of(contenders, {search.inner, search.objective, {{0}, {}}}, data), "a blend of nothing");
  CHECK_EQ(fault_of(contenders, {search.inner, search.objective, {{0, 0}}}, data), "a blend that names one twice");
  CHECK_EQ(fault_of(contenders, {search.inner, search.objective, {{3}}}, data), "a blend of what is no contender");
}

TEST_CASE("a blend is not chosen by the rows that it is then measured on") {
  // Of an outcome that is noise, the blend that is best by luck in the training rows is no better in others.
  Dataset data = made_up_people(120, 11);
  const std::vector<Contender> contenders = {ridge({0.01}), ridge({100.0})};
  SearchPlan by_blend = search;
  by_blend.blends = {{0}, {1}};
  const OutOfFold before = cross_validate({}, contenders, by_blend, data, {hand_ridge, 1, {}});
  data.targets[5] *= 3;
  const OutOfFold after = cross_validate({}, contenders, by_blend, data, {hand_ridge, 1, {}});
  const std::uint32_t fold = before.folds.fold_of[5];
  CHECK_EQ(after.chosen[fold], before.chosen[fold]);
  CHECK_EQ(after.predictions[5], before.predictions[5]);
}

TEST_CASE("a contender that is learned several times is the average of as many seeds") {
  const Dataset data = made_up_people(150, 4);
  Contender trees{"trees", {{encoded(), {"random_forest", {{"trees", 3.0}}, {}}}}, 1, 3};
  const auto learned = learn({trees}, search, data, {fit, 1, {}});
  REQUIRE(std::holds_alternative<Blend>(learned[0].fitted.method));
  const auto& members = std::get<Blend>(learned[0].fitted.method).members;
  REQUIRE_EQ(members.size(), 3);
  CHECK(members[0].method != members[1].method);
  trees.repeats = 0;
  CHECK_EQ(fault_of({trees}, search, data), "trees: learned no times");
}

TEST_CASE("choices are told contender by contender, by what sets candidates apart") {
  Contender two = ridge({1.0, 100.0});
  two.candidates[0].learner.settings["same"] = 1.0;
  two.candidates[1].learner.settings["same"] = 1.0;
  const std::vector<Contender> contenders = {two, {"other", {ridge({1.0}).candidates[0]}, 1}};
  CHECK_EQ(
      choices_text(contenders, {{{0, 1}, {1, 0}}, {{0, 1}}, {{0, 0}}}),
      std::vector<std::string>{"ridge in 3 of 3 folds: penalty 100 in 2; penalty 1 in 1", "other in 1 of 3 folds"});
  CHECK(choices_text({contenders[1]}, {{{0, 0}}}).empty());
}

TEST_CASE("learning from all rows predicts what one fold less nearly predicts") {
  const Dataset data = made_up_people(200, 6);
  const std::vector<Contender> contenders = {ridge({1.0, 2.0})};
  const auto learned = learn(contenders, search, data, {hand_ridge, 1, {}});
  const auto predicted = predict(contenders, learned, data.people, 0);
  const OutOfFold out = cross_validate({}, contenders, search, data, {hand_ridge, 1, {}});
  CHECK(quantity_metrics(out.predictions, predicted).pearson > 0.98);
}

TEST_CASE("classes: probabilities, and folds in which each class is learned from") {
  Dataset data = made_up_people(200, 7);
  for (double& target : data.targets) target = target > 24 ? 1 : 0;
  data.classes = 2;
  const SearchPlan by_loss{{FoldKind::stratified, 3, 1}, Objective::log_loss};
  // Of classes: the hand-made learner stands in for a name that learns them.
  std::vector<Contender> contenders = {ridge({1.0, 100.0})};
  for (Candidate& candidate : contenders[0].candidates) candidate.learner.name = "gradient_boosting";
  for (Candidate& candidate : contenders[0].candidates)
    candidate.learner.settings = {{"l2", candidate.learner.settings.at("penalty")}};
  REQUIRE_EQ(fault_of(contenders, by_loss, data), std::nullopt);
  const OutOfFold out = cross_validate({FoldKind::stratified, 5, 1}, contenders, by_loss, data, {fit, 1, {}});
  CHECK(class_metrics(data.targets, out.predictions, 2).auroc > 0.7);
  CHECK_EQ(fault_of(contenders, search, data), "the objective is not one of such targets");
  for (double& target : data.targets) target = 0;
  data.targets[3] = 1;
  CHECK_EQ(fault_of(contenders, by_loss, data), "inner folds: a class has no rows outside of one of the folds");
}

TEST_CASE("what is said of an input holds for the features that steps make of it, in every fold") {
  const Dataset data = made_up_people(120, 9);
  const auto tried = [&](const std::string& name, double factor) {
    Contender contender = ridge({0.01});
    contender.candidates[0].learner.columns = {{name, {.penalty_factor = factor}}};
    contender.candidates[0].steps.push_back(SelectStep{.learner = contender.candidates[0].learner, .most = 9});
    return std::vector<Contender>{contender};
  };
  // A penalty so large leaves nothing of the input, so that it might as well be somebody else's.
  Dataset others = data;
  SeededRandom{3}.shuffle(others.people.columns[3].values);
  const Bench bench{fit, 1, {}};
  const auto apart = [&](const std::vector<Contender>& contenders) {
    const auto own = cross_validate({}, contenders, search, data, bench).predictions;
    const auto theirs = cross_validate({}, contenders, search, others, bench).predictions;
    double most = 0;
    for (std::size_t row = 0; row < own.size(); ++row) most = std::max(most, std::abs(own[row] - theirs[row]));
    return most;
  };
  REQUIRE_EQ(fault_of(tried("ancestry", 1e6), search, data), std::nullopt);
  CHECK(apart(tried("ancestry", 1e6)) < 1e-3);
  CHECK(apart(tried("ancestry", 1)) > 0.1);
  const std::string no_feature =
      "`ridge`: `ancestri` is no feature, and no feature comes from it alone; did you mean "
      "`ancestry`?";
  CHECK_EQ(fault_of(tried("ancestri", 2), search, data), "ridge: step 5: " + no_feature);
  auto unselected = tried("ancestri", 2);
  unselected[0].candidates[0].steps.pop_back();
  CHECK_EQ(fault_of(unselected, search, data), "ridge: " + no_feature);
}

TEST_CASE("what cannot be done is said before anything is learned") {
  const Dataset data = made_up_people(30, 8);
  CHECK_EQ(fault_of({}, search, data), "nothing is to be learned");
  CHECK_EQ(fault_of({{"empty", {}, 1}}, search, data), "empty: no candidates");
  CHECK_EQ(fault_of({{"raw", {{{}, {"ridge", {}, {}}}}, 1}}, search, data),
           "raw: sex is a category still: encode it (one hot), or drop it");
  CHECK_EQ(fault_of({ridge({1.0, 2.0})}, {{FoldKind::random, 40, 1}, Objective::r2}, data),
           "inner folds: 40 folds for 30 rows");
  CHECK_EQ(fault_of({FoldKind::random, 2, 1}, {ridge({1.0, 2.0})}, {{FoldKind::random, 16, 1}, Objective::r2}, data),
           "inner folds within outer fold 1: 16 folds for 15 rows");
  Contender unfilled = ridge({1.0});
  unfilled.candidates[0].steps.erase(unfilled.candidates[0].steps.begin());
  CHECK_EQ(fault_of({unfilled}, search, data),
           "ridge: ridge takes no missing values, and weight has some: fill them first");
  unfilled.candidates[0].learner = {"gradient_boosting", {}, {}};
  CHECK_EQ(fault_of({unfilled}, search, data), std::nullopt);
  CHECK(fault_of({ridge({-1.0})}, search, data)->starts_with("ridge: `ridge`: `penalty` must be"));
  Dataset of_classes = made_up_people(30, 8);
  for (double& target : of_classes.targets) target = target > 24 ? 1 : 0;
  of_classes.classes = 2;
  CHECK_EQ(fault_of({ridge({1.0})}, search, of_classes), "ridge: ridge does not learn classes");
  Dataset ungrouped = data;
  ungrouped.groups.clear();
  CHECK_EQ(fault_of({FoldKind::leave_one_group_out, 0, 1}, {ridge({1.0})}, search, ungrouped),
           "folds by group, but the rows have no groups");
}

TEST_CASE("a dataset's faults are told by row") {
  Dataset data = made_up_people(5, 8);
  data.targets[2] = -1;
  CHECK_EQ(fault_of(data), "p3: -1 has no power 0.5");
  data.scale.power = 0;
  CHECK_EQ(fault_of(data), "p3: -1 has no logarithm");
  data.scale.power = 1;
  CHECK_EQ(fault_of(data), std::nullopt);
  data.classes = 2;
  CHECK(fault_of(data)->ends_with("is no class"));
  data.targets.pop_back();
  CHECK_EQ(fault_of(data), "4 targets for 5 rows");
}
