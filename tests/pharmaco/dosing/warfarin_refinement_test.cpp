// Warfarin, the dose refined by the INR of day 4 or 5.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/builders/dosing.h"

namespace stardose::test {

using Status = pharmaco::DoseEstimate::Status;

namespace {

constexpr const char* refined = "warfarin-lenzini-2010";
constexpr const char* refined_clinically = "warfarin-lenzini-2010-clinical";

/// To the last of the three decimals that the goldens have.
doctest::Approx golden(double value) { return doctest::Approx(value).epsilon(0.0006 / value); }

/// Day 5, 5 mg a day so far.
PatientBuilder day_five(double inr) {
  return warfarin_case()
      .number("day_of_therapy", 5)
      .number("inr", inr)
      .number("dose_2_days_ago", 5)
      .number("dose_3_days_ago", 5)
      .number("dose_4_days_ago", 5);
}

PatientBuilder day_four(double inr) {
  return day_five(inr).number("day_of_therapy", 4).number("dose_2_days_ago", 2.5).number("dose_4_days_ago", 0);
}

double dose(PatientBuilder patient, const std::string& cyp2c9, const std::string& first, const std::string& second) {
  return patient.diplotype("CYP2C9", cyp2c9).genotype("rs9923231", first, second).dose(refined);
}

PatientBuilder typed(double inr) { return day_five(inr).diplotype("CYP2C9", "*1/*1").genotype("rs9923231", "C", "C"); }

}  // namespace

TEST_SUITE("warfarin: dose refinement") {
  // The equation's terms worked out beside the program, from the published coefficients.
  TEST_CASE("golden doses on day 4 and day 5") {
    CHECK(dose(day_five(1.5), "*1/*1", "C", "C") == golden(49.805));
    CHECK(dose(day_five(2), "*1/*3", "C", "T") == golden(25.069));
    CHECK(dose(day_four(3), "*2/*3", "T", "T") == golden(12.668));
    CHECK(day_five(1.5).dose(refined_clinically) == golden(39.504));
    CHECK(day_five(2).dose(refined_clinically) == golden(31.684));
    CHECK(day_four(3).dose(refined_clinically) == golden(19.330));
  }

  TEST_CASE("each term multiplies the dose, alleles as often as they are there") {
    const double none = dose(day_five(2), "*1/*1", "C", "C");
    const auto changed = [&](const PatientBuilder& patient, double exponent) {
      CHECK(patient.dose(refined) == doctest::Approx(none * std::exp(exponent)).epsilon(1e-12));
    };
    changed(typed(2).genotype("rs9923231", "C", "T"), -0.23032);
    changed(typed(2).genotype("rs9923231", "T", "T"), -2 * 0.23032);
    changed(typed(2).diplotype("CYP2C9", "*2/*2"), -2 * 0.14745);
    changed(typed(2).diplotype("CYP2C9", "*3/*3"), -2 * 0.30770);
    changed(typed(4), -0.51611 * std::log(2));
    changed(typed(2).number("age", 60), -0.0767);
    changed(typed(2).number("target_inr", 3), 0.5 * 0.26729);
    changed(typed(2).number("dose_2_days_ago", 10), 5 * 0.01690);
    changed(typed(2).number("dose_3_days_ago", 10), 5 * 0.02018);
    changed(typed(2).number("dose_4_days_ago", 10), 5 * 0.01065);
    changed(typed(2).category("stroke", "yes"), -0.20590);
    changed(typed(2).category("diabetes", "yes"), -0.11216);
    changed(typed(2).category("amiodarone", "yes"), -0.10350);
    changed(typed(2).category("fluvastatin", "yes"), -0.19275);
    changed(
        typed(2).category("race", "Black").tested("CYP2C9", {"*5", "*6", "*8", "*11"}).genotype("rs12777823", "G", "G"),
        -0.09644);
  }

  TEST_CASE("only for an INR of day 4 or 5, with the doses before it") {
    for (const double day : {1, 3, 6, 30}) {
      CAPTURE(day);
      const auto estimate = typed(2).number("day_of_therapy", day).estimate(refined);
      CHECK(estimate.status == Status::refused);
      CHECK(estimate.reasons.front() == "derived for an INR measured on day 4 or 5 of therapy only");
    }
    CHECK(typed(2).number("day_of_therapy", 4).estimate(refined).reasons ==
          std::vector<std::string>{"on day 4 of therapy there was no dose 4 days before"});
    for (const char* needed : {"day_of_therapy", "inr", "dose_2_days_ago", "dose_3_days_ago", "dose_4_days_ago"}) {
      CAPTURE(needed);
      CHECK(typed(2).without(needed).estimate(refined).status == Status::refused);
      CHECK(typed(2).without(needed).estimate(refined_clinically).status == Status::refused);
    }
  }

  TEST_CASE("a reader is told that the coefficients are second hand") {
    for (const char* algorithm : {refined, refined_clinically}) {
      CAPTURE(algorithm);
      CHECK(std::ranges::any_of(typed(2).estimate(algorithm).cautions, [](const std::string& text) {
        return text.find("unchecked against the publication") != std::string::npos;
      }));
      CHECK_FALSE(dosing().find(algorithm)->preferred);
    }
  }

  TEST_CASE("Black patients whose African alleles were not all tested are refined clinically") {
    const auto report = typed(2).category("race", "Black").report(refined);
    CHECK(report.own.status == Status::deferred);
    REQUIRE(report.instead.has_value());
    CHECK(report.instead->algorithm->id == refined_clinically);
    CHECK(report.instead->value ==
          doctest::Approx(day_five(2).dose(refined_clinically) * std::exp(0.07123)).epsilon(1e-12));
  }
}

}  // namespace stardose::test
