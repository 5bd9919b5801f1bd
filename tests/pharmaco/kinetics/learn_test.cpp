// Learning a patient: the anchored prior, what measurements change, and when they are not to be believed.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pharmaco/kinetics/patient_kinetics.h"
#include "tests/builders/kinetics.h"

namespace stardose::test {

using pharmaco::History;
using pharmaco::Individual;
using pharmaco::KineticPrior;
using pharmaco::PatientKinetics;

namespace {

constexpr const char* hamberg = "warfarin-hamberg-2010";

PatientBuilder complete(const char* cyp2c9 = "*1/*3", const char* vkorc1 = "A/G") {
  return warfarin_patient(60, cyp2c9, vkorc1)
      .number("height", 175)
      .number("weight", 80)
      .category("race", "White")
      .number("target_inr", 2.5);
}

std::vector<double> values_of(const KineticPrior& prior, const History& history, const std::vector<double>& unknowns,
                              const std::vector<double>& days) {
  const PatientKinetics patient{prior, history};
  return patient.values(patient.course(unknowns), prior.model->observables.front(), days);
}

/// Ten days of 5 mg with the INRs that this patient would have.
History measured(const KineticPrior& prior, const std::vector<double>& unknowns) {
  History history = daily(5, 10);
  const std::vector<double> days = {3, 5, 7, 10};
  const std::vector<double> inrs = values_of(prior, history, unknowns, days);
  for (std::size_t k = 0; k < days.size(); ++k) history.measurements.push_back({days[k], "inr", inrs[k]});
  return history;
}

}  // namespace

TEST_SUITE("learning a patient") {
  TEST_CASE("the typical patient of the prior needs the dose of the regression") {
    const KineticPrior prior = prior_of(hamberg, complete());
    REQUIRE(prior.anchored.has_value());
    CHECK(prior.anchored->algorithm == "warfarin-iwpc-2009");
    CHECK(prior.anchored->mg_per_day * 7 == doctest::Approx(complete().dose("warfarin-iwpc-2009")).epsilon(1e-9));
    CHECK(prior.anchored->target == 2.5);
    const double inr = values_of(prior, daily(prior.anchored->mg_per_day, 120), {0, 0, 0}, {120})[0];
    CHECK(inr == doctest::Approx(2.5).epsilon(1e-4));
    // Without the anchor the same dose gives another INR: the model alone would have given more.
    KineticPrior own = prior;
    own.anchored.reset();
    CHECK(values_of(own, daily(prior.anchored->mg_per_day, 120), {0, 0, 0}, {120})[0] < 2.4);
  }

  TEST_CASE("where the regression has no dose the prior is the model's own, and that is said") {
    const KineticPrior prior = prior_of(hamberg, warfarin_patient(60, "*1/*1", "G/G"));
    CHECK(!prior.is_refused());
    CHECK(!prior.anchored);
    CHECK(std::ranges::any_of(
        prior.cautions, [](const std::string& text) { return text.find("height is missing") != std::string::npos; }));
  }

  TEST_CASE("children, unknown genes and other targets are refused with the reason") {
    CHECK(prior_of(hamberg, warfarin_patient(15, "*1/*1", "G/G")).reasons ==
          std::vector<std::string>{"derived in adults"});
    CHECK(prior_of(hamberg, complete().number("target_inr", 3.5)).is_refused());
    const KineticPrior unknown = prior_of(hamberg, PatientBuilder{}.number("age", 50));
    CHECK(unknown.reasons.size() == 2);
  }

  TEST_CASE("without measurements the patient is the typical one, with the prior's spread") {
    const KineticPrior prior = prior_of(hamberg, complete());
    const Individual individual = learn(prior, daily(5, 3));
    CHECK(individual.surprise == 1);
    CHECK(individual.contradictions.empty());
    REQUIRE(individual.parameters.size() == 3);
    for (const auto& parameter : individual.parameters) CHECK(parameter.estimate == doctest::Approx(parameter.typical));
    const double spread = std::exp(1.645 * std::sqrt(0.089));
    CHECK(individual.parameters[0].high / individual.parameters[0].typical == doctest::Approx(spread).epsilon(0.06));
  }

  TEST_CASE("measurements move the patient to where they come from") {
    const KineticPrior prior = prior_of(hamberg, complete());
    const Individual individual = learn(prior, measured(prior, {-0.2, 0, -0.6}));
    const auto& ec50 = individual.parameters.back();
    CHECK(ec50.estimate < 0.75 * ec50.typical);
    CHECK(ec50.high < ec50.typical * std::exp(1.645 * std::sqrt(0.34)));
    CHECK(individual.contradictions.empty());
    for (const auto& fit : individual.fits) {
      CHECK(std::abs(fit.deviations) < 1);
      CHECK(fit.fitted > fit.typical);
    }
    CHECK(individual.sample.effective_size > 200);
  }

  TEST_CASE("the same events in another order give the same bits") {
    const KineticPrior prior = prior_of(hamberg, complete());
    History history = measured(prior, {0.2, 0, -0.5});
    const Individual before = learn(prior, history);
    std::ranges::reverse(history.doses);
    std::ranges::reverse(history.measurements);
    const Individual after = learn(prior, history);
    CHECK(before.map.unknowns == after.map.unknowns);
    CHECK(before.sample.weights == after.sample.weights);
  }

  TEST_CASE("measurements that no such patient has contradict the model") {
    const KineticPrior prior = prior_of(hamberg, complete());
    History history = measured(prior, {0, 0, 0});
    history.measurements.back().value = 12;
    const Individual individual = learn(prior, history);
    CHECK(individual.surprise < 1e-3);
    REQUIRE(!individual.contradictions.empty());
    CHECK(individual.contradictions.front().starts_with("INR of 12 on day 10"));
  }

  TEST_CASE("a patient who leaves the limits is no longer the model's") {
    const auto patient =
        PatientBuilder{}.number("age", 60).number("weight", 72).category("sex", "male").number("creatinine", 88.4);
    const KineticPrior prior = prior_of("vancomycin-thomson-2009", patient);
    History history;
    history.doses = {{0, "infusion", 1000, 1}, {0.5, "infusion", 1000, 1}};
    CHECK(learn(prior, history).contradictions.empty());
    history.changes = {{1, "haemodialysis", {.state = pharmaco::InputValue::State::given, .category = "yes"}}};
    CHECK(learn(prior, history).contradictions.size() == 1);
  }

  TEST_CASE("a change of creatinine changes clearance from then on") {
    const auto patient =
        PatientBuilder{}.number("age", 60).number("weight", 72).category("sex", "male").number("creatinine", 88.4);
    const KineticPrior prior = prior_of("vancomycin-thomson-2009", patient);
    History history;
    history.doses = {{0, "infusion", 1000, 1}};
    const auto before = values_of(prior, history, {0, 0, 0, 0}, {0.9, 2});
    history.changes = {{1, "creatinine", {.state = pharmaco::InputValue::State::given, .number = 177}}};
    const auto after = values_of(prior, history, {0, 0, 0, 0}, {0.9, 2});
    CHECK(after[0] == before[0]);
    CHECK(after[1] > before[1]);
  }

  TEST_CASE("occasions: clearance of another week is another") {
    const auto patient = PatientBuilder{}
                             .number("age", 50)
                             .number("height", 175)
                             .number("weight", 75)
                             .category("sex", "male")
                             .number("albumin", 40)
                             .number("creatinine", 130)
                             .number("hematocrit", 0.33)
                             .phenotype("CYP3A5", "Poor Metabolizer");
    const KineticPrior prior = prior_of("tacrolimus-andrews-2019", patient);
    History history;
    for (int dose = 0; dose < 28; ++dose) history.doses.push_back({dose / 2.0, "oral", 5, 0});
    history.measurements = {{6.5, "level_lcms", 8}, {13, "level_lcms", 14}};
    const PatientKinetics kinetics{prior, history};
    CHECK(kinetics.covariance().rows() == 6);
    const auto course = kinetics.course(std::vector<double>{0, 0, 0, 0, 0.1, -0.1});
    CHECK(course.regimes[0].parameters[2] > course.regimes[1].parameters[2]);
    const Individual individual = learn(prior, history);
    CHECK(individual.contradictions.empty());
    CHECK(individual.map.unknowns[4] > individual.map.unknowns[5]);
  }

  TEST_CASE("a history that the model cannot use is told of") {
    const pharmaco::KineticModel& model = *kinetics().find(hamberg);
    History history = daily(5, 2, "infusion");
    CHECK(fault_of(model, history)->find("no route `infusion`") != std::string::npos);
    history = daily(-1, 2);
    CHECK(fault_of(model, history).has_value());
    history = daily(5, 2);
    CHECK(!fault_of(model, history));
    history.measurements = {{1, "level", 3}};
    CHECK(fault_of(model, history)->find("no observable `level`") != std::string::npos);
    history.measurements = {{1, "inr", 250}};
    CHECK(fault_of(model, history)->find("not between") != std::string::npos);
  }
}

}  // namespace stardose::test
