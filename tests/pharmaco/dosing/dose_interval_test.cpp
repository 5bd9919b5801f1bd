// Intervals: which residuals count, and what they are around a dose.
#include "pharmaco/dosing/dose_interval.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "pharmaco/dosing/dose_words.h"
#include "tests/builders/dosing.h"

namespace stardose::test {

namespace {

using pharmaco::DoseEstimate;

const std::string head =
    "algorithm: a\ndrugs: [examplin]\npreferred: \"yes\"\ntitle: t\ncitation: {text: c, doi: 10.1/x}\n"
    "output: {what: dose, unit: mg/week}\ninputs: {weight: {}, smoker: {missing: unknown}}\n"
    "dose: {sum: [weight in kg, smoker: {\"yes\": 0, \"no\": 0, unknown: 0}]}\n";

pharmaco::DosingLibrary library_with(const std::string& interval, std::vector<std::string>& faults) {
  return dosing_of({{"a", head + interval}}, faults);
}

/// The interval around a dose of so many mg/week.
std::optional<pharmaco::DoseInterval> around(const std::string& text, double dose, const std::string& smoker) {
  std::vector<std::string> faults;
  const pharmaco::DosingLibrary library = library_with(text, faults);
  REQUIRE(faults.empty());
  PatientBuilder patient;
  patient.number("weight", dose);
  if (!smoker.empty()) patient.category("smoker", smoker);
  return estimate_dose(library, catalogue(), {library.algorithms.front()}, patient.build()).interval;
}

std::string fault_of(const std::string& text) {
  std::vector<std::string> faults;
  (void)library_with(text, faults);
  return faults.empty() ? "" : faults.front();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string by_smoker =
    "interval:\n  level: 0.90\n  scale: root\n  by: smoker\n  cuts: [25]\n  groups:\n"
    "    \"yes\": [{n: 70, low: -1, high: 2}, {n: 90, low: -2, high: 3, of: group}]\n"
    "    \"no\": [{n: 80, low: -6, high: 1}, {n: 80, low: -1, high: 1}]\n"
    "  at_other_sites: {\"yes\": 71.5}\n  source: s\n";

}  // namespace

TEST_SUITE("dosing: intervals") {
  TEST_CASE("residuals are added on their scale, those of the patient's group and of the dose's part of the range") {
    const auto low = around(by_smoker, 16, "yes");
    REQUIRE(low);
    CHECK(low->low == doctest::Approx(9));
    CHECK(low->high == doctest::Approx(36));
    CHECK(low->patients == 70);
    CHECK(low->group == "yes");
    CHECK(low->part == 1);
    CHECK(low->at_other_sites == 71.5);
    const auto high = around(by_smoker, 36, "no");
    REQUIRE(high);
    CHECK(high->low == doctest::Approx(25));
    CHECK(high->high == doctest::Approx(49));
    CHECK(high->part == 2);
    CHECK_FALSE(high->at_other_sites);
  }

  TEST_CASE("a dose at a cut is above it; residuals of the whole group speak of no part") {
    const auto at_cut = around(by_smoker, 25, "yes");
    REQUIRE(at_cut);
    CHECK(at_cut->high == doctest::Approx(64));
    CHECK(at_cut->part == 0);
    CHECK(around(by_smoker, 24.999, "yes")->part == 1);
  }

  TEST_CASE("no interval reaches below nothing, and there is none for a patient of an unknown group") {
    CHECK(around(by_smoker, 16, "no")->low == 0);
    CHECK_FALSE(around(by_smoker, 16, ""));
  }

  TEST_CASE("on the scale of logarithms, and plain") {
    const std::string text =
        "interval: {level: 0.8, scale: log, everyone: [{low: -0.6931471805599453, high: 1}], source: s}\n";
    const auto interval = around(text, 10, "");
    REQUIRE(interval);
    CHECK(interval->low == doctest::Approx(5));
    CHECK(interval->high == doctest::Approx(10 * std::exp(1)));
    CHECK(interval->level == 0.8);
    const auto plain =
        around("interval: {level: 0.9, scale: plain, everyone: [{low: -12, high: 4}], source: s}\n", 10, "");
    REQUIRE(plain);
    CHECK(plain->low == 0);
    CHECK(plain->high == doctest::Approx(14));
  }

  TEST_CASE("what is wrong with a file is said") {
    const std::string start = "interval:\n  level: 0.90\n  scale: root\n  source: s\n  by: ";
    CHECK(has(fault_of(start + "smoker\n  groups: {\"yes\": [{low: -1, high: 1}]}\n"),
              "one entry more than cuts for no"));
    CHECK(has(fault_of(start + "weight\n"), "not an input with categories: weight"));
    CHECK(has(fault_of("interval: {level: 0.9, scale: cube, everyone: [{low: -1, high: 1}], source: s}\n"),
              "expected plain, root or log"));
    CHECK(has(fault_of("interval: {level: 0.9, scale: log, everyone: [{low: 0.5, high: 1}], source: s}\n"),
              "expected a number in its range"));
    CHECK(has(fault_of("interval: {level: 0.9, scale: log, cuts: [3, 2], everyone: [{low: -1, high: 1}], source: s}\n"),
              "expected rising doses"));
    CHECK(has(fault_of("interval: {level: 0.9, scale: log, everyone: [{low: -1, high: 1}], source: s, "
                       "at_other_sites: {x: 4}}\n"),
              "expected a percentage for each group"));
    CHECK(has(fault_of("performance: {by: smoker, everyone: {n: 1, error: 1, within_20: 1}, groups: {}, source: s}\n"),
              "no entry for yes"));
    CHECK(has(fault_of("interactions_not_modelled: {drugs: [], source: s}\n"), "expected a list of drugs"));
  }

  TEST_CASE("warfarin: the published equation has intervals and performance for each race") {
    const DoseEstimate estimate = warfarin_case()
                                      .diplotype("CYP2C9", "*1/*1")
                                      .tested("CYP2C9", {"*2", "*3", "*5", "*6", "*8", "*11"})
                                      .genotype("rs9923231", "C", "C")
                                      .estimate("warfarin-iwpc-2009");
    REQUIRE(estimate.interval);
    CHECK(estimate.interval->low < estimate.value);
    CHECK(estimate.interval->high > estimate.value);
    CHECK(estimate.interval->group == "White");
    CHECK(estimate.interval->part == 3);
    CHECK(
        has(interval_basis(estimate), "90 % of 757 patients like this one (race: White, highest third of doses); at"));
    REQUIRE(performance_of(estimate));
    CHECK(performance_of(estimate)->patients == 1820);
    CHECK(estimate.contributions[1].tested == std::vector<std::string>{"*2", "*3", "*5", "*6", "*8", "*11"});
    CHECK(estimate.contributions[1].untested == std::vector<std::string>{"rs12777823"});
  }

  // exp(1.645 * sqrt(0.149)) = 1.887
  TEST_CASE("tacrolimus: the published variability between patients") {
    const DoseEstimate estimate = PatientBuilder{}
                                      .number("age", 50)
                                      .number("days_after_transplant", 7)
                                      .number("target_trough", 10)
                                      .category("steroid_sparing_centre", "no")
                                      .category("calcium_channel_blocker", "no")
                                      .diplotype("CYP3A5", "*1/*3")
                                      .estimate("tacrolimus-passey-2011");
    REQUIRE(estimate.interval);
    CHECK(estimate.interval->high / estimate.value == doctest::Approx(1.887).epsilon(0.001));
    CHECK(estimate.value / estimate.interval->low == doctest::Approx(1.887).epsilon(0.001));
    CHECK(interval_text(estimate) == "7.1 to 25.4 mg/day");
    CHECK(interval_basis(estimate) == "90 % of 681 patients");
  }
}

}  // namespace stardose::test
