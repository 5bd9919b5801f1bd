// One patient by a kinetic model: the prior of genotype and covariates, and what was learned from measurements.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "learning/bayes/inference.h"
#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/inputs/patient.h"
#include "pharmaco/kinetics/history.h"
#include "pharmaco/kinetics/kinetic_model.h"

namespace stardose::pharmaco {

/// What an anchored prior rests on.
struct AnchoredDose {
  std::string algorithm;  ///< its id
  std::string title;
  double mg_per_day = 0;
  double target = 0;  ///< of the observable, in its unit
  double scale = 1;   ///< what the typical parameter was multiplied with
};

/// What is known of a patient before any measurement. The model must outlive it.
struct KineticPrior {
  const KineticModel* model = nullptr;
  InputValues values;                 ///< at day 0
  std::vector<std::string> reasons;   ///< why the model is not for this patient; empty: it is
  std::vector<std::string> flags;     ///< outside of what it was derived for
  std::vector<std::string> cautions;  ///< what a reader must know; what the file is unsure of among it
  std::optional<AnchoredDose>
      anchored;  ///< nullopt: the model has no anchor, or the algorithm no dose (a caution says why)

  [[nodiscard]] bool is_refused() const { return !reasons.empty(); }
};

/// Pure; thread-safe.
[[nodiscard]] KineticPrior kinetic_prior(const KineticModel& model, const DosingLibrary& dosing,
                                         const KnowledgeBase& knowledge, const Patient& patient);

/// In the parameter's unit. Of several regimes: at the last event.
struct ParameterEstimate {
  const KineticParameter* parameter = nullptr;
  double typical = 0;   ///< by the prior
  double estimate = 0;  ///< MAP
  double low = 0;       ///< 90 % of the posterior
  double high = 0;
};

/// A measurement beside what was expected of it.
struct MeasurementFit {
  MeasuredValue measured;
  double typical = 0;     ///< of the prior's typical patient, in the observable's unit
  double fitted = 0;      ///< by the MAP estimate
  double deviations = 0;  ///< standard deviations of the residual error that it lies above `fitted`
};

/// How a patient came out. The prior's model must outlive it.
struct Individual {
  KineticPrior prior;
  History history;  ///< sorted
  learning::MapEstimate map;
  learning::PosteriorSample sample;
  std::vector<ParameterEstimate> parameters;  ///< that have random effects, in the model's order
  std::vector<MeasurementFit> fits;           ///< by time
  /// Probability that a patient of the prior has measurements as far off as these; 1: none were made.
  double surprise = 1;
  /// Why the posterior is not to be trusted: the data contradict the model, or sampling failed. Sentences.
  std::vector<std::string> contradictions;

  [[nodiscard]] const KineticModel& model() const { return *prior.model; }
};

struct LearnSettings {
  learning::SamplingSettings sampling;
};

/// Learns from the history. Pure; thread-safe; deterministic.
/// Requires: the prior is not refused; routes and observables of the history are the model's (fault_of finds nothing).
[[nodiscard]] Individual learn(const KineticPrior& prior, History history, const LearnSettings& settings = {});

/// Returns what in the history the model cannot use, a sentence: a route or an observable that it does not have, a dose
/// or a value that no patient has; nothing: it can be used.
[[nodiscard]] std::optional<std::string> fault_of(const KineticModel& model, const History& history);

}  // namespace stardose::pharmaco
