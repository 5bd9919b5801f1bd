// What a system does over time, of one person and under given doses.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "learning/kinetics/system.h"

namespace stardose::learning {

struct KineticDose {
  double time = 0;
  std::size_t entry = 0;
  double amount = 0;
  double duration = 0;  ///< of an infusion; 0: at once
};

/// A person's parameters from a time on.
struct KineticRegime {
  double from = 0;
  std::vector<double> parameters;
};

/// A person: parameters by time, the first regime also before its time. Ascending by time, at least one regime.
struct KineticCourse {
  std::vector<KineticRegime> regimes;
  std::vector<KineticDose> doses;
};

/// When to look, and at which output. At the time of a dose it is looked before the dose.
struct KineticSampling {
  double time = 0;
  std::size_t output = 0;
};

/// Where a person is at a time; without doses the compartments are empty and the factors 1.
struct KineticState {
  double time = 0;
  std::vector<double> amounts;
  std::vector<double> factors;  ///< transits of all chains, chain by chain
};

[[nodiscard]] KineticState initial_state(const KineticSystem& system, double time);

/// Returns the state at a later time. Doses that enter from the state's time on are given; infusions that began before
/// go on. Compartments are solved in closed form; chains exactly for a rate of making that is a parabola within each
/// step, with steps that grow from each dose on and depend on times alone, so that results are smooth in parameters.
/// Requires: regimes and doses ascend; parameters are finite, volumes, times and rates above 0.
[[nodiscard]] KineticState advance(const KineticSystem& system, const KineticCourse& course, KineticState from,
                                   double until);

/// Returns the output at each sampling, from the state on. Requires: as above, and samplings ascend from its time on.
[[nodiscard]] std::vector<double> observe(const KineticSystem& system, const KineticCourse& course, KineticState from,
                                          std::span<const KineticSampling> samplings);

}  // namespace stardose::learning
