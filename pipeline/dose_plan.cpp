// Choosing algorithms, and the table beside the samples.
#include "pipeline/dose_plan.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "pharmaco/inputs/called_genes.h"

namespace stardose::pipeline {

using genomics::Fault;
using genomics::InputError;
using pharmaco::DoseInput;
using pharmaco::DoseReport;
using pharmaco::DosingAlgorithm;

namespace {

/// Whether there is no dose of it without a table of patients.
bool needs_covariates(const DosingAlgorithm& algorithm) {
  return std::ranges::any_of(algorithm.inputs, [](const DoseInput& input) {
    return input.kind == DoseInput::Kind::covariate && input.if_missing == DoseInput::IfMissing::refuse;
  });
}

}  // namespace

const DosingAlgorithm& choose_algorithm(const pharmaco::DosingLibrary& library, const std::string& id_or_drug) {
  if (const DosingAlgorithm* algorithm = library.choose(id_or_drug)) return *algorithm;
  std::vector<std::string> names;
  for (const DosingAlgorithm& algorithm : library.algorithms) {
    names.push_back(algorithm.id);
    names.insert(names.end(), algorithm.drugs.begin(), algorithm.drugs.end());
  }
  const std::string nearest = genomics::nearest_name(id_or_drug, names);
  throw InputError{
      Fault::usage,
      {"", "dose", "no dosing algorithm and no drug is named " + genomics::printable(id_or_drug),
       nearest.empty() ? "`stardose dose --list` names the algorithms and drugs" : "did you mean `" + nearest + "`?"}};
}

DosePlan::DosePlan(const pharmaco::DosingOptions& options, const pharmaco::PatientOptions& patients,
                   const std::string& catalogue, const pharmaco::KnowledgeBase& knowledge) {
  if (options.dose.empty()) return;
  knowledge_ = knowledge;
  library_ = pharmaco::open_dosing(catalogue, knowledge_);
  std::vector<const DosingAlgorithm*> all;
  for (const std::string& name : options.dose) {
    const DosingAlgorithm& algorithm = choose_algorithm(library_, name);
    drugs_.push_back(algorithm.id == name ? std::string{} : name);
    const auto with_others = library_.with_others(algorithm);
    all.insert(all.end(), with_others.begin(), with_others.end());
  }
  for (std::size_t k = 0; k < options.dose.size(); ++k) {
    questions_.push_back({choose_algorithm(library_, options.dose[k]), drugs_[k]});
  }
  make_ready(all);
  genes_ = genes_of(all, knowledge_);
  variants_ = variants_of(all);
  if (!patients.covariates.empty()) {
    table_ = read_patients(patients.covariates, units_by_name(patients), patient_columns(library_), knowledge_);
    for (std::size_t row = 0; row < table_.patients.size(); ++row) row_of_[table_.patients[row].sample] = row;
    return;
  }
  for (const auto& question : questions_) {
    if (!needs_covariates(question.algorithm)) continue;
    throw InputError{Fault::usage,
                     {"", "dose", question.algorithm.id + " cannot do without a table of patients",
                      "give one with `--covariates FILE`, or as `covariates: FILE` in the workflow file"}};
  }
}

void DosePlan::check(const std::vector<std::string>& samples,
                     const std::function<void(const std::string&)>& warn) const {
  if (table_.path.empty()) return;
  std::ranges::for_each(table_.warnings, warn);
  std::vector<std::string> without;
  std::ranges::copy_if(samples, std::back_inserter(without),
                       [this](const std::string& sample) { return !row_of_.contains(sample); });
  if (without.size() == samples.size() && !table_.patients.empty()) {
    const std::string& patient = table_.patients.front().sample;
    const std::string nearest = genomics::nearest_name(patient, samples);
    throw InputError{
        Fault::mismatch,
        {table_.path, std::to_string(table_.lines.front()),
         "no sample of the inputs has a row; the first is of " + genomics::printable(patient),
         nearest.empty() ? "names must be the same in both, letter by letter" : "did you mean `" + nearest + "`?"}};
  }
  for (std::size_t row = 0; row < table_.patients.size(); ++row) {
    const std::string& patient = table_.patients[row].sample;
    if (std::ranges::find(samples, patient) != samples.end()) continue;
    const std::string nearest = genomics::nearest_name(patient, without);
    if (nearest.empty()) continue;
    warn(table_.path + ":" + std::to_string(table_.lines[row]) + ": " + genomics::printable(patient) +
         " is no sample of the inputs; " + genomics::printable(nearest) + " is one, without a row");
  }
  if (without.empty()) return;
  warn(table_.path + ": no row for " + std::to_string(without.size()) + " sample(s), the first is " +
       genomics::printable(without.front()));
}

std::vector<DoseReport> DosePlan::doses_of(const std::string& sample, const pharmaco::PatientGenetics& genetics) const {
  const auto row = row_of_.find(sample);
  pharmaco::Patient patient{.sample = sample};
  if (row != row_of_.end()) patient = table_.patients[row->second];
  pharmaco::PatientGenetics of_table = std::move(patient.genetics);
  patient.genetics = genetics;
  put_over(patient.genetics, of_table);
  std::vector<DoseReport> reports;
  for (const auto& question : questions_) {
    const bool is_refused = row == row_of_.end() && needs_covariates(question.algorithm);
    reports.push_back(is_refused ? without_covariates(question, sample)
                                 : report_dose(library_, knowledge_, question, patient));
  }
  return reports;
}

DoseReport DosePlan::without_covariates(const pharmaco::DoseQuestion& question, const std::string& sample) const {
  DoseReport report{.sample = sample};
  report.own.algorithm = &question.algorithm;
  report.own.status = pharmaco::DoseEstimate::Status::refused;
  // The name alone: what is said of a person is the same wherever the table stands.
  const std::string table = std::filesystem::path{table_.path}.filename();
  report.own.reasons = {"no covariates: " + table + " has no row for this sample"};
  return report;
}

}  // namespace stardose::pipeline
