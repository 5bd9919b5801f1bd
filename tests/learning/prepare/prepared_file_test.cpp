// Fitted steps as part of a file: what is written is read back, and damage is told.
#include "learning/prepare/prepared_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

#include "genomics/input_error.h"
#include "learning/document/json.h"
#include "learning/prepare/fit_steps.h"
#include "tests/builders/hand_ridge.h"
#include "tests/builders/made_up_people.h"

using namespace stardose::learning;
using stardose::genomics::InputError;

namespace {

Prepared all_kinds() {
  const Dataset data = stardose::test::made_up_people(100, 3);
  const std::vector<double> targets = learned_targets(data);
  const std::vector<Step> steps = {IndicateStep{.columns = {"weight", "race"}},
                                   FillStep{.columns = {"weight"}, .by = FillBy::neighbours, .on = {"age", "race"}},
                                   FillStep{.columns = {"age"}, .by = FillBy::regression, .on = {"weight", "sex"}},
                                   FillStep{.columns = {"race"}, .by = FillBy::mode, .group = "sex"},
                                   OneHotStep{.fewest = 3, .missing = MissingLevel::level},
                                   TransformStep{{"age"}, Transform::square, true},
                                   ProductStep{{"age"}, {"sex"}},
                                   StandardiseStep{{}, 5},
                                   ComponentsStep{.columns = {"age", "weight"}, .name = "build", .count = 2},
                                   VarianceFilterStep{}};
  return fit_steps(steps, data.people, {targets, {}, 0}, 1, stardose::test::hand_ridge);
}

std::string text_of(const Prepared& prepared) {
  JsonText json;
  write_prepared(json, prepared);
  return json.take();
}

Prepared read(const std::string& text) {
  Document document{"m.json", text};
  parse_json(document);
  return read_prepared(Field::root(document), all_kinds().columns);
}

std::string refusal(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  try {
    const Prepared prepared = read(text.replace(at, from.size(), to));
    return fault_of(prepared).value_or("read");
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("steps of every kind come back to the bit and do the same") {
  const Prepared prepared = all_kinds();
  REQUIRE_EQ(fault_of(prepared), std::nullopt);
  const Prepared back = read(text_of(prepared));
  CHECK(back == prepared);
  CHECK_EQ(text_of(back), text_of(prepared));
  const Dataset others = stardose::test::made_up_people(40, 8);
  const RowTable rows = apply(prepared, others.people);
  const RowTable again = apply(back, others.people);
  REQUIRE_EQ(rows.values.size(), again.values.size());
  CHECK_EQ(std::memcmp(rows.values.data(), again.values.data(), rows.values.size() * sizeof(double)), 0);
}

TEST_CASE("a row's features depend on the row alone") {
  const Prepared prepared = all_kinds();
  const Dataset others = stardose::test::made_up_people(30, 8);
  const RowTable together = apply(prepared, others.people);
  for (std::size_t row = 0; row < 30; ++row) {
    const RowTable alone = apply(prepared, rows_of(others.people, {row}));
    CHECK(std::ranges::equal(alone.values, together.rows().row(row)));
  }
}

TEST_CASE("damage is told with its place") {
  const std::string text = text_of(all_kinds());
  CHECK_EQ(refusal(text, "\"step\":\"one_hot\"", "\"step\":\"two_hot\""),
           "m.json: steps[5].step: a word that is not known: two_hot");
  CHECK_EQ(refusal(text, "\"column\":\"weight\"", "\"column\":\"height\""),
           "m.json: steps[0].column: no such column: height");
  CHECK_EQ(refusal(text, "\"why\"", "\"because\""), "m.json: steps[6]: has `because`, which is not known");
  CHECK_EQ(refusal(text, "\"neighbours\":5", "\"neighbours\":0"),
           "prepare step 3: has a number that is not finite, or a scale that is not positive");
  CHECK_EQ(refusal(text, "\"centres\":[", "\"centres\":[0,"), "prepare step 14: has numbers for other columns");
  CHECK_EQ(refusal(text, "\"left\":\"age\"", "\"left\":\"sex\""),
           "prepare step 11: takes a category, or a column that is not there yet, for a number");
}
