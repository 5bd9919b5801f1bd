// Ninety days of warfarin under a policy.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "benchmarks/twin/policies/virtual_patient.h"

namespace stardose::bench {

inline constexpr int days_treated = 90;
/// Days on which an INR is measured and a dose chosen, after the first.
inline constexpr std::array<int, 8> visits = {4, 7, 14, 21, 28, 42, 56, 70};

/// What a clinic knows when a dose is to be chosen.
struct Visit {
  const VirtualPatient& patient;
  std::size_t number = 0;             ///< 0: the first dose, nothing was measured
  const pharmaco::History& history;   ///< what was prescribed, and what was measured, today's INR too
  const pharmaco::Regimen& present;   ///< what has been prescribed since the last visit, without doses left out
  const pharmaco::Regimen& previous;  ///< the same, before that visit

  [[nodiscard]] int day() const { return patient.today(); }
  /// Requires: number > 0.
  [[nodiscard]] double inr() const { return history.measurements.back().value; }
};

/// Returns what is to be taken from today on. Safe on many threads.
using Policy = std::function<pharmaco::Regimen(const Visit&)>;

struct Treatment {
  std::vector<double> inrs;  ///< true ones, of days 1 to 90
  int changes = 0;           ///< visits after which something else was to be taken
};

[[nodiscard]] Treatment treat(VirtualPatient patient, const Policy& policy);

/// Every regimen that tablets make of the twin's plan: the same dose each day, or two in turns.
[[nodiscard]] const std::vector<pharmaco::Regimen>& tablets();

/// The twin's plan, of the catalogue.
[[nodiscard]] const pharmaco::AdvicePlan& plan();

}  // namespace stardose::bench
