// The dose of a patient who has taken nothing yet.
#include <doctest/doctest.h>

#include "pharmaco/kinetics/patient_kinetics.h"
#include "tests/builders/kinetics.h"

namespace stardose::test {

using Status = pharmaco::DoseAdvice::Status;

TEST_SUITE("next dose") {
  TEST_CASE("a first dose: nothing was taken, and nothing measured or an INR before treatment") {
    const pharmaco::KineticPrior prior = prior_of("warfarin-hamberg-2010", warfarin_patient(65, "*1/*1", "A/G")
                                                                               .number("height", 172)
                                                                               .number("weight", 77)
                                                                               .category("race", "White")
                                                                               .number("target_inr", 2.5));
    pharmaco::History measured;
    measured.measurements.push_back({0, "inr", 1.0});
    for (const pharmaco::History& history : {pharmaco::History{}, measured}) {
      for (const double from : {0.0, 1.5}) {
        const pharmaco::DoseAdvice advice = advise_dose(learn(prior, history), {from, {}});
        REQUIRE(advice.status == Status::advised);
        CHECK_FALSE(advice.continued.has_value());
        CHECK(advice.best->is_safe);
        CHECK(advice.best->regimen.mg_per_day() > 1);
        CHECK(advice.best->regimen.mg_per_day() < 10);
      }
    }
  }
}

}  // namespace stardose::test
