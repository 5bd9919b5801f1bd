// A kinetic model as its file states it: what happens to a drug in a body, and what the drug does.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "learning/bayes/inference.h"
#include "learning/kinetics/system.h"
#include "pharmaco/dosing/dosing_algorithm.h"
#include "pharmaco/inputs/patient_input.h"

namespace stardose::pharmaco {

/// Kilograms, metres, days and moles throughout, but where a unit is named.
struct KineticParameter {
  std::string name;
  std::string title;
  Unit unit;
  Expression typical;  ///< of the inputs
  /// Place among the random effects; nullopt: the same in all patients with these inputs. Effects are of the logarithm.
  std::optional<std::size_t> effect;
  std::optional<std::size_t> occasion_effect;  ///< the same within an occasion, another in each
};

/// What is measured in a patient, `inr`.
struct Observable {
  std::string name;
  std::string title;
  Unit unit;
  std::size_t output = 0;         ///< of the system
  learning::ResidualError error;  ///< in kilograms, metres...
  double least = 0;               ///< in the unit: outside of both a measurement is a mistake
  double greatest = 0;
};

/// How a drug is given.
struct Route {
  std::string name;       ///< `oral`, `infusion`
  std::size_t entry = 0;  ///< of the system
  bool is_infusion = false;
  double days = 0;  ///< that a dose takes to enter where it says no time itself
};

/// An input that goes up with time by itself.
struct Clock {
  std::string input;
  bool from_first_dose = false;    ///< 0 at the first dose; else what is given of the patient at day 0
  std::vector<double> changes_at;  ///< in days on the clock: where a formula takes another value
};

/// Where the prior is set so that the typical patient needs the dose that an algorithm predicts.
struct Anchor {
  std::size_t parameter = 0;  ///< which is scaled
  std::string algorithm;      ///< of a daily dose
  std::size_t observable = 0;
  std::string target;    ///< an input, in the observable's unit
  double otherwise = 0;  ///< the target where the input is missing
  std::string source;
};

/// What a rule of thumb makes of a measurement.
struct GuidelineStep {
  std::optional<double> at_least;  ///< of the measurement, in the observable's unit
  std::optional<double> below;
  double change = 0;  ///< of the dose, -0.1: a tenth less
  int skipped = 0;    ///< doses left out first
};

/// How the next dose is looked for.
struct AdvicePlan {
  std::size_t observable = 0;
  std::string target;    ///< an input; the range is the target less and plus `around`
  double otherwise = 0;  ///< the target where the input is missing
  double around = 0;
  double unsafe = 0;              ///< in the observable's unit
  double unsafe_probability = 0;  ///< the most that may be above `unsafe` at any time
  std::string unsafe_source;
  std::string route;
  std::vector<double> strengths_mg;  ///< tablets; ascending
  double most_mg = 0;                ///< of one dose
  double least_mg = 0;
  double interval = 1;         ///< days between doses
  bool alternates = false;     ///< two doses may take turns
  double greatest_change = 0;  ///< of milligrams a day at once, as a share of the present ones; 0: any
  double least_gain = 0;  ///< of the share of time in range, for which a safe dose that leads into the range is changed
  double horizon = 0;     ///< days that count
  std::string tablets_source;
  std::vector<GuidelineStep> guideline;
  std::string guideline_source;
};

struct KineticModel {
  std::string id;
  std::vector<std::string> drugs;
  bool preferred = false;  ///< the one meant where only the drug is named
  std::string title;
  Citation citation;
  std::vector<std::string> unsure;  ///< what in the file nobody stands behind, sentences
  std::vector<DoseInput> inputs;
  std::vector<KineticParameter> parameters;
  Eigen::MatrixXd variances;           ///< of random effects
  Eigen::MatrixXd occasion_variances;  ///< of effects of occasions; may be empty
  double occasion_days = 0;            ///< length of an occasion; 0: there are none
  learning::KineticSystem system;
  std::vector<std::string> compartments;
  std::vector<Observable> observables;
  std::vector<Route> routes;
  std::vector<Clock> clocks;
  std::vector<DoseLimit> limits;  ///< refuse, flag or caution
  std::optional<Anchor> anchor;
  std::optional<AdvicePlan> advice;

  [[nodiscard]] const Observable* find_observable(std::string_view name) const;
  [[nodiscard]] const Route* find_route(std::string_view name) const;
};

}  // namespace stardose::pharmaco
