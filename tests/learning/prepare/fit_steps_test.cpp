// Steps: what each learns and does, by hand-worked numbers.
#include "learning/prepare/fit_steps.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "learning/prepare/missing_features.h"
#include "tests/builders/hand_ridge.h"

using namespace stardose::learning;

namespace {

Frame four_people() {
  return {{"a", "b", "c", "d"},
          {{{"age", "years", {}, {}}, {20, 40, NAN, 60}},
           {{"weight", "kg", {}, {}}, {50, 70, 60, NAN}},
           {{"sex", {}, {"female", "male"}, {}}, {0, 1, 0, 1}},
           {{"race", {}, {"White", "Asian", "Black"}, "ancestry"}, {0, 0, 2, NAN}}}};
}

std::vector<ColumnKind> kinds_of(const Frame& frame) {
  std::vector<ColumnKind> kinds;
  for (const Column& column : frame.columns) kinds.push_back(column.kind);
  return kinds;
}

Prepared fitted(const std::vector<Step>& steps, const Frame& people) {
  REQUIRE_EQ(fault_of(steps, kinds_of(people)), std::nullopt);
  const std::vector<double> targets(people.rows.size(), 1.0);
  Prepared prepared = fit_steps(steps, people, {targets, {}, 0}, 1, stardose::test::hand_ridge);
  CHECK_EQ(fault_of(prepared), std::nullopt);
  return prepared;
}

/// Features by name.
std::map<std::string, std::vector<double>> features(const Prepared& prepared, const Frame& people) {
  const RowTable table = apply(prepared, people);
  std::map<std::string, std::vector<double>> by_name;
  for (std::size_t row = 0; row < people.rows.size(); ++row) {
    for (std::size_t k = 0; k < table.width; ++k) {
      by_name[prepared.name_of(prepared.features[k])].push_back(table.rows().row(row)[k]);
    }
  }
  return by_name;
}

std::map<std::string, std::vector<double>> features(const std::vector<Step>& steps, const Frame& people) {
  return features(fitted(steps, people), people);
}

std::optional<std::string> fault(const std::vector<Step>& steps) { return fault_of(steps, kinds_of(four_people())); }

const Step drop_categories = DropStep{{"sex", "race"}};

}  // namespace

TEST_CASE("missing numbers are filled by mean, median, mode, constant or by group") {
  Frame people = four_people();
  CHECK_EQ(features({FillStep{}, drop_categories}, people)["age"], std::vector<double>{20, 40, 40, 60});
  CHECK_EQ(features({FillStep{}, drop_categories}, people)["weight"], std::vector<double>{50, 70, 60, 60});
  CHECK_EQ(
      features({FillStep{.columns = {"age"}, .by = FillBy::constant, .value = 7}, drop_categories}, people)["age"][2],
      7);
  const Step by_sex = FillStep{.columns = {"age", "weight"}, .by = FillBy::median, .group = "sex"};
  CHECK_EQ(features({by_sex, drop_categories}, people)["age"], std::vector<double>{20, 40, 20, 60});
  CHECK_EQ(features({by_sex, drop_categories}, people)["weight"], std::vector<double>{50, 70, 60, 70});
  people.columns[0].values = {30, 30, NAN, 20};
  CHECK_EQ(features({FillStep{.columns = {"age"}, .by = FillBy::mode}, drop_categories}, people)["age"][2], 30);
}

TEST_CASE("a missing category is filled by mode, of equals the first, or by its level") {
  const Frame people = four_people();
  const Step encode = OneHotStep{};
  auto got = features({FillStep{.columns = {"race"}, .by = FillBy::mode}, encode}, people);
  CHECK_EQ(got["race=White"], std::vector<double>{1, 1, 0, 1});
  got = features({FillStep{.columns = {"race"}, .by = FillBy::constant, .level = "Asian"}, encode}, people);
  CHECK_EQ(got["race=Asian"], std::vector<double>{0, 0, 0, 1});
  // Women: White and Black, so the first; men: White alone.
  got = features({FillStep{.columns = {"race"}, .by = FillBy::mode, .group = "sex"}, encode}, people);
  CHECK_EQ(got["race=White"], std::vector<double>{1, 1, 0, 1});
}

TEST_CASE("regression fills from other columns as they were, also from missing ones") {
  Frame people;
  for (int k = 0; k < 40; ++k) {
    people.rows.push_back(std::to_string(k));
  }
  people.columns = {
      {{"height", "cm", {}, {}}, {}}, {{"weight", "kg", {}, {}}, {}}, {{"sex", {}, {"female", "male"}, {}}, {}}};
  for (int k = 0; k < 40; ++k) {
    const double sex = k % 2;
    const double weight = 50 + k;
    people.columns[0].values.push_back(k == 5 ? NAN : 100 + 0.5 * weight + 10 * sex);
    people.columns[1].values.push_back(k == 9 ? NAN : weight);
    people.columns[2].values.push_back(sex);
  }
  const Step step =
      FillStep{.columns = {"height", "weight"}, .by = FillBy::regression, .on = {"height", "weight", "sex"}};
  const Prepared prepared = fitted({step, DropStep{{"sex"}}}, people);
  auto got = features(prepared, people);
  CHECK(got["height"][5] == doctest::Approx(100 + 0.5 * 55 + 10).epsilon(1e-4));
  CHECK(got["weight"][9] == doctest::Approx(59).epsilon(1e-3));
  // Of somebody with nothing known but the sex: the mean of men.
  const Frame man{{"x"},
                  {{people.columns[0].kind, {NAN}}, {people.columns[1].kind, {NAN}}, {people.columns[2].kind, {1}}}};
  CHECK(features(prepared, man)["height"][0] == doctest::Approx(100 + 0.5 * 69.5 + 10).epsilon(0.01));
}

TEST_CASE("neighbours fill numbers by mean and categories by mode, and count what both know") {
  Frame people{{"a", "b", "c", "d", "e"},
               {{{"x", {}, {}, {}}, {0, 1, 10, 11, 0.4}},
                {{"y", {}, {}, {}}, {5, 7, 100, 200, NAN}},
                {{"kind", {}, {"low", "high"}, {}}, {0, 0, 1, 1, NAN}}}};
  const Step step = FillStep{.columns = {"y", "kind"}, .by = FillBy::neighbours, .on = {"x"}, .neighbours = 2};
  const Prepared prepared = fitted({step, OneHotStep{}}, people);
  auto got = features(prepared, people);
  CHECK_EQ(got["y"][4], 6);
  CHECK_EQ(got["kind=low"][4], 1);
  people.columns[0].values[4] = NAN;  // nothing in common with anybody: mean, and the first of the most frequent
  got = features(prepared, people);
  CHECK_EQ(got["y"][4], 78);
  CHECK_EQ(got["kind=low"][4], 1);
}

TEST_CASE("indicators are made where something is missing, before it is filled") {
  auto got = features({IndicateStep{}, FillStep{}, FillStep{.columns = {"race"}, .by = FillBy::mode}, OneHotStep{}},
                      four_people());
  CHECK_EQ(got["age missing"], std::vector<double>{0, 0, 1, 0});
  CHECK_EQ(got["race missing"], std::vector<double>{0, 0, 0, 1});
  CHECK(!got.contains("sex missing"));
}

TEST_CASE("levels become columns; rare ones share one, a reference has none, missing as declared") {
  const Frame people = four_people();
  auto got = features({OneHotStep{.columns = {"race"}, .fewest = 2, .missing = MissingLevel::zeros}, DropStep{{"sex"}}},
                      people);
  CHECK_EQ(got["race=(other)"], std::vector<double>{0, 0, 1, 0});
  CHECK(!got.contains("race=Asian"));
  got = features(
      {OneHotStep{.columns = {"race"}, .missing = MissingLevel::level, .reference = "White"}, DropStep{{"sex"}}},
      people);
  CHECK_EQ(got["race=(missing)"], std::vector<double>{0, 0, 0, 1});
  CHECK(!got.contains("race=White"));
  got = features({OneHotStep{.columns = {"race"}}, DropStep{{"sex"}}}, people);
  CHECK(std::isnan(got["race=Black"][3]));
  // One rare level keeps its name.
  Frame more = people;
  more.columns[3].values = {0, 0, 1, 1};
  CHECK(features({OneHotStep{.columns = {"race"}, .fewest = 2}, DropStep{{"sex"}}}, more).contains("race=Black"));
}

TEST_CASE("products of each pair once, none within a category; contributions count for both inputs") {
  const std::vector<Step> steps = {FillStep{}, FillStep{.columns = {"race"}, .by = FillBy::mode}, OneHotStep{},
                                   ProductStep{{"age", "race"}, {"race", "age", "sex=male"}}};
  const Prepared prepared = fitted(steps, four_people());
  auto got = features(prepared, four_people());
  CHECK_EQ(got["age * race=Black"], std::vector<double>{0, 0, 40, 0});
  CHECK(got.contains("race=White * sex=male"));
  CHECK_EQ(got.size(), 2 + 2 + 3 + 3 + 1 + 3);
  for (const Place place : prepared.features) {
    if (prepared.name_of(place) == "age * race=Black") {
      CHECK_EQ(prepared.inputs_of(place), std::vector<std::string>{"age", "ancestry"});
    }
    if (prepared.name_of(place) == "race=Black")
      CHECK_EQ(prepared.inputs_of(place), std::vector<std::string>{"ancestry"});
  }
}

TEST_CASE("transforms replace or stand beside; what has no logarithm is missing") {
  Frame people = four_people();
  people.columns[0].values = {1, 4, 0, 9};
  auto got = features(
      {TransformStep{{"age"}, Transform::sqrt, true}, TransformStep{{"age"}, Transform::log, false}, drop_categories},
      people);
  CHECK_EQ(got["sqrt(age)"], std::vector<double>{1, 2, 0, 3});
  CHECK_EQ(got["age"][0], 0);
  CHECK(std::isnan(got["age"][2]));
}

TEST_CASE("standardised columns have mean 0 and mean square 1; a constant one is 0") {
  Frame people = four_people();
  people.columns[0].values = {0.1, 0.1, 0.1, 0.1};
  people.columns[1].values = {1, 3, 1, 3};
  auto got = features({drop_categories, StandardiseStep{}}, people);
  CHECK_EQ(got["weight"], std::vector<double>{-1, 1, -1, 1});
  for (const double value : got["age"]) CHECK(std::abs(value) < 1e-15);
}

TEST_CASE("a clipped column ends so many deviations from the mean, also in people who were not there") {
  Frame people = four_people();
  people.columns[1].values = {1, 3, 1, 3};
  const std::vector<double> targets(4, 1.0);
  const Prepared prepared =
      fit_steps({drop_categories, KeepStep{{"weight"}}, StandardiseStep{{}, 3}}, people, {targets, {}, 0}, 1, {});
  people.columns[1].values = {1, 100, -100, NAN};
  const RowTable rows = apply(prepared, people);
  CHECK_EQ(rows.values[0], -1);
  CHECK_EQ(rows.values[1], 3);
  CHECK_EQ(rows.values[2], -3);
  CHECK(std::isnan(rows.values[3]));
  CHECK_EQ(fault({drop_categories, StandardiseStep{{}, -1}}), "step 2: clips at a number below 0");
}

TEST_CASE("scaled columns are multiplied, and what is missing stays so") {
  auto got = features({drop_categories, ScaleStep{{"age"}, 0.5}}, four_people());
  CHECK_EQ(got["age"][0], 10);
  CHECK_EQ(got["age"][3], 30);
  CHECK(std::isnan(got["age"][2]));
  CHECK_EQ(got["weight"][1], 70);
  CHECK_EQ(fault({drop_categories, ScaleStep{{"age"}, 0}}), "step 2: scales by a number that is not above 0");
}

TEST_CASE("filters leave out what does not vary and what is known already, and one column stays") {
  Frame people{{"a", "b", "c", "d"},
               {{{"x", {}, {}, {}}, {1, 2, 3, 4}},
                {{"minus x", {}, {}, {}}, {-2, -4, -6, -8}},
                {{"flat", {}, {}, {}}, {5, 5, 5, 5}},
                {{"z", {}, {}, {}}, {1, -1, 1, -1}}}};
  CHECK_EQ(fitted({VarianceFilterStep{}}, people).features, std::vector<Place>{0, 1, 3});
  CHECK_EQ(fitted({CorrelationFilterStep{.highest = 0.9}}, people).features, std::vector<Place>{0, 2, 3});
  CHECK_EQ(fitted({VarianceFilterStep{.lowest = 1000}}, people).features, std::vector<Place>{0});
}

TEST_CASE("principal components are those of a plane, whichever way they are worked out") {
  Frame people;
  people.columns = {{{"g1", {}, {}, {}}, {}}, {{"g2", {}, {}, {}}, {}}, {{"g3", {}, {}, {}}, {}}};
  for (int k = 0; k < 50; ++k) {
    people.rows.push_back(std::to_string(k));
    const double along = k - 24.5;
    const double across = (k % 2 == 0 ? 1 : -1) * 0.1;
    people.columns[0].values.push_back(10 + 0.6 * along - 0.8 * across);
    people.columns[1].values.push_back(20 + 0.8 * along + 0.6 * across);
    people.columns[2].values.push_back(3);
  }
  const Prepared prepared = fitted({ComponentsStep{.columns = {"g*"}, .name = "genotypes", .count = 2}}, people);
  auto got = features(prepared, people);
  CHECK(got["genotypes 1"][0] == doctest::Approx(-24.5).epsilon(1e-3));
  CHECK(std::abs(got["genotypes 2"][0]) == doctest::Approx(0.1).epsilon(0.2));
  CHECK_EQ(prepared.inputs_of(prepared.features[0]), std::vector<std::string>{"genotypes"});
  CHECK_EQ(got.size(), 2);
}

TEST_CASE("a selection keeps what the learner makes most use of") {
  Frame people{{}, {{{"noise", {}, {}, {}}, {}}, {{"signal", {}, {}, {}}, {}}, {{"faint", {}, {}, {}}, {}}}};
  std::vector<double> targets;
  for (int k = 0; k < 30; ++k) {
    people.rows.push_back(std::to_string(k));
    people.columns[0].values.push_back(k % 3);
    people.columns[1].values.push_back(k / 30.0);
    people.columns[2].values.push_back(k % 2);
    targets.push_back(10 * k / 30.0 + 0.5 * (k % 2));
  }
  const std::vector<Step> steps = {SelectStep{.learner = {"ridge", {}, {}}, .most = 2}};
  const Prepared prepared = fit_steps(steps, people, {targets, {}, 0}, 1, stardose::test::hand_ridge);
  CHECK_EQ(prepared.features, std::vector<Place>{1, 2});
}

TEST_CASE("what a declaration gets wrong is said with its step") {
  CHECK_EQ(fault({}), "sex is a category still: encode it (one hot), or drop it");
  CHECK_EQ(fault({FillStep{.columns = {"weigth"}}}), "step 1: there is no column weigth; the nearest is weight");
  CHECK_EQ(fault({drop_categories, StandardiseStep{{"wieght"}}}),
           "step 2: there is no column wieght; the nearest is weight");
  CHECK_EQ(fault({FillStep{.columns = {"sex"}}}),
           "step 1: sex is a category where a number is wanted: encode it before (one hot)");
  CHECK_EQ(fault({FillStep{.by = FillBy::regression}}), "step 1: says not which columns to fill from (on)");
  CHECK_EQ(fault({FillStep{.by = FillBy::mode, .group = "age"}}), "step 1: age is no category");
  CHECK_EQ(fault({FillStep{.columns = {"race"}, .by = FillBy::constant, .level = "Green"}}),
           "step 1: race has no level 'Green'");
  CHECK_EQ(fault({OneHotStep{.reference = "White"}}), "step 1: a category has no level 'White'");
  CHECK_EQ(fault({OneHotStep{}, ProductStep{{"age"}, {"weight"}}, ProductStep{{"age"}, {"weight"}}}),
           "step 3: two columns are named age * weight");
  CHECK_EQ(fault({KeepStep{{"race"}}, DropStep{{"race"}}}), "no column is left to learn from");
  CHECK_EQ(fault({drop_categories, ComponentsStep{}}), "step 2: components have no name");
  // A column that an earlier step left out is no fault.
  CHECK_EQ(fault({drop_categories, DropStep{{"age"}}, StandardiseStep{{"age", "weight"}}}), std::nullopt);
}

TEST_CASE("where training knows nothing, steps still have an answer") {
  Frame people = four_people();
  people.columns[0].values = {NAN, NAN, NAN, NAN};
  people.columns[3].values = {NAN, NAN, NAN, NAN};
  for (const FillBy by : {FillBy::mean, FillBy::median, FillBy::mode, FillBy::regression, FillBy::neighbours}) {
    auto got = features(
        {FillStep{.columns = {"age"}, .by = by, .on = by >= FillBy::regression ? ColumnNames{"weight"} : ColumnNames{}},
         FillStep{.columns = {"race"}, .by = FillBy::mode}, FillStep{}, OneHotStep{.fewest = 1}, StandardiseStep{}},
        people);
    CHECK_EQ(got["age"], std::vector<double>{0, 0, 0, 0});
  }
}

TEST_CASE("features that nothing fills are found before anything is learned") {
  const Frame people = four_people();
  CHECK_EQ(unfilled_feature({drop_categories}, people), "age");
  CHECK_EQ(unfilled_feature({FillStep{}, OneHotStep{}}, people), "race=White");
  CHECK_EQ(unfilled_feature({FillStep{}, OneHotStep{.missing = MissingLevel::zeros}}, people), std::nullopt);
  CHECK_EQ(unfilled_feature({FillStep{}, drop_categories, TransformStep{{"age"}, Transform::log, true}}, people),
           "log(age)");
  CHECK_EQ(unfilled_feature({FillStep{}, drop_categories, TransformStep{{"age"}, Transform::square, true}}, people),
           std::nullopt);
}
