// What recipes say of learners and of columns.
#include "pharmaco/training/step_reader.h"

#include <doctest/doctest.h>

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

}  // namespace stardose::pharmaco
