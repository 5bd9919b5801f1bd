// Ways to choose a dose of warfarin, beside one another.
#pragma once

#include <atomic>
#include <optional>

#include "benchmarks/twin/policies/treat.h"

namespace stardose::bench {

/// What tablets make of milligrams a day.
[[nodiscard]] pharmaco::Regimen tablets_of(double mg_per_day);

/// 5 mg for everybody, for ever.
[[nodiscard]] Policy fixed_dose();
/// The IWPC's pharmacogenetic dose, for ever.
[[nodiscard]] Policy regression_dose();
/// The rule of the twin's plan, from 5 mg or from the IWPC's dose on. In the first week, when no dose has shown yet
/// what it does, it lowers doses and raises none.
[[nodiscard]] Policy guideline(bool from_regression);

struct TwinCounts {
  std::atomic<int> asked = 0;
  std::atomic<int> silent = 0;
};
/// The twin's advice from the IWPC's dose on; where it has none, the rule. With another gain than the plan's for which
/// a safe dose is changed, if one is given. Refers to the counts.
[[nodiscard]] Policy twin(TwinCounts& counts, std::optional<double> least_gain = {});

}  // namespace stardose::bench
