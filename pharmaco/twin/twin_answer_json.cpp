// Answers as JSON.
#include <cmath>
#include <nlohmann/json.hpp>

#include "pharmaco/twin/twin_formats.h"
#include "pharmaco/twin/twin_words.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;

Json range_json(const ValueRange& range) { return {{"low", range.low}, {"high", range.high}}; }

Json regimen_json(const Regimen& regimen) {
  Json json = {{"text", regimen_text(regimen)},
               {"route", regimen.route},
               {"cycle_mg", regimen.cycle_mg},
               {"interval_days", regimen.interval},
               {"doses_left_out_first", regimen.skipped},
               {"mg_per_week", regimen.mg_per_day() * 7}};
  if (regimen.hours > 0) json["infused_hours"] = regimen.hours;
  return json;
}

Json outlook_json(const std::optional<RegimenOutlook>& outlook) {
  if (!outlook) return nullptr;
  return {{"regimen", regimen_json(outlook->regimen)},
          {"time_in_range", outlook->time_in_range},
          {"time_below", outlook->time_below},
          {"time_above", outlook->time_above},
          {"greatest_probability_unsafe", outlook->unsafe},
          {"median_at_the_end", outlook->end_median},
          {"is_safe", outlook->is_safe}};
}

Json points_json(const TwinAnswer& answer, const std::vector<ForecastPoint>& points) {
  Json list = Json::array();
  for (const ForecastPoint& point : points) {
    Json one = {{"time", to_text(time_of(point.day, answer.origin))},
                {"median", point.median},
                {"half", range_json(point.half)},
                {"most", range_json(point.most)},
                {"measured_half", range_json(point.next_half)},
                {"measured_most", range_json(point.next_most)}};
    if (answer.range) one["in_range"] = point.in_range;
    if (answer.unsafe) one["above_unsafe"] = point.above;
    list.push_back(std::move(one));
  }
  return list;
}

Json learned_json(const TwinAnswer& answer) {
  const Individual& individual = *answer.individual;
  Json parameters = Json::array();
  for (const ParameterEstimate& one : individual.parameters) {
    parameters.push_back({{"name", one.parameter->name},
                          {"title", one.parameter->title},
                          {"unit", one.parameter->unit.name},
                          {"typical", one.typical},
                          {"estimate", one.estimate},
                          {"low", one.low},
                          {"high", one.high}});
  }
  Json fits = Json::array();
  for (const MeasurementFit& fit : individual.fits) {
    fits.push_back({{"time", to_text(time_of(fit.measured.day, answer.origin))},
                    {"what", fit.measured.observable},
                    {"value", fit.measured.value},
                    {"typical", fit.typical},
                    {"fitted", fit.fitted},
                    {"standard_deviations", fit.deviations}});
  }
  return {{"doses", individual.history.doses.size()},
          {"measurements", individual.history.measurements.size()},
          {"parameters", parameters},
          {"fits", fits},
          {"surprise", individual.surprise},
          {"contradictions", individual.contradictions},
          {"posterior",
           {{"draws", individual.sample.weights.size()},
            {"effective_size", individual.sample.effective_size},
            {"greatest_weight", individual.sample.greatest_weight},
            {"map_converged", individual.map.converged},
            {"map_evaluations", individual.map.evaluations},
            {"map_objective", individual.map.objective}}}};
}

Json advice_json(const TwinAnswer& answer) {
  if (!answer.advice) return nullptr;
  const DoseAdvice& advice = *answer.advice;
  Json considered = Json::array();
  for (const RegimenOutlook& one : advice.considered) considered.push_back(outlook_json(one));
  Json json = {{"status", status_of(answer)},
               {"from", to_text(time_of(answer.from, answer.origin))},
               {"reasons", advice.reasons},
               {"range", range_json(advice.range)},
               {"best", outlook_json(advice.best)},
               {"runner_up", outlook_json(advice.runner_up)},
               {"continued", outlook_json(advice.continued)},
               {"guideline", outlook_json(advice.guideline)},
               {"guideline_source", advice.guideline_source},
               {"because", advice.because}};
  if (answer.model->advice) {
    json["unsafe_above"] = answer.model->advice->unsafe;
    json["unsafe_probability_allowed"] = answer.model->advice->unsafe_probability;
    json["least_gain"] = answer.model->advice->least_gain;
    json["horizon_days"] = answer.model->advice->horizon;
  }
  json["considered"] = considered;
  return json;
}

Json anchor_json(const TwinAnswer& answer) {
  if (!answer.prior.anchored) return nullptr;
  const AnchoredDose& anchored = *answer.prior.anchored;
  return {{"algorithm", anchored.algorithm},
          {"title", anchored.title},
          {"mg_per_week", anchored.mg_per_day * 7},
          {"target", anchored.target},
          {"scale", anchored.scale}};
}

}  // namespace

std::string twin_answer_json(const TwinAnswer& answer, std::string_view program_version) {
  const KineticModel& model = *answer.model;
  Json json = {{"schema", "stardose/twin-answer/1.0"},
               {"program", "stardose " + std::string{program_version}},
               {"notice", "decision support for professionals, not a medical device"},
               {"patient", answer.state->patient},
               {"drug", answer.state->drug},
               {"model",
                {{"id", model.id},
                 {"title", model.title},
                 {"citation", model.citation.text},
                 {"doi", model.citation.doi},
                 {"unsure", model.unsure}}},
               {"status", answer.is_refused() ? "refused" : "learned"},
               {"refused", answer.refused},
               {"cautions", cautions_of(answer)}};
  if (answer.is_refused()) return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  json["first_dose"] = anchor_json(answer);
  json["learned"] = learned_json(answer);
  json["observable"] = {{"name", answer.observable->name}, {"unit", answer.observable->unit.name}};
  json["present"] = answer.present ? regimen_json(*answer.present) : Json(nullptr);
  json["advice"] = advice_json(answer);
  json["curves"] = {{"past", points_json(answer, answer.curves.past)},
                    {"continued", points_json(answer, answer.curves.continued)},
                    {"advised", points_json(answer, answer.curves.advised)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace stardose::pharmaco
