// Choosing algorithms, and the table beside the samples.
#include "pipeline/dose_plan.h"

#include <algorithm>
#include <filesystem>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"

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

DosePlan::DosePlan(const pharmaco::DosingOptions& options, const pharmaco::DosingLibrary& library,
                   const pharmaco::KnowledgeBase& knowledge)
    : library_{library}, knowledge_{knowledge} {
  if (options.dose.empty()) return;
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
}

void DosePlan::require_table() const {
  for (const auto& question : questions_) {
    if (!needs_covariates(question.algorithm)) continue;
    throw InputError{Fault::usage,
                     {"", "dose", question.algorithm.id + " cannot do without a table of patients",
                      "give one with `--covariates FILE`, or as `covariates: FILE` in the workflow file"}};
  }
}

std::vector<DoseReport> DosePlan::doses_of(const KnownPatients& known, const pharmaco::Patient& patient) const {
  const bool has_row = known.has_row(patient.sample);
  std::vector<DoseReport> reports;
  for (const auto& question : questions_) {
    if (has_row || !needs_covariates(question.algorithm)) {
      reports.push_back(report_dose(library_, knowledge_, question, patient));
      continue;
    }
    DoseReport& report = reports.emplace_back(DoseReport{.sample = patient.sample});
    report.own.algorithm = &question.algorithm;
    report.own.status = pharmaco::DoseEstimate::Status::refused;
    // The name alone: what is said of a person is the same wherever the table stands.
    const std::string table = std::filesystem::path{known.table()}.filename();
    report.own.reasons = {"no covariates: " + table + " has no row for this sample"};
  }
  return reports;
}

}  // namespace stardose::pipeline
