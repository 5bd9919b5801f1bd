// What is known before any measurement, and where the prior is anchored.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "pharmaco/dosing/dose_words.h"
#include "pharmaco/dosing/estimate_dose.h"
#include "pharmaco/inputs/patient_values.h"
#include "pharmaco/kinetics/individual.h"
#include "pharmaco/kinetics/patient_kinetics.h"

namespace stardose::pharmaco {

namespace {

std::string sentence_of(const DoseLimit& limit) {
  return limit.source.empty() ? limit.why : limit.why + " (" + limit.source + ")";
}

void apply_limits(const KineticModel& model, KineticPrior& prior) {
  for (const DoseLimit& limit : model.limits) {
    if (!holds(limit.when, prior.values)) continue;
    auto& list = limit.kind == DoseLimit::Kind::refuse ? prior.reasons
                 : limit.kind == DoseLimit::Kind::flag ? prior.flags
                                                       : prior.cautions;
    list.push_back(sentence_of(limit));
  }
}

void look_for_inputs(const KineticModel& model, const Patient& patient, KineticPrior& prior) {
  for (const DoseInput& input : model.inputs) {
    const InputValue& value = prior.values[input.name];
    if (value.is_known() || input.if_missing != DoseInput::IfMissing::refuse) continue;
    prior.reasons.push_back(input.title + " is missing: " + (value.note.empty() ? "not given" : value.note));
  }
  for (const Doubt& doubt : patient.doubts) {
    const bool is_asked = std::ranges::any_of(
        doubt.covariates, [&](const std::string& name) { return find_input(model.inputs, name) != nullptr; });
    if (is_asked) prior.flags.push_back(doubt.text);
  }
}

/// A formula may give no number for values that are each plausible: no creatinine clearance below none.
void check_parameters(const KineticModel& model, KineticPrior& prior) {
  for (const KineticParameter& parameter : model.parameters) {
    const bool is_known = is_computable(parameter.typical, prior.values);
    const double value = is_known ? evaluate(parameter.typical, prior.values) : 0;
    if (is_known && std::isfinite(value) && value > 0) continue;
    prior.reasons.push_back(parameter.title + ": the formula gives no value for these inputs");
  }
}

/// The observable of the typical patient who takes a dose once a day, for so long that no more changes.
class SteadyState {
 public:
  SteadyState(const KineticPrior& prior, double mg_per_day) : prior_{prior} {
    for (int day = 0; day < days; ++day) {
      history_.doses.push_back({static_cast<double>(day), prior.model->routes.front().name, mg_per_day, 0});
    }
  }

  [[nodiscard]] double at(double scale) const {
    KineticPrior scaled = prior_;
    scaled.anchored = AnchoredDose{.scale = scale};
    const PatientKinetics kinetics{scaled, history_};
    const std::vector<double> none(static_cast<std::size_t>(kinetics.covariance().rows()), 0.0);
    const std::array<double, 1> end = {static_cast<double>(days)};
    return kinetics.values(kinetics.course(none), prior_.model->observables[prior_.model->anchor->observable], end)[0];
  }

 private:
  /// Eleven half-lives of S-warfarin in the slowest of the published patients.
  static constexpr int days = 120;

  const KineticPrior& prior_;
  History history_;
};

/// The scale at which the typical patient meets the target, by the rule of false position in logarithms (Illinois).
std::optional<double> scale_for(const SteadyState& steady, double target) {
  double low = std::log(0.02);
  double high = std::log(50);
  const auto off = [&](double scale) { return std::log(steady.at(std::exp(scale)) / target); };
  double off_low = off(low);
  double off_high = off(high);
  if (off_low * off_high > 0) return std::nullopt;
  constexpr double close_enough = 1e-6;
  for (int k = 0; k < 60 && high - low > close_enough; ++k) {
    const double middle = (low * off_high - high * off_low) / (off_high - off_low);
    const double off_middle = off(middle);
    if (std::abs(off_middle) < close_enough) return std::exp(middle);
    if (off_middle * off_high < 0) {
      low = high;
      off_low = off_high;
    } else {
      off_low /= 2;
    }
    high = middle;
    off_high = off_middle;
    if (low > high) {
      std::swap(low, high);
      std::swap(off_low, off_high);
    }
  }
  return std::exp((low + high) / 2);
}

void anchor_prior(const DosingLibrary& dosing, const KnowledgeBase& knowledge, const Patient& patient,
                  KineticPrior& prior) {
  const Anchor& anchor = *prior.model->anchor;
  const DoseReport report = report_dose(dosing, knowledge, {*dosing.find(anchor.algorithm)}, patient);
  const DoseEstimate& estimate = report.meant();
  double daily = 0;  // milligrams
  if (estimate.status == DoseEstimate::Status::dosed) {
    daily = mg_per_day(*estimate.algorithm, estimate.value).value_or(0);
  }
  const std::string not_anchored = "the prior is the model's own, whose doses are too high on average: ";
  if (daily <= 0) {
    const std::string why = estimate.reasons.empty() ? "no dose" : estimate.reasons.front();
    prior.cautions.push_back(fmt::format("{}{} has no dose ({})", not_anchored, estimate.algorithm->title, why));
    return;
  }
  double target = anchor.otherwise;
  if (const auto known = prior.values.find(anchor.target); known != prior.values.end() && known->second.is_known()) {
    target = known->second.number;
  }
  const auto scale = scale_for(SteadyState{prior, daily}, target);
  if (!scale) {
    prior.cautions.push_back(fmt::format("{}no value of it meets the target at {}", not_anchored,
                                         dose_text(*estimate.algorithm, estimate.value)));
    return;
  }
  prior.anchored = {estimate.algorithm->id, estimate.algorithm->title, daily, target, *scale};
}

}  // namespace

KineticPrior kinetic_prior(const KineticModel& model, const DosingLibrary& dosing, const KnowledgeBase& knowledge,
                           const Patient& patient) {
  KineticPrior prior{.model = &model, .values = patient_values(model.inputs, patient, knowledge)};
  for (const Clock& clock : model.clocks) {
    if (!clock.from_first_dose) continue;
    prior.values[clock.input] = {.state = InputValue::State::given, .number = 0, .shown = "0"};
  }
  look_for_inputs(model, patient, prior);
  apply_limits(model, prior);
  if (!prior.is_refused()) check_parameters(model, prior);
  prior.cautions.insert(prior.cautions.end(), model.unsure.begin(), model.unsure.end());
  if (model.anchor && !prior.is_refused()) anchor_prior(dosing, knowledge, patient, prior);
  return prior;
}

}  // namespace stardose::pharmaco
