// What a report says, back to what it was made of.
#include "pharmaco/twin/report_patient.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "genomics/basics/json_nesting.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pharmaco/inputs/called_genes.h"
#include "pharmaco/knowledge/activity_score.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/phenotype/outside_call.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::json;

constexpr std::uintmax_t largest_file = 64 << 20;

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw genomics::InputError{genomics::Fault::input,
                             {path, "", why, "give a report/SAMPLE.json that `stardose run` has written"}};
}

Json read_json(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) refuse(path, "there is no such file");
  if (std::filesystem::file_size(path, error) > largest_file) refuse(path, "is too large for a report");
  std::ifstream file{path, std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  if (genomics::is_nested_too_deeply(text)) refuse(path, "is nested too deeply for a report");
  Json json = Json::parse(text, nullptr, false);
  const auto schema = json.is_object() ? json.find("schema") : json.end();
  const bool is_report = json.is_object() && schema != json.end() && schema->is_string() &&
                         schema->get<std::string>().starts_with("stardose/sample-report/1.");
  if (!is_report) refuse(path, "is no report of a sample");
  return json;
}

std::vector<std::string> texts_of(const Json& gene, const char* key) {
  std::vector<std::string> texts;
  for (const Json& text : gene.at(key)) texts.push_back(text.get<std::string>());
  return texts;
}

/// As of calls.tsv: what a single diplotype gives is taken as the report has it.
std::vector<OutsideCall> calls_of(const Json& gene) {
  const auto diplotypes = texts_of(gene, "diplotypes");
  std::vector<OutsideCall> calls;
  if (diplotypes.size() > 1) {
    for (const std::string& diplotype : diplotypes) calls.push_back({.diplotype = diplotype});
    return calls;
  }
  const auto phenotypes = texts_of(gene, "phenotypes");
  const auto scores = texts_of(gene, "activity_scores");
  OutsideCall call;
  if (!diplotypes.empty()) call.diplotype = diplotypes.front();
  if (phenotypes.size() == 1) call.phenotypes = phenotypes;
  if (scores.size() == 1) call.score = read_activity_score(scores.front());
  if (call.has_result()) calls.push_back(std::move(call));
  return calls;
}

void read_gene(const Json& json, const KnowledgeBase& knowledge, PatientGenetics& genetics) {
  const Gene* gene = knowledge.find_gene(json.at("gene").get<std::string>());
  if (gene == nullptr) return;
  KnownGene known{.source = "report"};
  if (json.at("status") != "no_call") known.result = read_outside_calls(*gene, calls_of(json)).result;
  known.result.gene = gene->symbol;
  const Json& evidence = json.at("evidence");
  const bool from_variants =
      evidence.at("basis").is_string() && evidence.at("basis").get<std::string>().starts_with("variants");
  if (from_variants && evidence.at("sites_seen") == evidence.at("sites_total") && evidence.at("sites_assumed") == 0) {
    known.tested = defined_alleles(*gene);
  }
  genetics.genes.emplace(gene->symbol, std::move(known));
}

/// Two letters of a publication, in those of the catalogue.
void read_genotype(const DoseInput& input, const std::string& value, PatientGenetics& genetics) {
  const auto theirs = split(value, "/");
  if (theirs.size() != 2) return;
  std::vector<std::string> ours;
  for (const std::string_view letter : theirs) {
    for (const auto& [mine, published] : input.letters) {
      if (published == letter) ours.push_back(mine);
    }
  }
  if (ours.size() != 2) return;
  std::ranges::sort(ours);
  genetics.genotypes.emplace(input.rsid, KnownGenotype{ours[0], ours[1], "report"});
}

void read_estimate(const Json& estimate, const DosingLibrary& dosing, Patient& patient) {
  if (!estimate.is_object()) return;
  const DosingAlgorithm* algorithm = dosing.find(estimate.at("algorithm").get<std::string>());
  if (algorithm == nullptr) return;
  for (const Json& one : estimate.at("inputs")) {
    const std::string name = one.at("name").get<std::string>();
    const DoseInput* input = algorithm->find_input(name);
    if (input == nullptr || one.at("state") != "given" || one.at("value").is_null()) continue;
    const bool is_text = one.at("value").is_string();
    if (input->kind == DoseInput::Kind::genotype && is_text) {
      read_genotype(*input, one.at("value").get<std::string>(), patient.genetics);
    }
    if (input->kind != DoseInput::Kind::covariate) continue;
    InputValue value{.state = InputValue::State::given};
    if (is_text) {
      value.category = one.at("value").get<std::string>();
    } else {
      value.number = one.at("value").get<double>();
    }
    if (one.at("as_given").is_string()) value.shown = one.at("as_given").get<std::string>();
    const Covariate* covariate = dosing.covariates.find(name);
    const bool is_dose = covariate != nullptr && covariate->kind == Covariate::Kind::dose;
    if (is_dose && one.at("unit").is_string()) value.unit = one.at("unit").get<std::string>();
    patient.covariates.emplace(name, std::move(value));
  }
}

}  // namespace

Patient read_report_patient(const std::string& path, const DosingLibrary& dosing, const KnowledgeBase& knowledge) {
  const Json report = read_json(path);
  Patient patient;
  try {
    patient.sample = genomics::known_as(report.at("sample").get<std::string>());
    for (const Json& gene : report.at("genes")) read_gene(gene, knowledge, patient.genetics);
    if (!report.contains("doses")) {
      throw genomics::InputError{genomics::Fault::input,
                                 {path, "doses", "the report says nothing of the patient but genes",
                                  "run with `--dose DRUG --covariates FILE`, or give --covariates and --calls here"}};
    }
    for (const Json& dose : report.at("doses")) {
      read_estimate(dose.at("estimate"), dosing, patient);
      read_estimate(dose.at("instead"), dosing, patient);
    }
  } catch (const Json::exception&) {
    refuse(path, "is no report as stardose writes it");
  }
  return patient;
}

}  // namespace stardose::pharmaco
