// Courses of kinetic systems: against formulas, against plain integration, and what must hold of any.
#include "learning/kinetics/course.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/builders/kinetic_system.h"

namespace stardose::test {

using learning::KineticCourse;
using learning::KineticSampling;
using learning::KineticState;
using learning::KineticSystem;

namespace {

/// One compartment with absorption: ka, cl, v.
KineticSystem one_compartment() {
  KineticSystem system{.parameters = 3, .compartments = 2};
  system.flows = {{0, 1, 0, {}}, {1, {}, 1, 2}};
  system.entries = {{0, 1, {}, {}}, {1, 1, {}, {}}};
  system.outputs = {{.kind = KineticSystem::Output::Kind::concentration, .of = {1, 2}}};
  return system;
}

double absorbed(double ka, double cl, double v, double dose, double time) {
  const double ke = cl / v;
  return dose * ka / (v * (ka - ke)) * (std::exp(-ke * time) - std::exp(-ka * time));
}

std::vector<double> concentrations(const KineticSystem& system, const KineticCourse& course,
                                   const std::vector<double>& times) {
  std::vector<KineticSampling> samplings;
  for (const double time : times) samplings.push_back({time, 0});
  return observe(system, course, initial_state(system, -1e-9), samplings);
}

/// Five daily doses of 10 mg by mouth.
KineticCourse clotting_course() {
  KineticCourse course{{{0, ClottingSystem::parameters()}}, {}};
  for (int day = 0; day < 5; ++day) course.doses.push_back({24.0 * day, 0, 10, 0});
  return course;
}

/// The same by plain integration.
KineticState clotting_integrated(double until) {
  const KineticSystem system = ClottingSystem::system();
  const std::vector<double> parameters = ClottingSystem::parameters();
  KineticState state = learning::initial_state(system, 0);
  for (int day = 0; day < 5; ++day) {
    state = integrated(system, parameters, state, 24.0 * day + parameters[ClottingSystem::lag], 0.01);
    state.amounts[0] += 10 * 0.5 * parameters[ClottingSystem::f];
  }
  return integrated(system, parameters, state, until, 0.01);
}

}  // namespace

TEST_SUITE("kinetics") {
  TEST_CASE("a dose by mouth follows Bateman's function, and doses add up") {
    const KineticCourse course{{{0, {1.2, 3, 40}}}, {{0, 0, 100, 0}, {12, 0, 50, 0}}};
    const auto seen = concentrations(one_compartment(), course, {0, 0.5, 3, 12, 20});
    CHECK(seen[0] == 0);
    CHECK(seen[1] == doctest::Approx(absorbed(1.2, 3, 40, 100, 0.5)).epsilon(1e-12));
    CHECK(seen[2] == doctest::Approx(absorbed(1.2, 3, 40, 100, 3)).epsilon(1e-12));
    CHECK(seen[3] == doctest::Approx(absorbed(1.2, 3, 40, 100, 12)).epsilon(1e-12));
    const double both = absorbed(1.2, 3, 40, 100, 20) + absorbed(1.2, 3, 40, 50, 8);
    CHECK(seen[4] == doctest::Approx(both).epsilon(1e-12));
  }

  TEST_CASE("absorption as fast as elimination has its limit") {
    const KineticCourse course{{{0, {0.1, 4, 40}}}, {{0, 0, 100, 0}}};
    for (const double time : {1.0, 10.0, 40.0}) {
      const double limit = 100.0 / 40 * 0.1 * time * std::exp(-0.1 * time);
      CHECK(concentrations(one_compartment(), course, {time})[0] == doctest::Approx(limit).epsilon(1e-5));
    }
  }

  TEST_CASE("an infusion rises to its plateau and falls after its end") {
    const KineticCourse course{{{0, {1, 5, 50}}}, {{0, 1, 200, 4}}};
    const auto seen = concentrations(one_compartment(), course, {2, 4, 9});
    const auto rising = [](double time) { return 50.0 / 5 * (1 - std::exp(-0.1 * time)); };
    CHECK(seen[0] == doctest::Approx(rising(2)).epsilon(1e-12));
    CHECK(seen[1] == doctest::Approx(rising(4)).epsilon(1e-12));
    CHECK(seen[2] == doctest::Approx(rising(4) * std::exp(-0.5)).epsilon(1e-12));
  }

  TEST_CASE("nothing is lost: what is eliminated and what is left is what was given") {
    KineticSystem system{.parameters = 5, .compartments = 4};
    system.flows = {{0, 1, 0, {}}, {1, 3, 1, 2}, {1, 2, 3, 2}, {2, 1, 3, 4}};
    system.entries = {{0, 1, {}, {}}, {1, 1, {}, {}}};
    system.outputs = {{.of = {1, 2}}};
    const KineticCourse course{{{0, {0.7, 2.5, 30, 6, 80}}, {20, {0.5, 1.5, 35, 6, 80}}},
                               {{0, 0, 100, 0}, {10, 1, 40, 6}, {24, 0, 60, 0}}};
    for (const double time : {16.5, 30.0, 100.0, 1000.0}) {
      const KineticState state = advance(system, course, learning::initial_state(system, 0), time);
      double sum = 0;
      for (const double amount : state.amounts) sum += amount;
      CHECK(sum == doctest::Approx(time < 20 ? 140 : 200).epsilon(1e-10));
    }
  }

  TEST_CASE("compartments, inhibition and chains are as plain integration has them") {
    const KineticSystem system = ClottingSystem::system();
    const KineticCourse course = clotting_course();
    for (const double time : {30.0, 110.0, 150.0}) {
      CAPTURE(time);
      KineticCourse until = course;
      std::erase_if(until.doses, [&](const learning::KineticDose& dose) { return dose.time > time; });
      if (time < 100) continue;
      const KineticState plain = clotting_integrated(time);
      const KineticState state = advance(system, course, learning::initial_state(system, 0), time);
      for (std::size_t k = 0; k < state.amounts.size(); ++k) {
        CHECK(state.amounts[k] == doctest::Approx(plain.amounts[k]).epsilon(1e-7));
      }
      for (std::size_t k = 0; k < state.factors.size(); ++k) {
        CHECK(state.factors[k] == doctest::Approx(plain.factors[k]).epsilon(2e-5));
      }
    }
  }

  TEST_CASE("looking on the way changes nothing, nor does stopping and going on") {
    const KineticSystem system = ClottingSystem::system();
    const KineticCourse course = clotting_course();
    const KineticState start = learning::initial_state(system, 0);
    const std::array<KineticSampling, 1> end = {{{130, 1}}};
    const double direct = observe(system, course, start, end)[0];
    const std::array<KineticSampling, 4> many = {{{3.3, 0}, {24, 1}, {77.7, 1}, {130, 1}}};
    CHECK(observe(system, course, start, many)[3] == doctest::Approx(direct).epsilon(1e-6));
    for (const double stop : {24.0, 24.5, 25.0, 80.1}) {
      const KineticState middle = advance(system, course, start, stop);
      CHECK(observe(system, course, middle, end)[0] == doctest::Approx(direct).epsilon(1e-6));
    }
  }

  TEST_CASE("doses in another order are the same doses") {
    const KineticSystem system = ClottingSystem::system();
    KineticCourse course = clotting_course();
    const std::array<KineticSampling, 1> end = {{{130, 1}}};
    const double before = observe(system, course, learning::initial_state(system, 0), end)[0];
    std::ranges::reverse(course.doses);
    CHECK(observe(system, course, learning::initial_state(system, 0), end)[0] == before);
  }

  TEST_CASE("parameters that change at a time are those of then") {
    const KineticCourse constant{{{0, {1, 5, 50}}}, {{0, 1, 100, 0}}};
    const KineticCourse changed{{{0, {1, 5, 50}}, {10, {1, 10, 50}}}, {{0, 1, 100, 0}}};
    const auto before = concentrations(one_compartment(), constant, {10, 20});
    const auto after = concentrations(one_compartment(), changed, {10, 20});
    CHECK(after[0] == doctest::Approx(before[0]).epsilon(1e-12));
    CHECK(after[1] == doctest::Approx(before[0] * std::exp(-2.0)).epsilon(1e-12));
  }
}

}  // namespace stardose::test
