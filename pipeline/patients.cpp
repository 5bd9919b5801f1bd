// Putting together what is known of each patient.
#include "pipeline/patients.h"

#include <map>
#include <utility>

#include "genomics/input_error.h"
#include "pharmaco/inputs/called_genes.h"
#include "pharmaco/inputs/patient_table.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using pharmaco::Patient;
using pharmaco::PatientGenetics;

/// What calls or inputs say, sample by sample.
struct KnownSamples {
  std::string source;
  std::vector<std::string> samples;
  std::vector<PatientGenetics> genetics;
};

std::optional<KnownSamples> read_inputs_of(const PatientsJob& job, const std::stop_token& stop) {
  const auto& files = job.input.variants.files;
  CohortGenes cohort =
      read_patient_genes({job.knowledge, job.input, job.calling, job.limits, job.asked, job.warn}, stop);
  if (cohort.stopped) return std::nullopt;
  return KnownSamples{files.empty() ? job.input.list : files.front(), std::move(cohort.samples),
                      std::move(cohort.of_sample)};
}

KnownSamples read_calls_of(const PatientsJob& job) {
  KnownSamples known{job.calls, {}, {}};
  for (auto& [sample, genetics] : pharmaco::read_called_genes(job.calls, job.knowledge)) {
    known.samples.push_back(sample);
    known.genetics.push_back(std::move(genetics));
  }
  return known;
}

std::vector<Patient> join(const PatientsJob& job, pharmaco::PatientTable table, std::optional<KnownSamples> known) {
  if (!known) return std::move(table.patients);
  std::vector<Patient> patients = std::move(table.patients);
  if (job.patients.covariates.empty()) {
    for (const std::string& sample : known->samples) patients.push_back({sample, {}, {}});
  } else {
    table.patients = patients;
    for (const std::string& warning : check_samples(table, known->samples, known->source)) job.warn(warning);
  }
  std::map<std::string, std::size_t> place;
  for (std::size_t k = 0; k < known->samples.size(); ++k) place[known->samples[k]] = k;
  for (Patient& patient : patients) {
    PatientGenetics genetics = std::move(known->genetics[place.at(patient.sample)]);
    put_over(genetics, patient.genetics);
    patient.genetics = std::move(genetics);
  }
  return patients;
}

void add_scores(const PatientsJob& job, std::vector<Patient>& patients) {
  if (job.patients.polygenic.empty()) return;
  const auto scores = pharmaco::read_polygenic_scores(job.patients.polygenic);
  std::size_t without = 0;
  for (Patient& patient : patients) {
    const auto found = scores.find(patient.sample);
    if (found == scores.end()) {
      ++without;
    } else {
      patient.genetics.scores = found->second;
    }
  }
  if (without == 0) return;
  job.warn(job.patients.polygenic + ": " + std::to_string(without) + " of " + std::to_string(patients.size()) +
           " patient(s) have no polygenic score there");
}

}  // namespace

std::optional<std::vector<Patient>> read_patients_of(const PatientsJob& job, const std::stop_token& stop) {
  const bool has_input = !job.input.variants.files.empty() || !job.input.list.empty();
  if (!job.calls.empty() && has_input) {
    throw InputError{Fault::usage,
                     {"", "--calls", "calls and other inputs are both given", "give either --calls or --input"}};
  }
  pharmaco::PatientTable table;
  if (!job.patients.covariates.empty()) {
    table = read_patients(job.patients.covariates, units_by_name(job.patients), job.columns, job.knowledge);
    for (const std::string& warning : table.warnings) job.warn(warning);
  } else if (job.calls.empty() && !has_input) {
    throw InputError{Fault::usage,
                     {"", "", "nobody is named", "give a table of patients with `--covariates FILE`, or an input"}};
  }
  std::optional<KnownSamples> known;
  if (!job.calls.empty()) known = read_calls_of(job);
  if (has_input && (!job.asked.genes.empty() || job.patients.covariates.empty())) {
    known = read_inputs_of(job, stop);
    if (!known) return std::nullopt;
  }
  std::vector<Patient> patients = join(job, std::move(table), std::move(known));
  add_scores(job, patients);
  return patients;
}

}  // namespace stardose::pipeline
