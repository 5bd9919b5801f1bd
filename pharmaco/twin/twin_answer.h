// What a record says of its patient: learned, forecast, advised.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pharmaco/kinetics/advise_dose.h"
#include "pharmaco/kinetics/kinetic_library.h"
#include "pharmaco/twin/twin_history.h"

namespace stardose::pharmaco {

/// The catalogue that records are read by. Refers to its parts; safe to use from many threads.
struct TwinCatalogue {
  const KnowledgeBase& knowledge;
  const DosingLibrary& dosing;
  const KineticLibrary& kinetics;
};

/// What is asked. The default: all, of what is given now.
struct TwinQuestion {
  double horizon = 14;                  ///< days of the forecast
  std::optional<TwinTime> from = {};    ///< of the next dose; nullopt: when it is due by the doses told
  std::optional<Regimen> present = {};  ///< that the forecast goes on with; nullopt: what the last doses show
  std::string observable = {};          ///< of the curve; empty: that of the advice, else what was measured last
  bool with_curve = true;
  bool with_advice = true;
  LearnSettings learning = {};
};

/// The probable course, as it was up to the next dose, and after it under a regimen.
struct TwinCurves {
  std::vector<ForecastPoint> past;
  std::vector<ForecastPoint> continued;  ///< empty: no regimen is known to go on with
  std::vector<ForecastPoint> advised;    ///< empty: none was, or it is the one that goes on
};

/// The model and the state must outlive it.
struct TwinAnswer {
  const TwinState* state = nullptr;
  const KineticModel* model = nullptr;
  KineticPrior prior;
  TwinTime origin;
  std::vector<std::string> refused;  ///< why nothing can be said of this patient, sentences; empty: something can
  std::vector<std::string> unused;   ///< changes that were told and that the model knows nothing of, names
  // What follows is empty where the patient is refused.
  std::optional<Individual> individual;
  const Observable* observable = nullptr;
  std::optional<ValueRange> range;
  std::optional<double> unsafe;
  double from = 0;  ///< day of the next dose
  double horizon = 0;
  std::optional<Regimen> present;
  TwinCurves curves;
  std::optional<DoseAdvice> advice;  ///< nullopt: none was asked for

  [[nodiscard]] bool is_refused() const { return !refused.empty(); }
  /// Whether a dose was asked for and there is one.
  [[nodiscard]] bool is_advised() const { return advice && advice->status == DoseAdvice::Status::advised; }
};

/// Returns the model of the record. Throws InputError (mismatch) with `path`: the catalogue has no such model.
[[nodiscard]] const KineticModel& model_of(const TwinState& state, const KineticLibrary& kinetics,
                                           const std::string& path);

/// Learns, forecasts and advises. Pure; thread-safe; deterministic.
[[nodiscard]] TwinAnswer answer_twin(const TwinState& state, const KineticModel& model, const TwinCatalogue& catalogue,
                                     const TwinQuestion& question);

}  // namespace stardose::pharmaco
