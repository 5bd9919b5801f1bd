// Headings and cells: units, ranges, categories, missing values, and what spreadsheets do.
#include "pharmaco/covariates/covariate_cell.h"

#include <doctest/doctest.h>

#include "tests/builders/dosing.h"

namespace stardose::pharmaco {

namespace {

const Covariates& covariates() { return test::dosing().covariates; }

CovariateCell read(const std::string& heading, const std::string& text) {
  const auto column = read_heading(covariates(), heading);
  REQUIRE(column.has_value());
  return read_cell(covariates(), *column->covariate, column->unit, text);
}

std::string unit_of(const std::string& heading) {
  const auto column = read_heading(covariates(), heading);
  if (!column) return "no covariate";
  if (!column->unknown_unit.empty()) return "unknown unit " + column->unknown_unit;
  return column->covariate->name + (column->unit == nullptr ? "" : " in " + column->unit->name);
}

}  // namespace

TEST_SUITE("covariate cells") {
  TEST_CASE("headings name a covariate and its unit") {
    CHECK(unit_of("weight_kg") == "weight in kg");
    CHECK(unit_of("Weight (lb)") == "weight in lb");
    CHECK(unit_of("body weight [kg]") == "weight in kg");
    CHECK(unit_of("weight, kg") == "weight in kg");
    CHECK(unit_of("weight") == "weight");
    CHECK(unit_of("creatinine_umol_per_L") == "creatinine in umol/L");
    CHECK(unit_of("Serum creatinine (mg/dL)") == "creatinine in mg/dL");
    CHECK(unit_of("hematocrit_percent") == "hematocrit in %");
    CHECK(unit_of("age_decades") == "age in decades");
    CHECK(unit_of("usual_dose (mg/m2/day)") == "usual_dose in mg/m2/day");
    CHECK(unit_of("weight (stone)") == "unknown unit stone");
    CHECK(unit_of("weight change") == "no covariate");
    CHECK(unit_of("site") == "no covariate");
  }

  TEST_CASE("values are converted to one unit") {
    CHECK(read("weight_lb", "176.37").number == doctest::Approx(80).epsilon(1e-4));
    CHECK(read("height_in", "69").number == doctest::Approx(175.26));
    CHECK(read("creatinine (mg/dL)", "1").number == doctest::Approx(88.4).epsilon(1e-4));
    CHECK(read("bilirubin (mg/dL)", "1").number == doctest::Approx(17.1).epsilon(1e-3));
    CHECK(read("age_decades", "6").number == doctest::Approx(60));
    CHECK(read("target_trough (mg/L)", "0.01").number == doctest::Approx(10));
  }

  // A haematocrit of 34 taken for a fraction would change a clearance thirtyfold.
  TEST_CASE("haematocrit: percent or fraction, but never the one for the other") {
    CHECK(read("hct (%)", "34").number == doctest::Approx(0.34));
    CHECK(read("hct_fraction", "0.34").number == doctest::Approx(0.34));
    CHECK(read("hct_fraction", "34").refusal == "hematocrit is not plausible (0.1 to 0.75)");
    CHECK(read("hct_fraction", "34").help == "was it meant in %? then name the column's unit so");
    CHECK(read("hct (%)", "0.34").help == "was it meant in fraction? then name the column's unit so");
  }

  TEST_CASE("tacrolimus: mg/L or ng/mL") {
    CHECK(read("target_trough_mg/L", "10").refusal == "target_trough is not plausible (1 to 40 ng/mL)");
    CHECK(read("target_trough_mg/L", "10").help == "was it meant in ng/mL? then name the column's unit so");
  }

  TEST_CASE("what no patient has is refused, with the unit that was probably meant") {
    CHECK(read("height_cm", "1.75").refusal == "height is not plausible (25 to 260 cm)");
    CHECK(read("height_cm", "1.75").help == "was it meant in m? then name the column's unit so");
    CHECK(read("height_cm", "5.9").help == "was it meant in ft? then name the column's unit so");
    CHECK(read("weight_kg", "1750").refusal == "weight is not plausible (0.4 to 500 kg)");
    CHECK(read("weight_kg", "1750").help == "check the decimal point, and that the column's unit is kg");
    CHECK(read("weight_kg", "0").refusal == "weight is not plausible (0.4 to 500 kg)");
    CHECK(read("creatinine (mg/dL)", "90").help == "was it meant in umol/L? then name the column's unit so");
    CHECK(read("age_years", "200").refusal == "age is not plausible (0 to 120 years)");
    CHECK(read("age_years", "-1").refusal == "age is not plausible (0 to 120 years)");
  }

  TEST_CASE("missing is missing, and never 0") {
    for (const char* text : {"", ".", "NA", "na", "N/A", "NaN", "null", "unknown"}) {
      CAPTURE(text);
      for (const char* heading : {"weight_kg", "amiodarone", "usual_dose (mg/day)"}) {
        const CovariateCell cell = read(heading, text);
        CHECK_FALSE(cell.is_known);
        CHECK(cell.refusal.empty());
      }
    }
    CHECK(read("race", "Unknown").category == "Mixed or unknown");
    CHECK_FALSE(read("race", "NA").is_known);
  }

  TEST_CASE("numbers that are none") {
    CHECK(read("height_cm", "175,5").help == "write decimals with a point, not a comma");
    CHECK(read("height_cm", "tall").refusal == "height is no number");
    CHECK(read("height_cm", "60 - 69").refusal == "height is no number");
    CHECK(read("usual_dose (mg/day)", "0").refusal == "usual_dose is no dose");
  }

  TEST_CASE("a date that a spreadsheet has made is told as such") {
    for (const char* text : {"3-Feb", "03-feb", "Feb-03", "2-Mar", "2026-02-03", "3/2/2026", "Mar-1999"}) {
      CAPTURE(text);
      CHECK(is_spreadsheet_date(text));
      CHECK(read("target_inr", text).help.starts_with("a spreadsheet has made a date of it"));
      CHECK(read("race", text).help.starts_with("a spreadsheet has made a date of it"));
    }
    for (const char* text : {"2-3", "*1/*2", "A/G", "2.5", "60-69", "may", ""}) {
      CAPTURE(text);
      CHECK_FALSE(is_spreadsheet_date(text));
    }
  }

  TEST_CASE("categories have the words that people write") {
    CHECK(read("race", "Black or African American").category == "Black");
    CHECK(read("Race (OMB)", "caucasian").category == "White");
    CHECK(read("amiodarone", "1").category == "yes");
    CHECK(read("amiodarone", "No").category == "no");
    CHECK(read("race", "Latino").refusal == "race is none of its words");
    CHECK(read("race", "Asain").help == "it is one of White, Asian, Black, Mixed or unknown");
    CHECK(read("amiodarone", "2").refusal == "amiodarone is none of its words");
  }

  // -1, -8 and -9 are usual for missing; taken for 1 it made a patient take amiodarone.
  TEST_CASE("a code is no category, whatever its sign and its brackets") {
    for (const char* text : {"-1", "- 1",   "--1", "_1",   "+1",   "-9",    "-8",   "9",  "99", "1.",   "1.0", "01",
                             "-0", "- yes", "-no", "_yes", "(no)", "(yes)", "yes?", "n/", "1-", "yes-", "y-",  "0-1"}) {
      CAPTURE(text);
      for (const char* heading : {"amiodarone", "smoker", "sex", "race"}) {
        CAPTURE(heading);
        const CovariateCell cell = read(heading, text);
        CHECK_FALSE(cell.is_known);
        CHECK(cell.refusal == std::string{heading} + " is none of its words");
      }
    }
    CHECK(read("amiodarone", "-1").help == "it is one of yes, no; write NA for what is not known");
    for (const char* text : {"-", "--", "n/a", "NA", "not_known", "not-known"}) {
      CAPTURE(text);
      CHECK(read("amiodarone", text).refusal.empty());
      CHECK_FALSE(read("amiodarone", text).is_known);
    }
  }
}

}  // namespace stardose::pharmaco
