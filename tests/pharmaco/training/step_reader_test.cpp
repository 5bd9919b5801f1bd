// What recipes say of learners and of columns.
#include "pharmaco/training/step_reader.h"

#include <doctest/doctest.h>

#include "pharmaco/training/step_kinds.h"

namespace stardose::pharmaco {

namespace {

using learning::ColumnPrior;
using learning::Direction;
using learning::LearnerSpec;

struct Read {
  LearnerSpec spec;
  std::vector<std::string> faults;
};

Read learner_of(const std::string& text) {
  CatalogueFaults faults{"r.yaml"};
  const RecipeFields fields{
      "r.yaml", YAML::Load(text), {"learner", "settings", "members", "columns", "weight"}, faults};
  Read read{read_learner("r.yaml", fields, faults), {}};
  read.faults = faults.lines();
  return read;
}

bool has(const std::vector<std::string>& faults, const std::string& part) {
  return std::ranges::any_of(faults, [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("learners say what is known of columns, and members say theirs") {
  const Read read = learner_of(R"(
learner: average
members:
  - learner: gradient_boosting
    columns: {VKORC1: {direction: falls}, weight: {direction: rises}}
  - {learner: lasso, columns: {age: {penalty_factor: 0}}}
)");
  CHECK(read.faults.empty());
  CHECK(read.spec.columns.empty());
  REQUIRE_EQ(read.spec.members.size(), 2);
  CHECK_EQ(read.spec.members[0].columns.at("VKORC1"), ColumnPrior{.direction = Direction::falls});
  CHECK_EQ(read.spec.members[0].columns.at("weight"), ColumnPrior{.direction = Direction::rises});
  CHECK_EQ(read.spec.members[1].columns.at("age"), ColumnPrior{.penalty_factor = 0});
  CHECK_FALSE(fault_of(read.spec));
}

TEST_CASE("what cannot be said of columns is refused by name") {
  CHECK(has(learner_of("{learner: lasso, columns: {age: {penalty: 2}}}").faults, "penalty"));
  CHECK(has(learner_of("{learner: lasso, columns: {age: {penalty_factor: much}}}").faults, "penalty_factor"));
  CHECK(has(learner_of("{learner: lasso, columns: {age: {direction: up}}}").faults, "direction: unknown: up"));
  CHECK(has(learner_of("{learner: lasso, columns: {age: 2}}").faults, "age: expected `penalty_factor`"));
  CHECK(has(learner_of("{learner: lasso, columns: [age]}").faults, "columns: expected `feature: {"));
}

TEST_CASE("a step that selects has what is said of columns beside the columns that it selects from") {
  CatalogueFaults faults{"r.yaml"};
  const auto steps = read_steps(
      "r.yaml", YAML::Load("- select: {columns: ['g*'], learner: lasso, learner_columns: {g1: {penalty_factor: 0.5}}}"),
      faults);
  CHECK(faults.none());
  REQUIRE_EQ(steps.size(), 1);
  const auto& step = std::get<learning::SelectStep>(steps.front());
  CHECK_EQ(step.columns, learning::ColumnNames{"g*"});
  CHECK_EQ(step.learner.columns.at("g1"), ColumnPrior{.penalty_factor = 0.5});
}

TEST_CASE("every step of the table is read with every key that it has there, and without any") {
  for (const StepKind& kind : step_kinds()) {
    CAPTURE(kind.name);
    const std::string name{kind.name};
    std::string keys;
    for (const StepKey& key : kind.keys) {
      CHECK_FALSE(key.meaning.empty());
      keys += (keys.empty() ? "" : ", ") + std::string{key.name} + ": ~";
    }
    CatalogueFaults faults{"r.yaml"};
    (void)read_steps("r.yaml", YAML::Load("[" + name + ": {" + keys + "}]"), faults);
    CHECK_FALSE(has(faults.lines(), "unknown key"));
    CatalogueFaults bare{"r.yaml"};
    const auto steps = read_steps("r.yaml", YAML::Load("[" + name + ", " + name + ": ]"), bare);
    CHECK_EQ(steps.size(), 2);
    CHECK_EQ(bare.none(), kind.name != "components" && kind.name != "select");  // these must say a name, a learner
  }
}

TEST_CASE("a key or a step that is not known is told with those that are") {
  const auto faults_of = [](const std::string& text) {
    CatalogueFaults faults{"r.yaml"};
    (void)read_steps("r.yaml", YAML::Load(text), faults);
    return faults.lines();
  };
  using Lines = std::vector<std::string>;
  CHECK_EQ(faults_of("[variance_filter: {least: 0.1}]"),
           Lines{"r.yaml:1: least: unknown key; there are columns, lowest"});
  CHECK_EQ(faults_of("[correlation_filter: {higest: 0.1}]"),
           Lines{"r.yaml:1: higest: unknown key; did you mean `highest`? There are columns, highest"});
  CHECK_EQ(faults_of("[components: {count: 2}]"),
           Lines{"r.yaml:1: name: the key is missing; it says what the components are called: `NAME 1`, `NAME 2`"});
  CHECK_EQ(faults_of("[fill: {by: average}]"),
           Lines{"r.yaml:1: by: unknown: average; there are mean, median, mode, constant, regression, neighbours"});
  const Lines steps = faults_of("[standardize, [fill], {fill: , drop: }]");
  REQUIRE_EQ(steps.size(), 3);
  CHECK(steps[0].starts_with(
      "r.yaml:1: no such step: standardize; did you mean `standardise`? There are components, correlation_filter, "));
  CHECK(has(steps, "expected a step, such as"));
}

}  // namespace stardose::pharmaco
