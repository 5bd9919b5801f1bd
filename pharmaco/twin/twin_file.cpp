// Writing a record.
#include "pharmaco/twin/twin_file.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "genomics/basics/sha256.h"
#include "pharmaco/twin/twin_document.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;

/// 5 and not 5.0.
Json number_json(double number) {
  const bool is_whole = std::trunc(number) == number && std::abs(number) < 1e15;
  return is_whole ? Json(static_cast<std::int64_t>(number)) : Json(number);
}

std::string state_text(InputValue::State state) {
  return state == InputValue::State::imputed ? "imputed" : state == InputValue::State::assumed ? "assumed" : "given";
}

Json covariates_json(const InputValues& covariates) {
  Json list = Json::array();
  for (const auto& [name, value] : covariates) {
    if (!value.is_known()) continue;
    Json one = {{"name", name}};
    one["value"] = value.category.empty() ? number_json(value.number) : Json(value.category);
    if (!value.unit.empty()) one["unit"] = value.unit;
    if (!value.shown.empty()) one["as_given"] = value.shown;
    if (value.state != InputValue::State::given) one["state"] = state_text(value.state);
    if (!value.note.empty()) one["note"] = value.note;
    list.push_back(std::move(one));
  }
  return list;
}

Json reading_json(const GeneReading& reading) {
  Json json = Json::object();
  if (!reading.diplotype.empty()) json["diplotype"] = reading.diplotype;
  if (!reading.phenotype.empty()) json["phenotype"] = reading.phenotype;
  if (reading.score) json["activity_score"] = to_string(*reading.score);
  if (!reading.statuses.empty()) json["statuses"] = reading.statuses;
  return json;
}

Json genes_json(const PatientGenetics& genetics) {
  Json list = Json::array();
  for (const auto& [symbol, known] : genetics.genes) {
    Json readings = Json::array();
    for (const GeneReading& reading : known.result.readings) readings.push_back(reading_json(reading));
    Json one = {{"gene", symbol}, {"readings", readings}};
    if (!known.tested.empty()) one["tested"] = known.tested;
    if (known.copies) one["copies"] = *known.copies;
    if (!known.result.caveat.empty()) one["caveat"] = known.result.caveat;
    one["source"] = known.source;
    list.push_back(std::move(one));
  }
  return list;
}

Json genotypes_json(const PatientGenetics& genetics) {
  Json list = Json::array();
  for (const auto& [rsid, genotype] : genetics.genotypes) {
    list.push_back({{"rsid", rsid}, {"alleles", {genotype.first, genotype.second}}, {"source", genotype.source}});
  }
  return list;
}

Json event_json(const TwinEvent& event) {
  Json json = {{"time", to_text(event.time)}, {"kind", to_text(event.kind)}, {"what", event.what}};
  if (event.kind == TwinEvent::Kind::withdrawal) {
    json["why"] = event.why;
    return json;
  }
  json["value"] = event.category.empty() ? number_json(event.number) : Json(event.category);
  if (!event.unit.empty()) json["unit"] = event.unit;
  if (!event.as_given.empty()) json["as_given"] = event.as_given;
  if (event.times > 1) {
    json["times"] = event.times;
    json["every_minutes"] = event.every;
  }
  if (!event.route.empty()) json["route"] = event.route;
  if (event.over > 0) json["over_minutes"] = event.over;
  return json;
}

Json first_dose_json(const FirstDose& dose) {
  Json json = {{"algorithm", dose.algorithm}, {"value", number_json(dose.value)}, {"unit", dose.unit}};
  if (dose.low) json["low"] = number_json(*dose.low);
  if (dose.high) json["high"] = number_json(*dose.high);
  return json;
}

Json document_of(const TwinState& state) {
  Json document = {{"schema", twin_schema}, {"patient", state.patient}, {"drug", state.drug}, {"model", state.model}};
  document["started_by"] = {{"program", state.program}, {"catalogue", state.catalogue}};
  if (state.first_dose) document["first_dose"] = first_dose_json(*state.first_dose);
  document["covariates"] = covariates_json(state.covariates);
  document["genes"] = genes_json(state.genetics);
  document["genotypes"] = genotypes_json(state.genetics);
  Json events = Json::array();
  for (const TwinEvent& event : state.events) events.push_back(event_json(event));
  document["events"] = std::move(events);
  return document;
}

/// Each key on a line, and each item of a list of objects.
std::string text_of(const Json& document) {
  std::string text = "{\n";
  bool is_first = true;
  for (const auto& [key, value] : document.items()) {
    text += (is_first ? "" : ",\n");
    is_first = false;
    text += " " + Json(key).dump() + ": ";
    if (!value.is_array() || value.empty()) {
      text += value.dump();
      continue;
    }
    text += "[\n";
    for (std::size_t k = 0; k < value.size(); ++k)
      text += "  " + value[k].dump() + (k + 1 < value.size() ? ",\n" : "\n");
    text += " ]";
  }
  return text + "\n}\n";
}

}  // namespace

std::string digest_of(const Json& document) {
  genomics::Sha256 sha;
  sha.update(document.dump(-1, ' ', false, Json::error_handler_t::replace));
  return "sha256-" + sha.hex();
}

std::string twin_json(const TwinState& state) {
  // What a user wrote may be no UTF-8; from here on it is.
  Json document = Json::parse(document_of(state).dump(-1, ' ', false, Json::error_handler_t::replace));
  document["digest"] = digest_of(document);
  return text_of(document);
}

}  // namespace stardose::pharmaco
