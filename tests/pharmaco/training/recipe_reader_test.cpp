// Recipes: what they say, and what is told of those that say something wrong.
#include <doctest/doctest.h>

#include <cmath>

#include "genomics/input_error.h"
#include "pharmaco/training/recipe.h"
#include "tests/builders/temp_folder.h"

using namespace stardose;
using learning::Direction;

namespace {

const std::string whole = R"(recipe: r
title: T
id: name
seed: 7
missing: ["", unknown]
keep:
  - {column: stable, is: ["1"]}
  - {column: dose, least: 0.5, below: 300}
target: {column: dose, name: weekly dose, unit: mg/week, power: 0.5}
group: site
report_by: [race]
ranges: {low: 21, high: .inf}
columns:
  age: {unit: years, required: yes, least: 18, greatest: 100}
  race: {levels: [A, B], input: ancestry}
  "*_mut": {}
steps:
  one:
    - fill: {columns: [age], by: constant, value: 50}
    - one_hot: {columns: [race], reference: A, missing: zeros}
    - scale: {columns: [age], by: 0.5}
    - standardise: {clip: 6}
  two:
    - drop: {columns: [race]}
contenders:
  - name: slopes
    learner: ridge
    settings: {penalty: 0.1}
    grid: {penalty: [1, 2, 3]}
    columns: {race: {penalty_factor: 0.25}}
    steps: one
  - name: trees
    learner: gradient_boosting
    settings: {loss: pseudo_huber}
    columns: {age: {direction: falls}}
    weight: 2
    repeats: 3
    steps: [one, two]
blends:
  - [slopes, trees]
  - [trees]
search: {kind: grouped, folds: 4, seed: 9, objective: within_20_percent}
folds:
  - {name: by site, kind: leave_one_group_out}
  - {name: 5-fold, seed: 3}
intervals: {level: 0.8, level_of: group, group: race, bands_of: outcome, edges: [21], misses: [0.1, 0.2], fewest: 50}
card:
  Limits: none known
)";

pharmaco::Recipe read(const std::string& text) {
  const test::TempFolder folder;
  return pharmaco::read_recipe(folder.file("r.yaml", text));
}

/// The recipe with some of its text replaced, and what is said of it.
std::string refusal(const std::string& from, const std::string& to) {
  std::string text = whole;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  try {
    (void)read(text.replace(at, from.size(), to));
  } catch (const genomics::InputError& error) {
    return error.what();
  }
  return "read";
}

void says(const std::string& refused, const std::string& what) {
  INFO(refused);
  CHECK(refused.find(what) != std::string::npos);
}

}  // namespace

TEST_CASE("a recipe says whom, what, how and how it is measured") {
  const pharmaco::Recipe recipe = read(whole);
  CHECK_EQ(recipe.name, "r");
  CHECK_EQ(recipe.title, "T");
  CHECK_EQ(recipe.missing, std::vector<std::string>{"", "unknown"});
  CHECK_EQ(recipe.seed, 7);
  REQUIRE_EQ(recipe.keep.size(), 2);
  CHECK_EQ(recipe.keep[0].is, std::vector<std::string>{"1"});
  CHECK_EQ(recipe.keep[1].below, 300);
  CHECK_EQ(recipe.target.power, 0.5);
  CHECK_EQ(recipe.target.name, "weekly dose");
  CHECK_EQ(recipe.group, "site");
  REQUIRE_EQ(recipe.ranges.size(), 2);
  CHECK(std::isinf(recipe.ranges[1].below));
  REQUIRE_EQ(recipe.columns.size(), 3);
  CHECK(recipe.columns[0].rule.required);
  CHECK_EQ(recipe.columns[0].rule.least, 18);
  CHECK_EQ(recipe.columns[1].rule.kind.input, "ancestry");
  REQUIRE_EQ(recipe.folds.size(), 2);
  CHECK_EQ(recipe.folds[0].plan.kind, learning::FoldKind::leave_one_group_out);
  CHECK_EQ(recipe.folds[1].plan, learning::FoldPlan{learning::FoldKind::random, 5, 3});
  REQUIRE(recipe.intervals);
  CHECK(recipe.intervals->level_of_group);
  CHECK_EQ(recipe.intervals->misses, std::vector<double>{0.1, 0.2});
  CHECK_EQ(recipe.intervals->fewest, 50);
  REQUIRE_EQ(recipe.card.size(), 1);
  CHECK_EQ(recipe.card[0].text, "none known");
}

TEST_CASE("candidates are every setting of the grid with every list of steps; what is said of columns is in each") {
  const pharmaco::Recipe recipe = read(whole);
  REQUIRE_EQ(recipe.contenders.size(), 2);
  const auto& slopes = recipe.contenders[0];
  REQUIRE_EQ(slopes.candidates.size(), 3);
  CHECK_EQ(std::get<double>(slopes.candidates[2].learner.settings.at("penalty")), 3);
  for (const auto& candidate : slopes.candidates) {
    CHECK_EQ(candidate.learner.columns.at("race").penalty_factor, 0.25);
    REQUIRE_EQ(candidate.steps.size(), 4);
    CHECK_EQ(std::get<learning::ScaleStep>(candidate.steps[2]).by, 0.5);
    CHECK_EQ(std::get<learning::StandardiseStep>(candidate.steps[3]).clip, 6);
  }
  const auto& trees = recipe.contenders[1];
  REQUIRE_EQ(trees.candidates.size(), 2);
  CHECK_EQ(trees.candidates[1].steps.size(), 1);
  CHECK_EQ(trees.candidates[0].learner.columns.at("age").direction, Direction::falls);
  CHECK_EQ(std::get<std::string>(trees.candidates[0].learner.settings.at("loss")), "pseudo_huber");
  CHECK_EQ(trees.weight, 2);
  CHECK_EQ(trees.repeats, 3);
  CHECK_EQ(recipe.search.blends, std::vector<std::vector<std::size_t>>{{0, 1}, {1}});
  CHECK_EQ(recipe.search.inner, learning::FoldPlan{learning::FoldKind::grouped, 4, 9});
  CHECK_EQ(recipe.search.objective, learning::Objective::within_20_percent);
}

TEST_CASE("responses are learned together, by kernels of their steps") {
  const std::string text = R"(recipe: r
target: {column: "drug_*"}
columns: {x: {}}
steps:
  one:
    - fill: {columns: [x], by: mean}
responses:
  kernels:
    - {name: sums, steps: one}
    - {name: near, steps: one, kernel: rbf, gamma: 0.5, weight: 3}
  penalties: [1, 10]
  fill_penalty: 4
  fill_rounds: 7
)";
  const pharmaco::Recipe recipe = read(text);
  CHECK(recipe.contenders.empty());
  REQUIRE(recipe.responses);
  REQUIRE_EQ(recipe.responses->parts.size(), 2);
  CHECK_EQ(recipe.responses->parts[0].kernel, learning::Kernel::linear);
  CHECK_EQ(recipe.responses->parts[1].kernel, learning::Kernel::rbf);
  CHECK_EQ(recipe.responses->parts[1].gamma, 0.5);
  CHECK_EQ(recipe.responses->parts[1].weight, 3);
  CHECK_EQ(recipe.responses->parts[1].steps.size(), 1);
  CHECK_EQ(recipe.responses->ridge.penalties, std::vector<double>{1, 10});
  CHECK_EQ(recipe.responses->ridge.fill_penalty, 4);
  CHECK_EQ(recipe.responses->ridge.fill_rounds, 7);
  CHECK_THROWS_WITH_AS((void)read(text + "intervals: {level: 0.9}\n"),
                       doctest::Contains("there are no intervals of responses"), genomics::InputError);
  CHECK_THROWS_WITH_AS((void)read(text + "contenders:\n  - {name: a, learner: ridge, steps: one}\n"),
                       doctest::Contains("or `responses`, and not both"), genomics::InputError);
}

// yaml-cpp goes through all keys to find one: 20,000 took 23 seconds.
TEST_CASE("tens of thousands of keys are refused as fast as one" * doctest::timeout(10)) {
  std::string text;
  for (int k = 0; k < 20'000; ++k) text += "k" + std::to_string(k) + ": {a: 1}\n";
  CHECK_THROWS_AS((void)read(text), genomics::InputError);
}

TEST_CASE("what is wrong with a recipe is said, with its line where it has one") {
  says(refusal("title: T", "titel: T"), "titel");
  says(refusal("steps: one", "steps: three"), "no such steps: three");
  says(refusal("- scale:", "- shrink:"), "no such step: shrink");
  says(refusal("direction: falls", "direction: down"), "unknown: down");
  says(refusal("- [trees]", "- [forest]"), "no such contender: forest");
  says(refusal("- [trees]", "- trees"), "expected lists of contenders");
  says(refusal("penalty: [1, 2, 3]", "penalty: 1"), "expected a list of values");
  says(refusal("edges: [21]", "edges: [21, 20]"), "expected ascending numbers");
  says(refusal("level: 0.8", "level: 1.8"), "expected a share between 0 and 1");
  says(refusal("level_of: group", "level_of: site"), "unknown: site");
  says(refusal("power: 0.5", "power: -1"), "expected 0 (the logarithm) or more");
  says(refusal("\"*_mut\": {}", "\"*_mut\": {levels: [a, b]}"), "columns named with `*` are numbers");
  says(refusal("target: {column: dose, ", "aim: {column: dose, "), "aim: unknown key");
  says(refusal("columns: {age: {direction: falls}}", "columns: [age]"), "columns");
  says(refusal("kind: grouped", "kind: by_site"), "unknown: by_site");
}
