// The next dose among those that can be given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pharmaco/kinetics/forecast.h"

namespace stardose::pharmaco {

/// Doses one after the other, over and over.
struct Regimen {
  std::string route;
  std::vector<double> cycle_mg;  ///< `{5}`: the same each time; `{5, 7.5}`: in turns
  double interval = 1;           ///< days from one to the next
  int skipped = 0;               ///< doses left out first
  double hours = 0;              ///< of an infusion

  [[nodiscard]] double mg_per_day() const;
};

/// Returns the doses of a regimen from a day on, before another.
[[nodiscard]] std::vector<GivenDose> doses_of(const Regimen& regimen, double from, double until);

/// What a regimen would do over the plan's horizon.
struct RegimenOutlook {
  Regimen regimen;
  double time_in_range = 0;  ///< expected share of the horizon
  double time_below = 0;
  double time_above = 0;
  double unsafe = 0;      ///< the greatest probability, of any day, of a value above the plan's bound
  double end_median = 0;  ///< at the horizon's end
  bool is_safe = false;   ///< `unsafe` is within the plan's bound
};

struct DoseAdvice {
  enum class Status {
    advised,
    none,  ///< `reasons` say why
  };
  Status status = Status::none;
  std::vector<std::string> reasons;
  ValueRange range;
  std::optional<RegimenOutlook> best;       ///< advised
  std::optional<RegimenOutlook> runner_up;  ///< promises more, but less than the plan asks for a change; else nullopt
  std::optional<RegimenOutlook> continued;  ///< the present regimen; nullopt: there is none
  std::optional<RegimenOutlook> guideline;  ///< what the plan's rule says to the last measurement; nullopt: nothing
  std::string guideline_source;
  std::vector<RegimenOutlook> considered;  ///< every one that was looked at, by dose
  std::vector<std::string> because;        ///< why the best one is, sentences
  std::vector<std::string> cautions;
};

struct AdviceQuestion {
  double from = 0;                 ///< day of the next dose
  std::optional<Regimen> present;  ///< nullopt: what the history's last doses show, if they do
};

/// Looks at every regimen that tablets and schedule of the model's plan allow, and returns the one with the most time
/// in range among those whose probability of an unsafe value is within the bound, of equals the one that ends nearest
/// to the middle of the range; the present one, if it is safe, leads into the range, and no other promises the plan's
/// least gain. None where the model is not for the patient, the data contradict it, the model has no plan, or no
/// regimen is safe. Pure; thread-safe; deterministic.
[[nodiscard]] DoseAdvice advise_dose(const Individual& individual, const AdviceQuestion& question);

/// Returns the regimen that the history's last doses show; nullopt: fewer than two, or no pattern.
[[nodiscard]] std::optional<Regimen> present_regimen(const KineticModel& model, const History& history);

}  // namespace stardose::pharmaco
