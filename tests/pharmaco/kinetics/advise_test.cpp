// Forecasts and the next dose.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pharmaco/kinetics/outlook.h"
#include "pharmaco/kinetics/patient_kinetics.h"
#include "pharmaco/kinetics/regimens.h"
#include "tests/builders/kinetics.h"

namespace stardose::test {

using pharmaco::AdviceQuestion;
using pharmaco::DoseAdvice;
using pharmaco::ForecastPoint;
using pharmaco::History;
using pharmaco::Individual;
using pharmaco::KineticPrior;
using pharmaco::Regimen;
using Status = pharmaco::DoseAdvice::Status;

namespace {

constexpr const char* hamberg = "warfarin-hamberg-2010";

const KineticPrior& prior() {
  static const KineticPrior known = prior_of(hamberg, warfarin_patient(65, "*1/*1", "A/G")
                                                          .number("height", 172)
                                                          .number("weight", 77)
                                                          .category("race", "White")
                                                          .number("target_inr", 2.5));
  return known;
}

/// Days of a dose, and the INRs that a patient with these effects has on some of them.
History course(double mg, int days, const std::vector<double>& unknowns, const std::vector<double>& measured) {
  History history = daily(mg, days);
  const pharmaco::PatientKinetics patient{prior(), history};
  const auto inrs = patient.values(patient.course(unknowns), prior().model->observables.front(), measured);
  for (std::size_t k = 0; k < measured.size(); ++k) history.measurements.push_back({measured[k], "inr", inrs[k]});
  return history;
}

/// A patient who needs much less than the typical one.
Individual sensitive() { return learn(prior(), course(5, 10, {-0.2, 0, -0.5}, {3, 5, 7, 9, 10})); }

std::vector<ForecastPoint> curve(const Individual& individual, double mg, const std::vector<double>& days) {
  pharmaco::ForecastQuestion question{"inr", {}, days, pharmaco::ValueRange{2, 3}, 4.0};
  for (int day = 10; day < 40; ++day) question.planned.push_back({static_cast<double>(day), "oral", mg, 0});
  return forecast(individual, question);
}

}  // namespace

TEST_SUITE("next dose") {
  TEST_CASE("bands lie within one another, and those of a measurement are wider") {
    for (const ForecastPoint& point : curve(sensitive(), 3, {5, 11, 15, 24})) {
      CHECK(point.most.low < point.half.low);
      CHECK(point.half.low < point.median);
      CHECK(point.median < point.half.high);
      CHECK(point.half.high < point.most.high);
      CHECK(point.next_most.low < point.most.low);
      CHECK(point.next_most.high > point.most.high);
      CHECK(point.in_range + point.above <= 1 + 1e-12);
    }
  }

  TEST_CASE("without measurements the band is the prior's") {
    const Individual individual = learn(prior(), {});
    pharmaco::ForecastQuestion question{"s_warfarin", {}, {30}, {}, {}};
    for (int day = 0; day < 30; ++day) question.planned.push_back({static_cast<double>(day), "oral", 5, 0});
    const ForecastPoint point = forecast(individual, question).front();
    // A trough at steady state is in proportion to 1 / (volume (e^(k day) - 1)): from the variances of clearance
    // (0.089) and volume (0.054), with k a day = 0.60 in the typical patient.
    const double by_rate = 0.60 / (1 - std::exp(-0.60));
    const double spread = std::sqrt(by_rate * by_rate * 0.089 + (by_rate - 1) * (by_rate - 1) * 0.054);
    CHECK(std::log(point.most.high / point.most.low) == doctest::Approx(2 * 1.645 * spread).epsilon(0.05));
  }

  TEST_CASE("measurements narrow the band") {
    const auto width = [](const ForecastPoint& point) { return point.most.high - point.most.low; };
    const Individual known = sensitive();
    const Individual unknown = learn(prior(), daily(5, 10));
    CHECK(width(curve(known, 3, {24}).front()) < 0.8 * width(curve(unknown, 3, {24}).front()));
  }

  TEST_CASE("more of a dose, more INR") {
    const Individual individual = sensitive();
    double before = 0;
    for (const double mg : {1.0, 2.0, 4.0, 6.0}) {
      const double median = curve(individual, mg, {30}).front().median;
      CHECK(median > before);
      before = median;
    }
  }

  TEST_CASE("a patient who needs little is advised less than now, more time in range, and no unsafe day") {
    const DoseAdvice advice = advise_dose(sensitive(), {10, {}});
    REQUIRE(advice.status == Status::advised);
    REQUIRE(advice.continued.has_value());
    REQUIRE(advice.guideline.has_value());
    CHECK(advice.range.low == 2);
    CHECK(advice.range.high == 3);
    CHECK(advice.continued->regimen.cycle_mg == std::vector<double>{5});
    CHECK(advice.best->regimen.mg_per_day() < 5);
    CHECK(advice.best->time_in_range >= advice.continued->time_in_range);
    CHECK(advice.best->is_safe);
    CHECK(advice.because.size() == 4);
    for (const auto& outlook : {*advice.best, *advice.continued, *advice.guideline}) {
      CHECK(outlook.time_in_range + outlook.time_below + outlook.time_above == doctest::Approx(1).epsilon(1e-9));
    }
  }

  TEST_CASE("the same question has the same answer, to the bit") {
    const Individual individual = sensitive();
    const DoseAdvice one = advise_dose(individual, {10, {}});
    const DoseAdvice two = advise_dose(individual, {10, {}});
    CHECK(one.because == two.because);
    CHECK(one.best->time_in_range == two.best->time_in_range);
  }

  TEST_CASE("an INR above the bound: doses may be left out, and it is said that this is to be acted on") {
    const Individual individual = learn(prior(), course(7.5, 9, {-0.1, 0, -0.5}, {3, 5, 7, 9}));
    REQUIRE(individual.history.measurements.back().value > 4.2);
    const DoseAdvice advice = advise_dose(individual, {9, {}});
    REQUIRE(advice.status == Status::advised);
    CHECK(advice.best->regimen.mg_per_day() < 6);
    CHECK(std::ranges::any_of(advice.cautions,
                              [](const std::string& text) { return text.find("acted on") != std::string::npos; }));
    REQUIRE(advice.guideline.has_value());
    CHECK(advice.guideline->regimen.skipped > 0);
  }

  TEST_CASE("an INR so high that no dose is safe within two weeks: none is advised, but to measure again") {
    const DoseAdvice advice = advise_dose(learn(prior(), course(10, 9, {-0.5, 0, -0.7}, {3, 5, 7, 9})), {9, {}});
    CHECK(advice.status == Status::none);
    CHECK(!advice.best);
    REQUIRE(advice.reasons.size() == 1);
    CHECK(advice.reasons.front().find("measure again") != std::string::npos);
  }

  TEST_CASE("none is advised only where the least dose is not safe either, even after the most doses left out") {
    int advised = 0;
    int none = 0;
    for (double mg = 6; mg <= 11; mg += 0.5) {
      const Individual individual = learn(prior(), course(mg, 9, {-0.5, 0, -0.7}, {3, 5, 7, 9}));
      const DoseAdvice advice = advise_dose(individual, {9, {}});
      CAPTURE(mg);
      if (advice.best) {
        ++advised;
        CHECK(advice.best->is_safe);
        continue;
      }
      ++none;
      Regimen least = regimens_of(*individual.model().advice).front();
      least.skipped = 5;
      CHECK(!pharmaco::Outlook(individual, 9, 100).look(least).is_safe);
    }
    CHECK(advised > 2);
    CHECK(none > 2);
  }

  TEST_CASE("no advice: data against the model, no plan, no anchor, a day that is over") {
    History history = course(5, 10, {0, 0, 0}, {3, 5, 10});
    history.measurements.back().value = 13;
    const DoseAdvice against = advise_dose(learn(prior(), history), {10, {}});
    CHECK(against.status == Status::none);
    CHECK(!against.best);
    CHECK(against.reasons.front().starts_with("INR of 13"));

    const KineticPrior unanchored = prior_of(hamberg, warfarin_patient(65, "*1/*1", "A/G"));
    CHECK(advise_dose(learn(unanchored, daily(5, 5)), {5, {}}).status == Status::none);
    CHECK(advise_dose(sensitive(), {8, {}}).status == Status::none);

    const KineticPrior other = prior_of("warfarin-hamberg-2007", warfarin_patient(65, "*1/*1", "A/G"));
    const DoseAdvice without_plan = advise_dose(learn(other, daily(5, 5)), {5, {}});
    CHECK(without_plan.reasons.front().find("no plan") != std::string::npos);
  }

  TEST_CASE("a patient of whom nothing was told yet is advised by the prior, whenever the first dose is") {
    for (const double from : {0.0, 3.5}) {
      const DoseAdvice advice = advise_dose(learn(prior(), {}), {from, {}});
      REQUIRE(advice.status == Status::advised);
      CHECK(!advice.continued);
      CHECK(advice.best->time_in_range > 0.1);
      CHECK(std::ranges::any_of(advice.cautions, [](const std::string& text) {
        return text.find("nothing was measured yet") != std::string::npos;
      }));
    }
  }

  TEST_CASE("which doses there are: one tablet or two, in turns where allowed, near the present dose if so wanted") {
    pharmaco::AdvicePlan plan{.route = "oral", .strengths_mg = {1, 2.5, 5}, .most_mg = 7.5, .least_mg = 1};
    CHECK(doses_of(plan) == std::vector<double>{1, 2, 2.5, 3.5, 5, 6, 7.5});
    std::vector<Regimen> regimens = regimens_of(plan);
    CHECK(regimens.size() == 7);
    CHECK(turns_of(plan, regimens).empty());
    plan.alternates = true;
    const std::vector<Regimen> turns = turns_of(plan, regimens);
    CHECK(turns.size() == 6);
    regimens.insert(regimens.end(), turns.begin(), turns.end());
    CHECK(nearest_regimen(regimens, 4.3).cycle_mg == std::vector<double>{5, 3.5});
  }

  TEST_CASE("what is within reach of the present dose, or of the last one where there is no present regimen") {
    pharmaco::AdvicePlan plan{.route = "oral", .greatest_change = 0.2};
    const Regimen present{.route = "oral", .cycle_mg = {5}};
    const auto daily_dose = [](double mg) { return Regimen{.route = "oral", .cycle_mg = {mg}}; };
    const pharmaco::DoseReach near = reach_of(plan, present, {});
    CHECK(near.holds(daily_dose(4)));
    CHECK(!near.holds(daily_dose(3.9)));
    CHECK(near.holds(daily_dose(6)));
    CHECK(!near.holds(daily_dose(6.1)));

    History history = daily(5, 3);
    history.doses.back().mg = 4;
    const pharmaco::DoseReach changed = reach_of(plan, {}, history);
    CHECK(changed.holds(daily_dose(1)));
    CHECK(changed.holds(daily_dose(4.8)));
    CHECK(!changed.holds(daily_dose(4.9)));

    CHECK(reach_of(plan, {}, {}).holds(daily_dose(15)));
    CHECK(reach_of(plan, daily_dose(0), {}).holds(daily_dose(15)));
    plan.greatest_change = 0;
    CHECK(reach_of(plan, present, history).holds(daily_dose(15)));
  }

  TEST_CASE("a dose rises by a quarter at most at once, regular before or just changed") {
    const Individual regular = learn(prior(), course(2, 20, {0.4, 0, 0.9}, {8, 14, 20}));
    const DoseAdvice from_regular = advise_dose(regular, {20, {}});
    REQUIRE(from_regular.status == Status::advised);
    CHECK(from_regular.best->regimen.mg_per_day() > 2);
    CHECK(from_regular.best->regimen.mg_per_day() <= 2.5 + 1e-9);

    History history = course(2, 20, {0.4, 0, 0.9}, {8, 14, 20});
    history.doses.back().mg = 3;
    const DoseAdvice from_changed = advise_dose(learn(prior(), history), {20, {}});
    REQUIRE(from_changed.status == Status::advised);
    CHECK(!from_changed.continued);
    CHECK(from_changed.best->regimen.mg_per_day() <= 3.75 + 1e-9);
    for (const auto& outlook : from_changed.considered) CHECK(outlook.regimen.mg_per_day() <= 3.75 + 1e-9);
  }

  TEST_CASE("who takes little can take less, by turns") {
    // A quarter less than 2 mg is 1.5 mg, which only 2 and 1 mg in turns make.
    const DoseAdvice advice = advise_dose(learn(prior(), course(2, 20, {-0.5, 0, -0.7}, {8, 14, 20})), {20, {}});
    CHECK(std::ranges::any_of(advice.considered, [](const auto& outlook) {
      return outlook.regimen.cycle_mg.size() == 2 && outlook.regimen.mg_per_day() < 2;
    }));
  }

  TEST_CASE("where nothing within reach is safe the dose falls further, and it is said") {
    const DoseAdvice advice = advise_dose(learn(prior(), course(7.5, 20, {-0.2, 0, -0.3}, {8, 14, 20})), {20, {}});
    REQUIRE(advice.status == Status::advised);
    CHECK(advice.best->regimen.mg_per_day() < 0.75 * 7.5);
    CHECK(std::ranges::any_of(advice.cautions, [](const std::string& text) {
      return text.find("more than 25 % at once") != std::string::npos;
    }));
  }

  TEST_CASE("the present regimen is what the last doses show") {
    const pharmaco::KineticModel& model = *kinetics().find(hamberg);
    History history = daily(5, 4);
    CHECK(present_regimen(model, history)->cycle_mg == std::vector<double>{5});
    history.doses[3].mg = 7;
    CHECK(!present_regimen(model, history));
    history.doses[1].mg = 7;
    CHECK(present_regimen(model, history)->cycle_mg == std::vector<double>{5, 7});
    CHECK(!present_regimen(model, daily(5, 1)));
  }

  TEST_CASE("doses of a regimen: left out first, then in turns") {
    const Regimen regimen{.route = "oral", .cycle_mg = {5, 2}, .interval = 1, .skipped = 1};
    const auto doses = doses_of(regimen, 3, 6.5);
    REQUIRE(doses.size() == 3);
    CHECK(doses[0].day == 4);
    CHECK(doses[0].mg == 5);
    CHECK(doses[1].mg == 2);
    CHECK(doses[2].mg == 5);
  }
}

}  // namespace stardose::test
