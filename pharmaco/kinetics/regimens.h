// Which regimens there are to choose from.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "pharmaco/kinetics/advise_dose.h"

namespace stardose::pharmaco {

/// Returns the doses that one tablet or two make, ascending, within the plan's bounds.
[[nodiscard]] std::vector<double> doses_of(const AdvicePlan& plan);

/// Returns a regimen for each dose, the same each time; by milligrams a day.
[[nodiscard]] std::vector<Regimen> regimens_of(const AdvicePlan& plan);

/// Milligrams a day that may follow on what is taken now.
struct DoseReach {
  double least = 0;
  double most = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool holds(const Regimen& regimen) const;
};

/// Returns what is at most the plan's greatest change away from the present regimen. Where there is none, nothing may
/// be raised by more than that above the last dose by the plan's route; lowered, it may be. Everything where there are
/// no doses, or the plan has no such bound.
[[nodiscard]] DoseReach reach_of(const AdvicePlan& plan, const std::optional<Regimen>& present, const History& history);

/// Returns regimens in which each two neighbours among these doses take turns; none where the plan has no such.
/// Requires: regimens of one dose, ascending.
[[nodiscard]] std::vector<Regimen> turns_of(const AdvicePlan& plan, const std::vector<Regimen>& regimens);

/// Returns what the plan's rule makes of a measurement under the present regimen; nullopt: it says nothing to it.
/// Requires: there are some regimens.
[[nodiscard]] std::optional<Regimen> regimen_by_rule(const AdvicePlan& plan, double measured, const Regimen& present,
                                                     const std::vector<Regimen>& regimens);

/// Returns the one whose milligrams a day are nearest; of equals the lower. Requires: there are some.
[[nodiscard]] Regimen nearest_regimen(const std::vector<Regimen>& regimens, double mg_per_day);

}  // namespace stardose::pharmaco
