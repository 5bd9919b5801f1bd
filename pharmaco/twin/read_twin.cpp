// Reading a record: strict, since what is misread here is a dose.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "genomics/basics/json_nesting.h"
#include "genomics/input_error.h"
#include "pharmaco/knowledge/activity_score.h"
#include "pharmaco/twin/twin_document.h"
#include "pharmaco/twin/twin_file.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;
using genomics::Fault;
using genomics::InputError;
using genomics::printable;

constexpr std::uintmax_t largest_file = 64 << 20;
constexpr int most_times = 10'000;

/// One object, read key by key. Whoever asks for a key knows it; what was not asked for is refused at the end.
class Fields {
 public:
  Fields(const Json& json, std::string path, std::string place)
      : json_{json}, path_{std::move(path)}, place_{std::move(place)} {
    if (!json.is_object()) fail("is no object");
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw InputError{Fault::input, {path_, place_, why, "fetch the record from where it was kept"}};
  }

  [[nodiscard]] bool has(const char* key) {
    known_.insert(key);
    return json_.contains(key);
  }
  [[nodiscard]] const Json& at(const char* key) {
    if (!has(key)) fail("has no " + std::string{key});
    return json_.at(key);
  }
  [[nodiscard]] std::string text(const char* key) {
    const Json& value = at(key);
    if (!value.is_string()) fail(std::string{key} + " is no text");
    return value.get<std::string>();
  }
  [[nodiscard]] std::string text_or_empty(const char* key) { return has(key) ? text(key) : std::string{}; }
  [[nodiscard]] double number(const char* key) {
    const Json& value = at(key);
    if (!value.is_number() || !std::isfinite(value.get<double>())) fail(std::string{key} + " is no number");
    return value.get<double>();
  }
  [[nodiscard]] std::int64_t whole(const char* key, std::int64_t least, std::int64_t greatest) {
    const Json& value = at(key);
    const bool fits =
        value.is_number_integer() && value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= greatest;
    if (!fits) fail(std::string{key} + " is no number that it may be");
    return value.get<std::int64_t>();
  }
  [[nodiscard]] std::vector<std::string> texts(const char* key) {
    std::vector<std::string> list;
    for (const Json& value : array(key)) {
      if (!value.is_string()) fail(std::string{key} + " holds what is no text");
      list.push_back(value.get<std::string>());
    }
    return list;
  }
  [[nodiscard]] const Json& array(const char* key) {
    const Json& value = at(key);
    if (!value.is_array()) fail(std::string{key} + " is no list");
    return value;
  }
  [[nodiscard]] Fields object(const char* key) { return {at(key), path_, key}; }
  /// Objects of a list, by their number.
  template <class Read>
  void each(const char* key, Read read) {
    const Json& list = array(key);
    for (std::size_t k = 0; k < list.size(); ++k) {
      Fields fields{list[k], path_, std::string{key} + " " + std::to_string(k + 1)};
      read(fields);
      fields.end();
    }
  }
  void end() const {
    for (const auto& [key, value] : json_.items()) {
      if (!known_.contains(key)) fail("has an unknown key: " + printable(key));
    }
  }

 private:
  const Json& json_;
  std::string path_;
  std::string place_;
  std::set<std::string> known_;
};

InputValue::State state_of(Fields& fields) {
  const std::string state = fields.text_or_empty("state");
  if (state.empty()) return InputValue::State::given;
  if (state == "imputed") return InputValue::State::imputed;
  if (state != "assumed") fields.fail("state is none: " + printable(state));
  return InputValue::State::assumed;
}

void read_covariate(Fields& fields, TwinState& state) {
  const std::string name = fields.text("name");
  InputValue value{.state = state_of(fields),
                   .shown = fields.text_or_empty("as_given"),
                   .note = fields.text_or_empty("note"),
                   .unit = fields.text_or_empty("unit")};
  if (fields.at("value").is_string()) {
    value.category = fields.text("value");
  } else {
    value.number = fields.number("value");
  }
  if (!state.covariates.emplace(name, std::move(value)).second) fields.fail(printable(name) + " is there twice");
}

GeneReading read_reading(Fields& fields) {
  GeneReading reading{.diplotype = fields.text_or_empty("diplotype"), .phenotype = fields.text_or_empty("phenotype")};
  if (const std::string score = fields.text_or_empty("activity_score"); !score.empty()) {
    reading.score = read_activity_score(score);
    if (!reading.score) fields.fail("activity_score is none");
  }
  if (fields.has("statuses")) reading.statuses = fields.texts("statuses");
  return reading;
}

void read_gene(Fields& fields, const KnowledgeBase& knowledge, const std::string& path, TwinState& state) {
  const std::string symbol = fields.text("gene");
  if (knowledge.find_gene(symbol) == nullptr) {
    throw InputError{Fault::mismatch,
                     {path, "genes", "the catalogue has no gene " + printable(symbol),
                      "use the catalogue that the record was started with: " + printable(state.catalogue)}};
  }
  KnownGene known{.source = fields.text("source")};
  known.result.gene = symbol;
  known.result.caveat = fields.text_or_empty("caveat");
  fields.each("readings", [&](Fields& one) { known.result.readings.push_back(read_reading(one)); });
  const std::size_t readings = known.result.readings.size();
  known.result.status = readings == 0   ? CallStatus::no_call
                        : readings == 1 ? CallStatus::called
                                        : CallStatus::ambiguous;
  if (fields.has("tested")) {
    const auto tested = fields.texts("tested");
    known.tested = {tested.begin(), tested.end()};
  }
  if (fields.has("copies")) known.copies = static_cast<int>(fields.whole("copies", 0, 20));
  if (!state.genetics.genes.emplace(symbol, std::move(known)).second) fields.fail(symbol + " is there twice");
}

void read_genotype(Fields& fields, TwinState& state) {
  const std::string rsid = fields.text("rsid");
  const std::vector<std::string> alleles = fields.texts("alleles");
  if (alleles.size() != 2) fields.fail("alleles are not two");
  if (!state.genetics.genotypes.emplace(rsid, KnownGenotype{alleles[0], alleles[1], fields.text("source")}).second) {
    fields.fail(printable(rsid) + " is there twice");
  }
}

TwinEvent::Kind kind_of(Fields& fields) {
  using Kind = TwinEvent::Kind;
  const std::string text = fields.text("kind");
  for (const Kind kind : {Kind::dose, Kind::measurement, Kind::covariate, Kind::withdrawal}) {
    if (to_text(kind) == text) return kind;
  }
  fields.fail("kind is none: " + printable(text));
}

TwinEvent read_event(Fields& fields) {
  TwinEvent event{.kind = kind_of(fields), .what = fields.text("what")};
  std::optional<Refusal> refusal;
  const auto time = read_time(fields.text("time"), refusal);
  if (!time) fields.fail(refusal->why);
  event.time = *time;
  if (event.kind == TwinEvent::Kind::withdrawal) {
    event.why = fields.text("why");
    return event;
  }
  if (fields.at("value").is_string()) {
    event.category = fields.text("value");
  } else {
    event.number = fields.number("value");
  }
  event.unit = fields.text_or_empty("unit");
  event.as_given = fields.text_or_empty("as_given");
  if (event.kind != TwinEvent::Kind::dose) return event;
  if (event.number <= 0 || event.unit != "mg" || event.what != "dose") fields.fail("is no dose in mg");
  event.route = fields.text("route");
  if (fields.has("times")) {
    event.times = static_cast<int>(fields.whole("times", 2, most_times));
    event.every = fields.whole("every_minutes", 1, 1'000'000);
  }
  if (fields.has("over_minutes")) event.over = fields.whole("over_minutes", 1, 1'000'000);
  return event;
}

void check_order(const TwinState& state, const std::string& path) {
  for (std::size_t k = 1; k < state.events.size(); ++k) {
    const TwinEvent& before = state.events[k - 1];
    const TwinEvent& event = state.events[k];
    if (before.time.clock == event.time.clock && before.time <= event.time) continue;
    throw InputError{Fault::input,
                     {path, "events " + std::to_string(k + 1), "is not in the order of time",
                      "fetch the record from where it was kept"}};
  }
}

void check_schema(Fields& fields, const std::string& path) {
  const std::string schema = fields.text("schema");
  if (schema == twin_schema) return;
  const bool is_twin = schema.starts_with("stardose/twin/");
  throw InputError{Fault::input,
                   {path, "schema",
                    is_twin ? "the record is of another shape: " + printable(schema)
                            : "this is no record of a patient: " + printable(schema),
                    is_twin ? "use the version of stardose that wrote it, or a later one"
                            : "give the file that `stardose twin start` made"}};
}

Json parse_json(std::string_view text, const std::string& path) {
  const std::string help = "give the file that `stardose twin start` made; if it was cut, fetch it again";
  if (genomics::is_nested_too_deeply(text)) {
    throw InputError{Fault::input, {path, "", "is nested too deeply for a record", help}};
  }
  Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) throw InputError{Fault::input, {path, "", "is no JSON, or not whole", help}};
  return document;
}

void check_digest(Json& document, const std::string& path) {
  const std::string said = document.at("digest").is_string() ? document.at("digest").get<std::string>() : "";
  document.erase("digest");
  if (digest_of(document) == said) return;
  throw InputError{Fault::input,
                   {path, "digest", "the record was changed after stardose wrote it",
                    "fetch it from where it was kept; mistakes are put right by --withdraw"}};
}

}  // namespace

TwinState parse_twin(std::string_view text, const std::string& path, const KnowledgeBase& knowledge) {
  Json document = parse_json(text, path);
  Fields head{document, path, ""};
  check_schema(head, path);
  if (!head.has("digest")) head.fail("has no digest");
  check_digest(document, path);
  Fields fields{document, path, ""};
  TwinState state{.patient = fields.text("patient"), .drug = fields.text("drug"), .model = fields.text("model")};
  (void)fields.text("schema");
  Fields started = fields.object("started_by");
  state.program = started.text("program");
  state.catalogue = started.text("catalogue");
  started.end();
  if (fields.has("first_dose")) {
    Fields dose = fields.object("first_dose");
    state.first_dose =
        FirstDose{.algorithm = dose.text("algorithm"), .value = dose.number("value"), .unit = dose.text("unit")};
    if (dose.has("low")) state.first_dose->low = dose.number("low");
    if (dose.has("high")) state.first_dose->high = dose.number("high");
    dose.end();
  }
  fields.each("covariates", [&](Fields& one) { read_covariate(one, state); });
  fields.each("genes", [&](Fields& one) { read_gene(one, knowledge, path, state); });
  fields.each("genotypes", [&](Fields& one) { read_genotype(one, state); });
  fields.each("events", [&](Fields& one) { state.events.push_back(read_event(one)); });
  fields.end();
  check_order(state, path);
  if (doses_of(state.standing()) > most_doses) {
    throw InputError{Fault::input,
                     {path, "events", "are more than " + std::to_string(most_doses) + " doses",
                      "fetch the record from where it was kept"}};
  }
  return state;
}

TwinState read_twin(const std::string& path, const KnowledgeBase& knowledge) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    throw InputError{Fault::input,
                     {path, "", "there is no such file", "give the file that `stardose twin start` made"}};
  }
  if (std::filesystem::file_size(path, error) > largest_file) {
    throw InputError{Fault::input, {path, "", "is too large for a record", "give the file of one patient"}};
  }
  std::ifstream file{path, std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  if (!file) throw InputError{Fault::input, {path, "", "cannot be read", "check its permissions"}};
  return parse_twin(text, path, knowledge);
}

}  // namespace stardose::pharmaco
