// Tacrolimus: golden doses, units that are checked by the formula, limits.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/builders/dosing.h"

namespace stardose::test {

using Status = pharmaco::DoseEstimate::Status;

namespace {

constexpr const char* passey = "tacrolimus-passey-2011";
constexpr const char* andrews = "tacrolimus-andrews-2019";

PatientBuilder passey_case() {
  return PatientBuilder{}
      .number("age", 50)
      .number("days_after_transplant", 7)
      .number("target_trough", 10)
      .category("steroid_sparing_centre", "no")
      .category("calcium_channel_blocker", "no")
      .diplotype("CYP3A5", "*1/*3");
}

/// 174.3 cm and 76.94 kg have a body surface of 1.93 m2.
PatientBuilder andrews_case() {
  return PatientBuilder{}
      .number("age", 56)
      .number("height", 174.3)
      .number("weight", 1.93 * 1.93 * 3600 / 174.3)
      .diplotype("CYP3A5", "*3/*3")
      .diplotype("CYP3A4", "*1/*1");
}

}  // namespace

TEST_SUITE("tacrolimus") {
  TEST_CASE("Passey's equation: clearance times trough, in mg a day") {
    CHECK(passey_case().dose(passey) == doctest::Approx(13.47).epsilon(0.0005));
    const double dose = passey_case().dose(passey);
    CHECK(passey_case().diplotype("CYP3A5", "*1/*1").dose(passey) == doctest::Approx(dose * 2.00 / 1.70));
    CHECK(passey_case().diplotype("CYP3A5", "*3/*3").dose(passey) == doctest::Approx(dose / 1.70));
    CHECK(passey_case().number("days_after_transplant", 5).dose(passey) == doctest::Approx(dose / 0.86));
    CHECK(passey_case().number("days_after_transplant", 10).dose(passey) == doctest::Approx(dose));
    CHECK(passey_case().number("days_after_transplant", 11).dose(passey) == doctest::Approx(dose / 0.86 * 0.71));
    CHECK(passey_case().category("steroid_sparing_centre", "yes").dose(passey) == doctest::Approx(dose * 0.70));
    CHECK(passey_case().category("calcium_channel_blocker", "yes").dose(passey) == doctest::Approx(dose * 0.94));
    CHECK(passey_case().number("age", 25).dose(passey) == doctest::Approx(dose * std::pow(0.5, -0.40)));
  }

  TEST_CASE("Passey's equation ends at day 180, begins at day 3 and knows *1 and *3") {
    CHECK(passey_case().number("days_after_transplant", 2).estimate(passey).status == Status::refused);
    CHECK(passey_case().number("days_after_transplant", 181).estimate(passey).status == Status::refused);
    CHECK(passey_case().number("age", 17).estimate(passey).status == Status::refused);
    const auto estimate = passey_case().diplotype("CYP3A5", "*1/*6").estimate(passey);
    CHECK(estimate.reasons == std::vector<std::string>{
                                  "CYP3A5 diplotype is missing: the algorithm has no term for CYP3A5*6 (No function)"});
  }

  TEST_CASE("Andrews' starting dose: 5 mg twice a day for the reference patient") {
    const double dose = andrews_case().dose(andrews);
    CHECK(dose == doctest::Approx(22.5 * 222 / 1000).epsilon(1e-9));
    CHECK(*mg_per_day(*dosing().find(andrews), dose) == doctest::Approx(2 * dose));
    CHECK(andrews_case().diplotype("CYP3A5", "*1/*3").dose(andrews) == doctest::Approx(dose * 1.62));
    CHECK(andrews_case().diplotype("CYP3A5", "*1/*1").dose(andrews) == doctest::Approx(dose * 1.62));
    CHECK(andrews_case().diplotype("CYP3A4", "*1/*22").dose(andrews) == doctest::Approx(dose * 0.814));
    CHECK(andrews_case().number("age", 28).dose(andrews) == doctest::Approx(dose * std::sqrt(2.0)));
    CHECK(andrews_case().number("weight", 2 * 1.93 * 1.93 * 3600 / 174.3).dose(andrews) ==
          doctest::Approx(dose * std::pow(2, 0.36)));
  }

  TEST_CASE("Andrews' equation: an unknown CYP3A4 is as *1 and said so, an unknown CYP3A5 gives no dose") {
    auto patient =
        PatientBuilder{}.number("age", 56).number("height", 174.3).number("weight", 76).diplotype("CYP3A5", "*3/*3");
    const auto estimate = patient.estimate(andrews);
    CHECK(estimate.status == Status::dosed);
    const auto assumed = std::ranges::find_if(
        estimate.inputs, [](const auto& used) { return used.value.state == pharmaco::InputValue::State::assumed; });
    REQUIRE(assumed != estimate.inputs.end());
    CHECK(assumed->input->gene == "CYP3A4");
    patient.phenotype("CYP3A5", "Indeterminate");
    CHECK(patient.estimate(andrews).status == Status::refused);
  }

  TEST_CASE("outside of what the equation was derived from the dose is marked") {
    CHECK(andrews_case().estimate(andrews).flags.empty());
    CHECK(andrews_case().number("weight", 200).estimate(andrews).flags.size() == 1);
    CHECK(andrews_case().number("age", 85).number("days_after_transplant", 3).estimate(andrews).flags.size() == 2);
  }

  TEST_CASE("the two equations are compared as doses a day") {
    auto patient = passey_case().number("height", 174.3).number("weight", 1.93 * 1.93 * 3600 / 174.3).number("age", 56);
    const auto report = patient.report(passey);
    REQUIRE(report.comparators.size() == 1);
    CHECK(*report.comparators[0].value == doctest::Approx(2 * patient.dose(andrews)));
  }
}

}  // namespace stardose::test
