// The catalogue's kinetic models against what is published of them.
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "pharmaco/kinetics/patient_kinetics.h"
#include "tests/builders/kinetics.h"

namespace stardose::test {

using pharmaco::History;
using pharmaco::KineticPrior;
using pharmaco::PatientKinetics;

namespace {

/// The typical patient's value on a day, without what the regression says.
double typical(KineticPrior prior, const History& history, const std::string& observable, double day) {
  REQUIRE(prior.reasons == std::vector<std::string>{});
  prior.anchored.reset();
  const PatientKinetics patient{prior, history};
  const std::vector<double> none(static_cast<std::size_t>(patient.covariance().rows()), 0.0);
  const std::array<double, 1> days = {day};
  return patient.values(patient.course(none), *prior.model->find_observable(observable), days)[0];
}

/// A typical parameter on a day, in its own unit.
double parameter(const KineticPrior& prior, const std::string& name, const History& history = {}, double day = 0) {
  REQUIRE(prior.reasons == std::vector<std::string>{});
  const auto& parameters = prior.model->parameters;
  const auto found = std::ranges::find(parameters, name, &pharmaco::KineticParameter::name);
  REQUIRE(found != parameters.end());
  const auto place = static_cast<std::size_t>(found - parameters.begin());
  return PatientKinetics{prior, history}.typical_at(day)[place] / found->unit.factor;
}

PatientBuilder transplanted() {
  return PatientBuilder{}
      .number("age", 55.72)
      .number("height", 176)
      .number("weight", 76.19)
      .category("sex", "male")
      .number("albumin", 42)
      .number("creatinine", 134.98)
      .number("hematocrit", 0.34)
      .phenotype("CYP3A5", "Poor Metabolizer");
}

}  // namespace

TEST_SUITE("kinetic models") {
  TEST_CASE("Hamberg 2007: INR on day 60 of 10 mg a day, by age, CYP2C9 and VKORC1") {
    for (const PublishedInr& each : hamberg_2007_inrs) {
      CAPTURE(each.age);
      CAPTURE(each.cyp2c9);
      const auto prior = prior_of("warfarin-hamberg-2007", warfarin_patient(each.age, each.cyp2c9, each.vkorc1));
      CHECK(std::abs(typical(prior, daily(10, 60), "inr", 60) - each.inr) < 0.005);
    }
  }

  TEST_CASE("Hamberg 2010: clearance by alleles, falling with age; EC50 by alleles; half of the dose") {
    const auto of = [](double age, const char* cyp2c9, const char* vkorc1) {
      return prior_of("warfarin-hamberg-2010", warfarin_patient(age, cyp2c9, vkorc1));
    };
    CHECK(parameter(of(71, "*1/*1", "G/G"), "cl") == doctest::Approx(0.348).epsilon(1e-9));
    CHECK(parameter(of(71, "*2/*3", "G/G"), "cl") == doctest::Approx(0.0879 + 0.0422).epsilon(1e-9));
    CHECK(parameter(of(51, "*1/*1", "G/G"), "cl") == doctest::Approx(0.348 * (1 + 20 * 0.00571)).epsilon(1e-9));
    CHECK(parameter(of(71, "*1/*1", "A/G"), "ec50") == doctest::Approx(2.05 + 0.96).epsilon(1e-9));
    // At steady state as much is cleared as comes in: 5 of 10 mg a day over 24 h and 0.348 L/h.
    const double mean = 10 * 0.5 / 24 / 0.348;
    const double trough = typical(of(71, "*1/*1", "G/G"), daily(10, 90), "s_warfarin", 90);
    CHECK(trough < mean);
    CHECK(trough > 0.6 * mean);
    CHECK(parameter(of(71, "*1/*1", "G/G"), "slow") == doctest::Approx(118.3));
  }

  TEST_CASE("Passey 2011: a trough is the dose rate over clearance, and clearance falls in steps") {
    const auto day_7 = PatientBuilder{}
                           .number("age", 50)
                           .number("days_after_transplant", 3)
                           .category("steroid_sparing_centre", "no")
                           .category("calcium_channel_blocker", "no")
                           .diplotype("CYP3A5", "*1/*1");
    const KineticPrior prior = prior_of("tacrolimus-passey-2011", day_7);
    CHECK(parameter(prior, "cl", {}, 0) == doctest::Approx(76.8));
    CHECK(parameter(prior, "cl", daily(1, 10), 4) == doctest::Approx(76.8 * 0.86));
    CHECK(parameter(prior, "cl", daily(1, 10), 9) == doctest::Approx(76.8 * 0.71));
    History history;
    for (int dose = 0; dose < 60; ++dose) history.doses.push_back({dose / 2.0, "oral", 6.8, 0});
    CHECK(typical(prior, history, "level", 30) == doctest::Approx(2 * 6.8 / 24 / (76.8 * 0.71) * 1000).epsilon(1e-4));
  }

  TEST_CASE("Andrews 2019: the reference patient, each covariate, haematocrit as a fraction") {
    const auto cl = [](const PatientBuilder& patient) {
      return parameter(prior_of("tacrolimus-andrews-2019", patient), "cl");
    };
    const double bsa = std::sqrt(176 * 76.19 / 3600);
    CHECK(bsa == doctest::Approx(1.93).epsilon(1e-3));
    CHECK(cl(transplanted()) == doctest::Approx(23.0).epsilon(1e-3));
    CHECK(cl(transplanted().phenotype("CYP3A5", "Normal Metabolizer")) == doctest::Approx(23.0 * 1.631).epsilon(1e-3));
    CHECK(cl(transplanted().number("age", 25)) / cl(transplanted().number("age", 65)) ==
          doctest::Approx(1 / 0.663).epsilon(1e-3));
    CHECK(cl(transplanted().number("hematocrit", 0.17)) == doctest::Approx(23.0 * std::pow(0.5, -0.76)).epsilon(1e-3));
    CHECK(cl(transplanted().number("albumin", 21)) == doctest::Approx(23.0 * std::pow(0.5, 0.43)).epsilon(1e-3));
    CHECK(parameter(prior_of("tacrolimus-andrews-2019", transplanted()), "v1") == doctest::Approx(692).epsilon(0.05));
  }

  TEST_CASE("vancomycin: Thomson 2009 and Goti 2018 by creatinine clearance") {
    auto patient = PatientBuilder{}
                       .number("age", 60)
                       .number("weight", 72)
                       .category("sex", "male")
                       .number("creatinine", 88.4)
                       .category("haemodialysis", "no");
    // (140 - 60) x 72 / (72 x 1 mg/dL): 80 mL/min.
    CHECK(parameter(prior_of("vancomycin-thomson-2009", patient), "cl") ==
          doctest::Approx(2.99 * (1 + 0.0154 * 14)).epsilon(1e-6));
    CHECK(parameter(prior_of("vancomycin-thomson-2009", patient), "v1") == doctest::Approx(0.675 * 72).epsilon(1e-9));
    CHECK(parameter(prior_of("vancomycin-goti-2018", patient), "cl") ==
          doctest::Approx(4.5 * std::pow(80.0 / 120, 0.8)).epsilon(1e-6));
    // Above 65 years a creatinine below 1 mg/dL counts as 1; more than 150 mL/min count as 150.
    patient.number("age", 70).number("creatinine", 50);
    CHECK(parameter(prior_of("vancomycin-goti-2018", patient), "cl") ==
          doctest::Approx(4.5 * std::pow(70.0 / 120, 0.8)).epsilon(1e-6));
    patient.number("age", 20).number("creatinine", 30);
    CHECK(parameter(prior_of("vancomycin-goti-2018", patient), "cl") ==
          doctest::Approx(4.5 * std::pow(150.0 / 120, 0.8)).epsilon(1e-6));
    patient.category("haemodialysis", "yes");
    CHECK(parameter(prior_of("vancomycin-goti-2018", patient), "v1") ==
          doctest::Approx(58.4 * 72 / 70 * 0.5).epsilon(1e-6));
    CHECK(prior_of("vancomycin-thomson-2009", patient).is_refused());
  }

  TEST_CASE("busulfan, McCune 2014: size, maturity, and clearance that falls with time") {
    const auto patient =
        PatientBuilder{}.number("age", 40).number("height", 176).number("weight", 80).category("sex", "male");
    const double height = 1.76 * 1.76;
    const double fat_free = 42.92 * height * 80 / (30.93 * height + 80);
    const double size = (fat_free + 0.509 * (80 - fat_free)) / 70;
    const double maturity = 1 / (1 + std::pow((40 * 365.25 / 7 + 40) / 45.7, -2.3));
    const double expected = 11.4 * std::pow(size, 0.75) * maturity;
    const KineticPrior prior = prior_of("busulfan-mccune-2014", patient);
    History history;
    for (int dose = 0; dose < 4; ++dose) history.doses.push_back({static_cast<double>(dose), "infusion", 100, 3});
    CHECK(parameter(prior, "cl", history, 0.1) == doctest::Approx(expected).epsilon(1e-6));
    CHECK(parameter(prior, "cl", history, 1) == doctest::Approx(expected * 0.932).epsilon(1e-6));
    CHECK(parameter(prior, "cl", history, 2) == doctest::Approx(expected * 0.919).epsilon(1e-6));
    CHECK(PatientKinetics{prior, history}.course(std::vector<double>(4, 0.0)).regimes.size() > 3);
  }
}

}  // namespace stardose::test
