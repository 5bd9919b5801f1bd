// Events as people tell them: units, names, values that cannot be.
#include "pharmaco/twin/told_event.h"

#include "tests/pharmaco/twin/twin_builder.h"

using namespace stardose::pharmaco;
using stardose::test::event_of;
using stardose::test::refusal_of;
using Kind = TwinEvent::Kind;

namespace {

const std::string morning = "2026-03-02T08:00";

}  // namespace

TEST_CASE("an amount and its unit are told apart") {
  using Pair = std::pair<std::string, std::string>;
  CHECK_EQ(split_amount("1.1 mg/dL"), Pair{"1.1", "mg/dL"});
  CHECK_EQ(split_amount("5mg"), Pair{"5", "mg"});
  CHECK_EQ(split_amount(" 2.3 "), Pair{"2.3", ""});
  CHECK_EQ(split_amount("1e3 ug"), Pair{"1e3", "ug"});
  CHECK_EQ(split_amount("yes"), Pair{"yes", ""});
  CHECK_EQ(split_amount("2,3"), Pair{"2,3", ""});
}

TEST_CASE("a dose is kept in milligrams, and as it was given") {
  const TwinEvent plain = event_of({.time = morning, .what = "dose", .value = "5 mg"});
  CHECK_EQ(plain.kind, Kind::dose);
  CHECK_EQ(plain.number, 5);
  CHECK_EQ(plain.as_given, "");
  CHECK_EQ(plain.route, "oral");
  const TwinEvent micrograms = event_of({.time = morning, .what = "Warfarin", .value = "2500", .unit = "mcg"});
  CHECK_EQ(micrograms.number, doctest::Approx(2.5));
  CHECK_EQ(micrograms.as_given, "2500 ug");
  const TwinEvent course = event_of({.time = morning, .what = "dose", .value = "5 mg", .times = "14", .every = "24h"});
  CHECK_EQ(course.times, 14);
  CHECK_EQ(course.every, 1440);
}

TEST_CASE("what is measured is a measurement, everything else is the patient's own") {
  const TwinEvent inr = event_of({.time = morning, .what = "INR", .value = "2.3"});
  CHECK_EQ(inr.kind, Kind::measurement);
  CHECK_EQ(inr.what, "inr");
  const TwinEvent creatinine = event_of({.time = morning, .what = "creatinine", .value = "1.1 mg/dL"});
  CHECK_EQ(creatinine.kind, Kind::covariate);
  CHECK_EQ(creatinine.number, doctest::Approx(97.24).epsilon(1e-3));
  CHECK_EQ(creatinine.unit, "umol/L");
  CHECK_EQ(creatinine.as_given, "1.1 mg/dL");
  CHECK_EQ(event_of({.time = morning, .what = "amiodarone", .value = "yes"}).category, "yes");
  CHECK_EQ(event_of({.time = morning, .what = "race", .value = "african american"}).category, "Black");
  CHECK_EQ(event_of({.time = morning, .what = "weight_lb", .value = "154"}).number,
           doctest::Approx(69.85).epsilon(1e-3));
}

TEST_CASE("each mistake has its sentence") {
  const auto refused = [](ToldEvent told) {
    if (told.time.empty()) told.time = morning;
    return refusal_of(told);
  };
  CHECK_EQ(refused({.what = "dose", .value = "5"}), "the dose does not say its unit");
  CHECK_EQ(refused({.what = "dose", .value = "5 mg/day"}), "a dose cannot be in mg/day");
  CHECK_EQ(refused({.what = "dose", .value = "5 tablets"}), "the dose is in an unknown unit");
  CHECK_EQ(refused({.what = "dose", .value = "0 mg"}), "no dose of warfarin is so large or so small");
  CHECK_EQ(refused({.what = "dose", .value = "-5 mg"}), "no dose of warfarin is so large or so small");
  CHECK_EQ(refused({.what = "dose", .value = "5 g"}), "no dose of warfarin is so large or so small");
  CHECK_EQ(refused({.what = "dose", .value = "NA"}), "the dose has no amount");
  CHECK_EQ(refused({.what = "dose", .value = "2,5 mg"}), "the dose is no number");
  CHECK_EQ(refused({.what = "dose", .value = "5 mg", .unit = "g"}), "two units are given");
  CHECK_EQ(refused({.what = "dose", .value = "5 mg", .times = "7"}),
           "a dose that is repeated does not say how often a day");
  CHECK_EQ(refused({.what = "dose", .value = "5 mg", .times = "x", .every = "24h"}), "times is no number of doses");
  CHECK_EQ(refused({.what = "dose", .value = "5 mg", .route = "rectal"}), "route is none of warfarin");
  CHECK_EQ(refused({.what = "dose", .value = "5 mg", .over = "1h"}), "nothing is infused by the route oral");
  CHECK_EQ(refused({.what = "inr", .value = "2.3", .times = "2"}), "only a dose has times, a route or a length");
  CHECK_EQ(refused({.what = "creatinine", .value = "1.1"}), "creatinine does not say its unit");
  CHECK_EQ(refused({.what = "creatinine", .value = "1.1 kg"}), "creatinine cannot be in kg");
  CHECK_EQ(refused({.what = "weight_kg", .value = "80 lb"}), "weight is in kg and in lb");
  CHECK_EQ(refused({.what = "inr", .value = "NA"}), "inr has no value");
  CHECK_EQ(refused({.what = "amiodarone", .value = "perhaps"}).substr(0, 10), "amiodarone");
  CHECK_EQ(refused({.what = "usual_dose", .value = "5 mg"}), "usual_dose is no event");
  CHECK_EQ(refused({.what = "creatinin", .value = "1"}), "what happened has a name that is not known");
  CHECK_EQ(refused({.what = "", .value = "1"}), "nobody says what happened");
  CHECK_EQ(refused({.what = "inr", .value = "230"}), "inr is never so high or so low");
  CHECK_EQ(refused({.what = "inr", .value = "2,3"}), "inr is no number");
  CHECK_EQ(refused({.what = "inr", .value = "2.3 mg/L"}), "inr cannot be in mg/L");
  CHECK_EQ(refused({.time = "yesterday", .what = "inr", .value = "2"}), "the time cannot be read");
}

TEST_CASE("of several faults the first is told, whatever comes behind it") {
  CHECK_EQ(refusal_of({.time = "yesterday", .what = "dose", .value = "5 tablets"}), "the time cannot be read");
}

TEST_CASE("levels of a drug and its infusions") {
  const auto& units = stardose::test::dosing().covariates.units;
  const TwinSubject subject{.drug = "vancomycin",
                            .measured = {{"vancomycin", *units.find("mg/L"), 0.1, 300}},
                            .routes = {{"infusion", true, false}},
                            .least_dose = 10,
                            .greatest_dose = 5000};
  const ToldEvent infused{.time = morning, .what = "dose", .value = "1 g", .over = "90 min"};
  const TwinEvent dose = event_of(infused, subject);
  CHECK_EQ(dose.number, doctest::Approx(1000));
  CHECK_EQ(dose.over, 90);
  CHECK_EQ(dose.route, "infusion");
  CHECK_EQ(refusal_of({.time = morning, .what = "dose", .value = "1 g"}, subject),
           "an infusion does not say how long it took");
  // Where the level has the drug's name, that is what is meant.
  CHECK_EQ(event_of({.time = morning, .what = "vancomycin", .value = "12.5 mg/L"}, subject).kind, Kind::measurement);
}
