// From people to predictions: the same as when it was learned, flags by name, refusals, contributions that add up.
#include "learning/predict/predictor.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "genomics/input_error.h"
#include "learning/document/json.h"
#include "learning/evaluate/train_model.h"
#include "learning/model/model_file.h"
#include "tests/builders/made_up_people.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::learning;
using stardose::test::made_up_people;

namespace {

const std::vector<Step> steps = {FillStep{}, FillStep{.columns = {"race"}, .by = FillBy::mode}, OneHotStep{},
                                 ProductStep{{"age"}, {"race"}}, StandardiseStep{}};

TrainingPlan plan_of(std::vector<Contender> contenders) {
  TrainingPlan plan{.target = {"dose", "mg/week", {0.5}, {}}, .contenders = std::move(contenders)};
  plan.schemes = {{"3-fold", {FoldKind::random, 3, 1}}};
  plan.intervals = {.level = 0.8, .group = "race", .fewest = 30};
  plan.rules = {{.kind = {"age", {}, {}, {}}, .required = true, .least = 18, .greatest = 120}};
  return plan;
}

const std::vector<Contender> ridge = {{"ridge", {{steps, {"ridge", {{"penalty", 0.01}}, {}}}}, 1}};
const std::vector<Contender> blend = {
    {"ridge", {{steps, {"ridge", {{"penalty", 0.01}}, {}}}}, 1},
    {"trees", {{{OneHotStep{}}, {"gradient_boosting", {{"rounds", 20.0}, {"depth", 3.0}}, {}}}}, 3}};

struct Trained {
  People people;
  TrainingPlan plan;
  Model model;
};

Trained trained(const std::vector<Contender>& contenders) {
  Trained made{{made_up_people(300, 1), {}}, plan_of(contenders), {}};
  made.people.groups = {made.people.data.people.rows, {*made.people.data.people.find("race")}};
  REQUIRE_EQ(fault_of(made.plan, made.people).value_or(""), "");
  const Bench bench{fit, 1, {}};
  made.model =
      train_model(made.plan, made.people, {validate(made.plan, made.plan.schemes[0], made.people, bench)}, bench);
  REQUIRE_EQ(fault_of(made.model).value_or(""), "");
  return made;
}

Model read(const std::string& text) {
  Document document{"m.json", text};
  parse_json(document);
  return read_model(document);
}

Frame one_person() {
  Frame people = rows_of(made_up_people(300, 1).people, {0});
  people.columns[1].values[0] = 70;
  people.columns[3].values[0] = 1;
  return people;
}

}  // namespace

TEST_CASE("a model predicts what was learned, alone and in a blend whose members see features of their own") {
  for (const auto& contenders : {ridge, blend}) {
    const Trained made = trained(contenders);
    const Bench bench{fit, 1, {}};
    const auto learned = learn(made.plan.contenders, made.plan.search, made.people.data, bench);
    const auto expected =
        in_own_unit(predict(made.plan.contenders, learned, made.people.data.people, 0), made.people.data);
    const auto predictions = Predictor{made.model}.predict(made.people.data.people);
    for (std::size_t row = 0; row < expected.size(); ++row) {
      REQUIRE(predictions[row].refused.empty());
      CHECK(predictions[row].values[0] == doctest::Approx(expected[row]).epsilon(1e-12));
    }
  }
}

TEST_CASE("a model with steps, intervals, card and signature comes back from its file to the bit") {
  Model model = trained(blend).model;
  model.card->title = "Made up";
  model.card->sections = {{"intended use", "None."}};
  REQUIRE_FALSE(model.card->validations.empty());
  model.card->validations[0].choices = {"ridge in 5 of 5 folds: penalty 1 in 5"};
  CHECK(read(model_json(model)) == model);
  CHECK_EQ(model_json(read(model_json(model))), model_json(model));
}

TEST_CASE("contributions and the expectation add up to the margin, input by input") {
  // XGBoost adds its trees as floats.
  for (const auto& [contenders, tolerance] : {std::pair{ridge, 1e-9}, std::pair{blend, 1e-6}}) {
    const Trained made = trained(contenders);
    const Predictor predictor{made.model};
    REQUIRE_EQ(predictor.why_no_contributions().value_or(""), "");
    for (const Prediction& prediction : predictor.predict(made.people.data.people)) {
      double sum = prediction.expectation;
      for (const InputContribution& one : prediction.contributions) sum += one.value;
      CHECK(sum == doctest::Approx(prediction.margins[0]).epsilon(tolerance));
      REQUIRE_EQ(prediction.contributions.size(), 4);
      CHECK_EQ(prediction.contributions[3].input, "ancestry");  // what the column says that it counts for
    }
  }
}

TEST_CASE("what is unusual about a person is said by name") {
  const Predictor predictor{trained(ridge).model};
  Frame people = one_person();
  CHECK(predictor.predict(people)[0].flags.empty());
  people.columns[1].values[0] = NAN;
  auto flags = predictor.predict(people)[0].flags;
  REQUIRE_EQ(flags.size(), 1);
  CHECK_EQ(flags[0].text, "weight is missing");
  CHECK(flags[0].kind == FlagKind::filled);
  people.columns[1].values[0] = 250;
  flags = predictor.predict(people)[0].flags;
  REQUIRE_EQ(flags.size(), 1);
  CHECK(flags[0].kind == FlagKind::out_of_range);
  CHECK(flags[0].text.starts_with("weight 250 kg is outside of "));
}

TEST_CASE("levels go by their names; one that the model does not know counts as missing, and is flagged") {
  const Predictor predictor{trained(ridge).model};
  Frame people = one_person();
  const double asian = predictor.predict(people)[0].values[0];
  people.columns[3].kind.levels = {"Other", "Asian", "White"};
  CHECK_EQ(predictor.predict(people)[0].values[0], asian);
  people.columns[3].values[0] = 0;
  const Prediction unseen = predictor.predict(people)[0];
  REQUIRE_EQ(unseen.flags.size(), 1);
  CHECK(unseen.flags[0].kind == FlagKind::unseen_level);
  CHECK_EQ(unseen.flags[0].text, "race is Other, which the model does not know");
  CHECK_EQ(unseen.interval->group, "");
}

TEST_CASE("who must not be predicted is refused with the reason") {
  const Predictor predictor{trained(ridge).model};
  Frame people = one_person();
  people.columns[0].values[0] = 9;
  Prediction refused = predictor.predict(people)[0];
  REQUIRE_EQ(refused.refused.size(), 1);
  CHECK_EQ(refused.refused[0], "age 9 years is outside of 18 to 120 years, which the model is for");
  CHECK(refused.values.empty());
  CHECK_FALSE(refused.interval);
  people.columns.erase(people.columns.begin());
  refused = predictor.predict(people)[0];
  REQUIRE_EQ(refused.refused.size(), 1);
  CHECK_EQ(refused.refused[0], "age is missing");
}

TEST_CASE("a value that nothing fills in is refused where the method cannot go without it") {
  Model model{.source = "made up", .outputs = {"y"}, .method = LinearModel{{1, 2}, {0}}};
  model.features = {{.name = "a", .mean = 0.0}, {.name = "b", .mean = 0.0}};
  const Predictor predictor{model};
  const Frame people{{"p"}, {{{"a", {}, {}, {}}, {1}}}};
  const Prediction refused = predictor.predict(people)[0];
  REQUIRE_EQ(refused.refused.size(), 1);
  CHECK_EQ(refused.refused[0], "b is missing, and the model has nothing to put in its place");
}

TEST_CASE("columns of another kind or unit are a fault of the table") {
  const Predictor predictor{trained(ridge).model};
  Frame people = one_person();
  CHECK_FALSE(predictor.fault_of_people(people));
  people.columns[1].kind.unit = "lb";
  CHECK_EQ(predictor.fault_of_people(people).value_or(""), "weight is in `lb`, and the model takes `kg`");
  people = one_person();
  people.columns[1].kind.levels = {"light", "heavy"};
  CHECK(predictor.fault_of_people(people));
}

TEST_CASE("a person's prediction depends on nobody else") {
  const Trained made = trained(blend);
  const Predictor predictor{made.model};
  const auto together = predictor.predict(made.people.data.people);
  for (const std::size_t row : {std::size_t{0}, std::size_t{17}, std::size_t{299}}) {
    CHECK(predictor.predict(rows_of(made.people.data.people, {row}))[0] == together[row]);
  }
}

TEST_CASE("a signature is of one model and one key") {
  const stardose::test::TempFolder folder;
  // The first key of RFC 8032, section 7.1.
  const std::string key = folder.file("key.pem",
                                      "-----BEGIN PRIVATE KEY-----\n"
                                      "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                                      "-----END PRIVATE KEY-----\n");
  Model model = trained(ridge).model;
  CHECK_EQ(signature_fault(model).value_or(""), "the model is not signed");
  model.signature = sign(model, key);
  CHECK_FALSE(signature_fault(model));
  CHECK_EQ(model.signature->key, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK_EQ(model.signature->key, stardose::genomics::public_key(key));
  CHECK(read(model_json(model)) == model);
  Model changed = model;
  changed.columns[0].greatest = 150;
  CHECK(signature_fault(changed));
  CHECK_THROWS_AS((void)read(model_json(changed)), stardose::genomics::InputError);
  Model other = model;
  other.signature->signature[0] = other.signature->signature[0] == '0' ? '1' : '0';
  CHECK(signature_fault(other));
}
