// A recipe with every step that there is, as a user would write one.
#include <doctest/doctest.h>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Imputation of every kind, indicators, one-hot, interactions, transforms, filters, components and both selections.
const std::string every_step = R"(recipe: every-step
id: subject
columns:
  age: {unit: years}
  height: {unit: cm}
  weight: {unit: kg}
  male: {}
  race: {levels: [White, Asian, Black, Mixed or unknown]}
  smoker: {}
  rs*_count: {}
target: {column: dose, name: dose, unit: mg/week, power: 0.5}
group: site
steps:
  lasso:
    - fill: {columns: [age], by: neighbours, on: [race, male], neighbours: 3}
    - fill: {columns: [height], by: mean, group: race}
    - fill: {columns: [weight], by: regression, on: [height, age]}
    - indicate: {columns: [rs*_count], fewest: 20}
    - fill: {columns: [rs*_count, male], by: mean}
    - fill: {columns: [race, smoker], by: mode}
    - one_hot: {columns: [race]}
    - transform: {columns: [age], by: square, beside: yes}
    - products: {left: [male], right: [race, weight]}
    - standardise:
    - variance_filter: {lowest: 0.001}
    - correlation_filter: {highest: 0.95}
    - components: {columns: [rs*_count], count: 2, name: genotypes}
    - select: {learner: lasso, settings: {penalty: 0.01}, most: 12}
  forest:
    - fill: {columns: [age, weight, height, male, smoker, rs*_count], by: median}
    - fill: {columns: [race], by: neighbours, on: [height, weight]}
    - one_hot: {columns: [race], reference: White}
    - select: {learner: random_forest, settings: {trees: 30}, most: 6}
contenders:
  - {name: l, learner: ridge, steps: lasso}
  - {name: f, learner: random_forest, steps: forest, settings: {trees: 20}}
folds: [{name: 5-fold, kind: random, folds: 5, seed: 1}]
)";

}  // namespace

TEST_SUITE("program: every step") {
  TEST_CASE("every step that a recipe may have, on a made-up cohort: a prediction depends on its person alone") {
    const TempFolder files;
    const std::string recipe = files.write("r.yaml", every_step);
    const std::string cohort = std::string{STARDOSE_SOURCE_DIR} + "/data-samples/made_up_cohort.tsv";
    const std::string model = files.path() + "/m.json";
    const ProgramResult run = run_program({"train", recipe, "--data", cohort, "--output", model});
    CHECK_EQ(run.err, "");
    REQUIRE_EQ(run.exit_code, 0);
    CHECK(has(run.out, "every-step 5-fold: MAE "));
    const ProgramResult all = run_program({"score", model, "--table", cohort, "--id", "subject"});
    REQUIRE_EQ(all.exit_code, 0);
    const std::string text = file_text(cohort);
    const std::size_t second = text.find('\n', text.find('\n') + 1) + 1;
    const std::string two =
        text.substr(0, text.find('\n') + 1) + text.substr(second, text.find('\n', second) + 1 - second);
    const ProgramResult alone =
        run_program({"score", model, "--table", files.write("one.tsv", two), "--id", "subject"});
    REQUIRE_EQ(alone.exit_code, 0);
    CHECK(has(alone.out, "\nMADE_UP_2\tpredicted\t"));
    CHECK(has(all.out, alone.out.substr(alone.out.find('\n'))));
  }
}

}  // namespace stardose::tests
