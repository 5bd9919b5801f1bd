// The record as a file: what is written is read, and what was touched is refused.
#include "pharmaco/twin/twin_file.h"

#include <nlohmann/json.hpp>

#include "genomics/input_error.h"
#include "tests/builders/cohort.h"
#include "tests/pharmaco/twin/twin_builder.h"

using namespace stardose::pharmaco;
using stardose::test::catalogue;
using stardose::test::empty_twin;
using stardose::test::event_of;

namespace {

TwinState full_state() {
  const Patient patient = stardose::test::PatientBuilder{}
                              .number("age", 61.5)
                              .category("race", "White")
                              .diplotype("CYP2C9", "*1/*3")
                              .tested("CYP2C9", {"*2", "*3"})
                              .genotype("rs9923231", "C", "T")
                              .build();
  TwinState state = empty_twin();
  state.covariates = patient.covariates;
  state.genetics = patient.genetics;
  state.first_dose = FirstDose{"warfarin-iwpc-2009", 25.40625, "mg/week", 14.25, 40};
  const auto tell = [&](const ToldEvent& told) {
    const auto addition = add_event(state, event_of(told), {});
    REQUIRE(addition.added);
  };
  tell({.time = "2026-03-01T18:00", .what = "dose", .value = "5 mg", .times = "4", .every = "24h"});
  tell({.time = "2026-03-04T08:00", .what = "inr", .value = "1.6"});
  tell({.time = "2026-03-04T09:00", .what = "creatinine", .value = "1.1 mg/dL"});
  tell({.time = "2026-03-05T08:00", .what = "amiodarone", .value = "yes"});
  REQUIRE_FALSE(withdraw_event(state, "inr", event_of({.time = "2026-03-04T08:00", .what = "inr", .value = "1"}).time,
                               "of \"another\" patient"));
  return state;
}

std::string why_refused(const std::string& text) {
  try {
    (void)parse_twin(text, "p.json", catalogue());
  } catch (const stardose::genomics::InputError& error) {
    return error.what();
  }
  return "";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a record that is read and written again has the same bytes") {
  const std::string text = twin_json(full_state());
  const TwinState read = parse_twin(text, "p.json", catalogue());
  CHECK_EQ(twin_json(read), text);
  CHECK_EQ(read.events, full_state().events);
  CHECK_EQ(read.genetics.genes.at("CYP2C9").result.readings, full_state().genetics.genes.at("CYP2C9").result.readings);
  CHECK_EQ(read.genetics.genes.at("CYP2C9").tested, full_state().genetics.genes.at("CYP2C9").tested);
  CHECK_EQ(read.covariates.at("age").number, 61.5);
  CHECK_EQ(read.first_dose->value, 25.40625);
}

TEST_CASE("an event is a line of the file") {
  const std::string text = twin_json(full_state());
  CHECK(text.find("\n  {\"time\":\"2026-03-01T18:00\",\"kind\":\"dose\",\"what\":\"dose\",\"value\":5,\"unit\":\"mg\","
                  "\"times\":4,\"every_minutes\":1440,\"route\":\"oral\"},\n") != std::string::npos);
}

TEST_CASE("layout does not count, content does") {
  const std::string text = twin_json(full_state());
  const auto document = nlohmann::ordered_json::parse(text);
  CHECK_EQ(why_refused(document.dump(4)), "");
  CHECK_EQ(why_refused(with(text, "\"value\":5,", "\"value\":6,")),
           "p.json: digest: the record was changed after stardose wrote it");
  CHECK_EQ(why_refused(with(text, "\"value\":1.6", "\"value\":2.6")),
           "p.json: digest: the record was changed after stardose wrote it");
}

TEST_CASE("no cut of a record is taken for one") {
  const std::string text = twin_json(full_state());
  for (std::size_t length = 0; length + 2 < text.size(); length += 7) {
    CHECK_NE(why_refused(text.substr(0, length)), "");
  }
}

TEST_CASE("what is no record says so") {
  CHECK_EQ(why_refused(""), "p.json: is no JSON, or not whole");
  CHECK_EQ(why_refused("[]"), "p.json: is no object");
  CHECK_EQ(why_refused("{}"), "p.json: has no schema");
  CHECK_EQ(why_refused(R"({"schema": "stardose/sample-report/1.4"})"),
           "p.json: schema: this is no record of a patient: stardose/sample-report/1.4");
  CHECK_EQ(why_refused(R"({"schema": "stardose/twin/2.0"})"),
           "p.json: schema: the record is of another shape: stardose/twin/2.0");
  CHECK_EQ(why_refused(std::string(100'000, '[')), "p.json: is nested too deeply for a record");
  CHECK_EQ(why_refused(R"({"schema": "stardose/twin/1.0", "digest": "x", "a": ")" + std::string(100'000, ']') +
                       "\", \"b\": " + std::string(100'000, '[')),
           "p.json: is nested too deeply for a record");
  CHECK_EQ(why_refused(R"({"schema": "stardose/twin/1.0"})"), "p.json: has no digest");
}

TEST_CASE("text that is no UTF-8 is made such before it is signed") {
  TwinState state = full_state();
  state.events.back().why = "caf\xe9";
  const std::string text = twin_json(state);
  CHECK_EQ(why_refused(text), "");
}
