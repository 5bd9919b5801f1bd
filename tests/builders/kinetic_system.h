// Kinetic systems for tests, and a plain integration of theirs to hold the solver against.
#pragma once

#include <cmath>
#include <vector>

#include "learning/kinetics/course.h"

namespace stardose::test {

/// Gut, blood, tissue, and two chains that the concentration in blood inhibits; parameters in this order.
struct ClottingSystem {
  enum Parameter : std::size_t { ka, cl, v1, q, v2, f, lag, ec50, hill, fast, slow, base, shift, power, count };

  static learning::KineticSystem system() {
    learning::KineticSystem system{.parameters = count, .compartments = 3};
    system.flows = {{0, 1, ka, {}}, {1, {}, cl, v1}, {1, 2, q, v1}, {2, 1, q, v2}};
    system.entries = {{0, 0.5, f, lag}, {1, 1, {}, {}}};
    system.inhibitions = {{{1, v1}, ec50, hill, {}}};
    system.chains = {{0, 6, fast}, {0, 1, slow}};
    system.outputs = {{.kind = learning::KineticSystem::Output::Kind::concentration, .of = {1, v1}},
                      {.kind = learning::KineticSystem::Output::Kind::product,
                       .chains = {0, 1},
                       .base = base,
                       .shift = shift,
                       .power = power}};
    system.first_step = 0.2;
    system.longest_step = 6;
    return system;
  }

  /// Hours, milligrams and litres.
  static std::vector<double> parameters() {
    return {2, 0.374, 13.8, 0.131, 6.59, 0.9, 0.5, 4.61, 0.424, 11.6, 120, 1, 20, 3.61};
  }
};

/// Runge and Kutta's fourth order with short steps: nothing in common with the solver but the equations.
inline learning::KineticState integrated(const learning::KineticSystem& system, const std::vector<double>& parameters,
                                         learning::KineticState state, double until, double step) {
  using State = std::vector<double>;
  const auto slopes = [&](const State& at) {
    State by(at.size(), 0.0);
    for (const auto& flow : system.flows) {
      const double rate = parameters[flow.rate] / (flow.volume ? parameters[*flow.volume] : 1);
      by[flow.from] -= rate * at[flow.from];
      if (flow.to) by[*flow.to] += rate * at[flow.from];
    }
    std::size_t first = system.compartments;
    for (const auto& chain : system.chains) {
      const auto& inhibition = system.inhibitions[chain.inhibition];
      const double concentration = at[inhibition.of.compartment] / parameters[inhibition.of.volume];
      const double hill = inhibition.hill ? parameters[*inhibition.hill] : 1;
      const double acting = std::pow(std::max(concentration, 0.0), hill);
      double fed = 1 - (inhibition.most ? parameters[*inhibition.most] : 1) * acting /
                           (std::pow(parameters[inhibition.ec50], hill) + acting);
      const double rate = static_cast<double>(chain.transits) / parameters[chain.time];
      for (std::size_t k = 0; k < chain.transits; ++k) {
        by[first + k] = rate * (fed - at[first + k]);
        fed = at[first + k];
      }
      first += chain.transits;
    }
    return by;
  };
  const auto moved = [](const State& from, const State& by, double time) {
    State to = from;
    for (std::size_t k = 0; k < to.size(); ++k) to[k] += time * by[k];
    return to;
  };
  State at = state.amounts;
  at.insert(at.end(), state.factors.begin(), state.factors.end());
  const auto steps = static_cast<int>(std::ceil((until - state.time) / step));
  const double h = (until - state.time) / steps;
  for (int k = 0; k < steps; ++k) {
    const State a = slopes(at);
    const State b = slopes(moved(at, a, h / 2));
    const State c = slopes(moved(at, b, h / 2));
    const State d = slopes(moved(at, c, h));
    for (std::size_t i = 0; i < at.size(); ++i) at[i] += h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
  }
  state.time = until;
  std::copy_n(at.begin(), system.compartments, state.amounts.begin());
  std::copy(at.begin() + static_cast<std::ptrdiff_t>(system.compartments), at.end(), state.factors.begin());
  return state;
}

}  // namespace stardose::test
