// From a record to a curve and a dose.
#include "pharmaco/twin/twin_answer.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"

namespace stardose::pharmaco {

namespace {

constexpr double hour = 1.0 / 24;
constexpr double slow_step = 0.25;          // days between points of a curve that no single dose bends
constexpr std::size_t most_points = 240;    // of one curve
constexpr double doses_step = 1.0 / 12;     // of the time between doses, for a concentration
constexpr double shortest_interval = 0.25;  // days

/// The last dose's time and then on by the interval, until nothing that was told lies after it.
double next_dose(const History& history, double interval) {
  double last_event = 0;
  std::optional<double> last_dose;
  for (const GivenDose& dose : history.doses) last_dose = std::max(last_dose.value_or(dose.day), dose.day);
  for (const MeasuredValue& measured : history.measurements) last_event = std::max(last_event, measured.day);
  for (const ChangedInput& change : history.changes) last_event = std::max(last_event, change.day);
  if (!last_dose) return last_event;
  const double steps = std::max(1.0, std::ceil((last_event - *last_dose) / interval - hour));
  return *last_dose + steps * interval;
}

std::vector<double> days_between(double from, double until, double step) {
  std::vector<double> days;
  if (until <= from) return days;
  const auto count = std::min(most_points, static_cast<std::size_t>(std::ceil((until - from) / step)));
  for (std::size_t k = 0; k <= count; ++k) {
    days.push_back(from + (until - from) * static_cast<double>(k) / static_cast<double>(count));
  }
  return days;
}

const Observable* observable_of(const KineticModel& model, const History& history, const std::string& asked) {
  if (!asked.empty()) return model.find_observable(asked);
  if (model.advice) return &model.observables[model.advice->observable];
  if (!history.measurements.empty()) {
    const auto last = std::ranges::max_element(history.measurements, {}, &MeasuredValue::day);
    return model.find_observable(last->observable);
  }
  return model.observables.empty() ? nullptr : &model.observables.front();
}

std::vector<std::string> unused_changes(const KineticModel& model, const History& history) {
  std::set<std::string> names;
  for (const ChangedInput& change : history.changes) {
    if (find_input(model.inputs, change.input) == nullptr) names.insert(change.input);
  }
  return {names.begin(), names.end()};
}

bool is_same(const Regimen& a, const Regimen& b) {
  return a.route == b.route && a.cycle_mg == b.cycle_mg && a.interval == b.interval && a.skipped == b.skipped &&
         a.hours == b.hours;
}

TwinCurves curves_of(const TwinAnswer& answer) {
  const Individual& individual = *answer.individual;
  const double interval = std::max(shortest_interval, answer.present ? answer.present->interval : 1);
  const auto kind = answer.model->system.outputs[answer.observable->output].kind;
  const bool is_slow = kind != learning::KineticSystem::Output::Kind::concentration;
  const double step = is_slow ? slow_step : interval * doses_step;
  ForecastQuestion question{.observable = answer.observable->name, .range = answer.range, .unsafe = answer.unsafe};
  double begin = answer.from;
  for (const GivenDose& dose : individual.history.doses) begin = std::min(begin, dose.day);
  for (const MeasuredValue& measured : individual.history.measurements) begin = std::min(begin, measured.day);
  TwinCurves curves;
  const auto look = [&](double from, double until) {
    question.days = days_between(from, until, step);
    return question.days.empty() ? std::vector<ForecastPoint>{} : forecast(individual, question);
  };
  curves.past = look(begin, answer.from);
  const double until = answer.from + answer.horizon;
  const auto under = [&](const Regimen& regimen) {
    question.planned = doses_of(regimen, answer.from, until);
    return look(answer.from, until);
  };
  if (answer.present) curves.continued = under(*answer.present);
  if (!answer.is_advised()) return curves;
  const Regimen& best = answer.advice->best->regimen;
  if (!answer.present || !is_same(best, *answer.present)) curves.advised = under(best);
  return curves;
}

}  // namespace

const KineticModel& model_of(const TwinState& state, const KineticLibrary& kinetics, const std::string& path) {
  if (const KineticModel* model = kinetics.find(state.model)) return *model;
  throw genomics::InputError{
      genomics::Fault::mismatch,
      {path, "model", "the catalogue has no model " + genomics::printable(state.model),
       "use the catalogue that the record was started with: " + genomics::printable(state.catalogue)}};
}

TwinAnswer answer_twin(const TwinState& state, const KineticModel& model, const TwinCatalogue& catalogue,
                       const TwinQuestion& question) {
  TwinAnswer answer{.state = &state, .model = &model};
  answer.prior = kinetic_prior(model, catalogue.dosing, catalogue.knowledge, patient_of(state));
  answer.refused = answer.prior.reasons;
  answer.origin = question.from && state.standing().empty() ? TwinTime{question.from->clock, question.from->minutes}
                                                            : origin_of(state);
  const History history = history_of(state);
  answer.unused = unused_changes(model, history);
  if (const auto fault = fault_of(model, history)) answer.refused.push_back(*fault);
  if (answer.is_refused()) return answer;
  answer.observable = observable_of(model, history, question.observable);
  if (answer.observable == nullptr) {
    answer.refused.push_back("the model measures nothing by the name " + question.observable);
    return answer;
  }
  answer.individual = learn(answer.prior, history, question.learning);
  answer.present = question.present ? question.present : present_regimen(model, history);
  const double interval = answer.present ? answer.present->interval : model.advice ? model.advice->interval : 1;
  answer.from = question.from ? day_of(*question.from, answer.origin) : next_dose(history, interval);
  answer.horizon = question.horizon;
  const bool is_of_plan = model.advice && &model.observables[model.advice->observable] == answer.observable;
  if (is_of_plan) {
    answer.range = target_range(*answer.individual);
    answer.unsafe = model.advice->unsafe;
  }
  if (question.with_advice) answer.advice = advise_dose(*answer.individual, {answer.from, answer.present});
  if (question.with_curve) answer.curves = curves_of(answer);
  return answer;
}

}  // namespace stardose::pharmaco
