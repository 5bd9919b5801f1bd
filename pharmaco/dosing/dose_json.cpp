// Dose reports as JSON.
#include <nlohmann/json.hpp>

#include "pharmaco/dosing/dose_formats.h"
#include "pharmaco/dosing/dose_model.h"
#include "pharmaco/dosing/dose_words.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;

// Parentheses: braces would make a list of one.
Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

template <class T>
Json number_or_null(const std::optional<T>& number) {
  return number ? Json(*number) : Json(nullptr);
}

std::string state_text(InputValue::State state) {
  switch (state) {
    case InputValue::State::missing: return "missing";
    case InputValue::State::given: return "given";
    case InputValue::State::imputed: return "imputed";
    case InputValue::State::assumed: return "assumed";
  }
  return {};
}

Json inputs_json(const DoseEstimate& estimate) {
  Json inputs = Json::array();
  for (const auto& [input, value] : estimate.inputs) {
    const bool is_number = input->categories.empty();
    Json of_value = nullptr;
    if (value.is_known()) of_value = is_number ? Json(value.number) : Json(value.category);
    inputs.push_back(
        {{"name", input->name},
         {"title", input->title},
         {"state", state_text(value.state)},
         {"value", of_value},
         {"unit", is_number ? text_or_null(value.unit.empty() ? input->unit.name : value.unit) : Json(nullptr)},
         {"as_given", text_or_null(value.shown)},
         {"note", text_or_null(value.note)}});
  }
  return inputs;
}

Json contributions_json(const DoseEstimate& estimate) {
  Json contributions = Json::array();
  for (const GeneContribution& one : estimate.contributions) {
    const auto daily = mg_per_day(*estimate.algorithm, one.difference);
    contributions.push_back({{"gene", one.gene},
                             {"result", one.result},
                             {"reference", one.reference},
                             {"difference", one.difference},
                             {"unit", estimate.algorithm->unit.name},
                             {"difference_mg_per_week", daily ? Json(*daily * 7) : Json(nullptr)},
                             {"tested", one.tested},
                             {"not_tested", one.untested}});
  }
  return contributions;
}

Json interval_json(const DoseEstimate& estimate) {
  if (!estimate.interval) return nullptr;
  const DoseInterval& interval = *estimate.interval;
  return {{"low", interval.low},
          {"high", interval.high},
          {"unit", estimate.algorithm->unit.name},
          {"level", interval.level},
          {"patients", interval.patients == 0 ? Json(nullptr) : Json(interval.patients)},
          {"group", text_or_null(interval.group)},
          {"part", interval.part == 0 ? Json(nullptr) : Json(interval.part)},
          {"parts", interval.parts},
          {"percent_held_at_other_sites", number_or_null(interval.at_other_sites)},
          {"source", interval.source}};
}

Json group_json(const DosePerformance::Group& group, const DosingAlgorithm& algorithm) {
  return {{"patients", group.patients},
          {"mean_absolute_error", group.error},
          {"unit", algorithm.unit.name},
          {"percent_within_20_percent", group.within_20}};
}

Json performance_json(const DoseEstimate& estimate) {
  const DosingAlgorithm& algorithm = *estimate.algorithm;
  const DosePerformance* performance = performance_of(algorithm);
  if (performance == nullptr) return nullptr;
  const DosePerformance::Group* group = performance_of(estimate);
  return {{"everyone", group_json(performance->everyone, algorithm)},
          {"patients_group", group == nullptr ? Json(nullptr) : group_json(*group, algorithm)},
          {"source", performance->source}};
}

/// Which model it was, and what each input added.
Json model_json(const DoseEstimate& estimate) {
  const auto& model = estimate.algorithm->model;
  if (model == nullptr) return nullptr;
  Json json = {{"file", model->source().path}, {"sha256", model->source().sha256}};
  json["trained_by"] = model->ready().predictor.model().source;
  for (const auto& section : model->ready().sections) json["card"][section.title] = section.text;
  if (!estimate.shares) return json;
  Json shares = Json::array();
  for (const auto& share : estimate.shares->list) shares.push_back({{"input", share.title}, {"adds", share.value}});
  json["contributions"] = {{"scale", estimate.shares->scale},
                           {"expectation", estimate.shares->expectation},
                           {"sum", estimate.shares->sum},
                           {"inputs", shares}};
  return json;
}

Json unmodelled_json(const DosingAlgorithm& algorithm) {
  if (!algorithm.unmodelled) return nullptr;
  return {{"drugs", algorithm.unmodelled->drugs}, {"source", algorithm.unmodelled->source}};
}

Json dose_of(const DoseEstimate& estimate) {
  if (estimate.status != DoseEstimate::Status::dosed) return nullptr;
  const DosingAlgorithm& algorithm = *estimate.algorithm;
  const auto daily = mg_per_day(algorithm, estimate.value);
  const auto tablets = tablets_of(algorithm, estimate.value);
  Json dose = {{"what", algorithm.what},
               {"value", estimate.value},
               {"unit", algorithm.unit.name},
               {"mg_per_week", daily ? Json(*daily * 7) : Json(nullptr)},
               {"mg_per_day", number_or_null(daily)},
               {"doses_a_day", algorithm.doses_a_day},
               {"interval", interval_json(estimate)},
               {"meaning", text_or_null(estimate.meaning)}};
  if (tablets) dose["tablets"] = {{"mg_each_time", tablets->mg}, {"strengths_mg", tablets->tablets}};
  return dose;
}

Json advice_json(const DoseEstimate& estimate) {
  Json list = Json::array();
  for (const Advice& advice : estimate.advice) {
    list.push_back({{"drug", advice.drug},
                    {"guideline", advice.guideline},
                    {"population", text_or_null(advice.population)},
                    {"action", advice.action},
                    {"sentence", advice.sentence},
                    {"dose_percent", text_or_null(advice.dose_percent)},
                    {"dose", text_or_null(share_of_usual_dose(estimate, advice))},
                    {"dose_limit", text_or_null(advice.dose_limit)},
                    {"strength", text_or_null(advice.strength)},
                    {"note", text_or_null(advice.note)}});
  }
  return list;
}

Json estimate_json(const DoseEstimate& estimate) {
  const DosingAlgorithm& algorithm = *estimate.algorithm;
  return {{"algorithm", algorithm.id},
          {"title", algorithm.title},
          {"drugs", algorithm.drugs},
          {"dose", dose_of(estimate)},
          {"advice", advice_json(estimate)},
          {"gene_contributions", contributions_json(estimate)},
          {"model", model_json(estimate)},
          {"inputs", inputs_json(estimate)},
          {"reasons", estimate.reasons},
          {"outside_limits", estimate.flags},
          {"cautions", estimate.cautions},
          {"interactions_not_modelled", unmodelled_json(algorithm)},
          {"performance", performance_json(estimate)},
          {"citation",
           {{"text", algorithm.citation.text},
            {"doi", text_or_null(algorithm.citation.doi)},
            {"pmid", text_or_null(algorithm.citation.pmid)}}}};
}

Json comparators_json(const DoseReport& report) {
  Json list = Json::array();
  for (const Comparator& one : report.comparators) {
    list.push_back({{"title", one.title},
                    {"algorithm", text_or_null(one.algorithm)},
                    {"value", number_or_null(one.value)},
                    {"unit", report.own.algorithm->unit.name},
                    {"why_not", text_or_null(one.why_not)}});
  }
  return list;
}

}  // namespace

Json dose_object(const DoseReport& report) {
  return {{"sample", report.sample},
          {"status", status_of(report)},
          {"estimate", estimate_json(report.own)},
          {"instead", report.instead ? estimate_json(*report.instead) : Json(nullptr)},
          {"comparators", comparators_json(report)}};
}

std::string dose_json(const std::vector<DoseReport>& reports, const Release& release,
                      std::string_view program_version) {
  Json patients = Json::array();
  for (const DoseReport& report : reports) patients.push_back(dose_object(report));
  const Json document = {{"format", "stardose dosing 1"},
                         {"program", "stardose " + std::string{program_version}},
                         {"catalogue", {{"release", release.name}, {"date", release.date}, {"digest", release.digest}}},
                         {"notice", "decision support for professionals, not a medical device"},
                         {"patients", patients}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace stardose::pharmaco
