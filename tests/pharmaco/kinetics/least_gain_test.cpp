// A dose that does well enough is left alone.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "pharmaco/kinetics/patient_kinetics.h"
#include "pharmaco/kinetics/regimens.h"
#include "tests/builders/kinetics.h"

namespace stardose::test {

using pharmaco::DoseAdvice;
using pharmaco::History;
using pharmaco::KineticModel;
using pharmaco::KineticPrior;
using pharmaco::Regimen;
using Status = pharmaco::DoseAdvice::Status;

namespace {

/// What is advised on day 28 to a patient with these effects who takes a dose a day, where a safe dose is changed for
/// so much more time in range.
DoseAdvice advice_for(double mg, const std::vector<double>& effects, double least_gain) {
  KineticPrior prior = prior_of("warfarin-hamberg-2010", warfarin_patient(65, "*1/*1", "A/G")
                                                             .number("height", 172)
                                                             .number("weight", 77)
                                                             .category("race", "White")
                                                             .number("target_inr", 2.5));
  KineticModel model = *prior.model;
  model.advice->least_gain = least_gain;
  prior.model = &model;
  History history = daily(mg, 28);
  const pharmaco::PatientKinetics patient{prior, history};
  const std::vector<double> days = {7, 14, 21, 28};
  const std::vector<double> inrs = patient.values(patient.course(effects), model.observables.front(), days);
  for (std::size_t k = 0; k < days.size(); ++k) history.measurements.push_back({days[k], "inr", inrs[k]});
  return advise_dose(learn(prior, history), {28, {}});
}

}  // namespace

TEST_SUITE("next dose") {
  TEST_CASE("a safe dose is left alone where no other promises the plan's gain, and what was not taken is said") {
    const DoseAdvice any = advice_for(4, {0, 0, 0}, 0);
    REQUIRE(any.status == Status::advised);
    REQUIRE(any.continued.has_value());
    REQUIRE(any.continued->is_safe);
    REQUIRE(any.best->regimen.cycle_mg != any.continued->regimen.cycle_mg);
    const double gain = any.best->time_in_range - any.continued->time_in_range;
    REQUIRE(gain > 0.05);
    CHECK(!any.runner_up);

    const DoseAdvice less = advice_for(4, {0, 0, 0}, gain - 0.03);
    CHECK(less.best->regimen.cycle_mg == any.best->regimen.cycle_mg);
    CHECK(!less.runner_up);

    const DoseAdvice more = advice_for(4, {0, 0, 0}, gain + 0.03);
    REQUIRE(more.status == Status::advised);
    CHECK(more.best->regimen.cycle_mg == std::vector<double>{4});
    REQUIRE(more.runner_up.has_value());
    CHECK(more.runner_up->regimen.cycle_mg == any.best->regimen.cycle_mg);
    CHECK(more.because.size() == any.because.size());
    CHECK(std::ranges::any_of(
        more.because, [](const std::string& text) { return text.find("is not changed") != std::string::npos; }));
  }

  TEST_CASE(
      "a dose that is not safe is changed whatever is gained, and so is one where the value is too high already") {
    const DoseAdvice high = advice_for(7.5, {-0.2, 0, -0.3}, 0.99);
    REQUIRE(high.status == Status::advised);
    CHECK(high.best->regimen.mg_per_day() < 7.5);
    CHECK(!high.runner_up);
  }
}

}  // namespace stardose::test
