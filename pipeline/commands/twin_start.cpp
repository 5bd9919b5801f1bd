// stardose twin start: records of patients, from what a run or a table says of them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pharmaco/covariates/covariate.h"
#include "pharmaco/inputs/called_genes.h"
#include "pharmaco/report/table.h"
#include "pharmaco/twin/report_patient.h"
#include "pharmaco/twin/start_twin.h"
#include "pipeline/commands/patient_flags.h"
#include "pipeline/commands/twin_commands.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/twins/record_file.h"
#include "pipeline/twins/twin_parts.h"

namespace stardose::pipeline {

namespace {

using pharmaco::KineticModel;
using pharmaco::KineticPrior;
using pharmaco::Patient;

struct StartFlags {
  std::string target;
  std::vector<std::string> reports;
  std::string id;
  std::string key;
  PatientFlags patients;
};

/// What is behind a pseudonym must not be guessed: a short key is none.
std::string read_key(const std::string& path) {
  constexpr std::size_t shortest = 16;
  if (path.empty()) return {};
  std::ifstream file{path, std::ios::binary};
  std::string key{std::istreambuf_iterator<char>{file}, {}};
  if (!file) {
    throw genomics::InputError{genomics::Fault::input, {path, "", "the key cannot be read", "check the path"}};
  }
  if (key.size() < shortest) {
    throw genomics::InputError{
        genomics::Fault::input,
        {path, "", "the key is shorter than 16 bytes", "make one with `head -c 32 /dev/urandom > key`, and keep it"}};
  }
  return key;
}

std::optional<std::vector<Patient>> patients_of(const StartFlags& flags, const config::Settings& settings,
                                                const TwinParts& parts, const KineticModel& model,
                                                Interrupt& interrupt) {
  std::vector<Patient> patients;
  for (const std::string& path : flags.reports) {
    patients.push_back(pharmaco::read_report_patient(path, parts.dosing(), parts.knowledge()));
  }
  if (!patients.empty()) {
    if (has_patients(flags.patients, settings)) {
      refuse_flag("--report", "patients are given twice", "give either reports, or tables and inputs");
    }
    return patients;
  }
  if (!has_patients(flags.patients, settings)) {
    refuse_flag("", "no patient is given",
                "give `--report report/SAMPLE.json` of a run, or `--covariates FILE` with `--calls` or `--input`");
  }
  const std::vector<std::string> genes = genes_of(model, parts.dosing(), parts.knowledge());
  const std::set<std::string> variants = variants_of(model, parts.dosing());
  return read_patients_of(flags.patients, settings, parts.knowledge(), patient_columns(parts.dosing()),
                          {genes, &variants}, interrupt.token());
}

std::string pseudonym(const StartFlags& flags, const std::string& sample, const std::string& key) {
  return flags.id.empty() ? pharmaco::pseudonym_of(sample, key) : genomics::known_as(flags.id);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string text;
  for (const std::string& one : texts) text += (text.empty() ? "" : "; ") + one;
  return text;
}

/// A patient and what begins.
struct Beginning {
  const Patient* patient = nullptr;
  KineticPrior prior;
  std::string id = {};
  std::string path = {};  ///< of the record; empty: the model is not for the patient
};

std::string row_of(const Beginning& one) {
  const KineticPrior& prior = one.prior;
  // What is unsure of the model is the same for everybody; the answers of the other commands have it.
  const std::vector<std::string>& unsure = prior.model->unsure;
  std::vector<std::string> cautions = prior.flags;
  std::ranges::copy_if(prior.cautions, std::back_inserter(cautions),
                       [&](const std::string& caution) { return std::ranges::find(unsure, caution) == unsure.end(); });
  const std::string dose = prior.anchored ? pharmaco::number_text(prior.anchored->mg_per_day * 7, 2) : "";
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", pharmaco::cell(one.patient->sample), pharmaco::cell(one.id),
                     one.path.empty() ? "refused" : "started", prior.model->id, pharmaco::cell(dose),
                     pharmaco::cell(one.path), pharmaco::cell(joined(prior.reasons)), pharmaco::cell(joined(cautions)));
}

void check_id(const StartFlags& flags, std::size_t patients) {
  if (flags.id.empty()) return;
  if (patients > 1)
    refuse_flag("--id", "there are several patients, and one id", "leave it out: ids are made of names");
  if (const std::string fault = pharmaco::fault_of_pseudonym(flags.id); !fault.empty()) {
    refuse_flag("--id", "cannot be the id of a patient: " + genomics::printable(flags.id), fault);
  }
}

int start(const StartFlags& flags, Interrupt& interrupt) {
  const config::RunRequest request = config::resolve(flags.patients.run);
  const config::Settings& settings = request.settings;
  std::ranges::for_each(flags.reports, genomics::hide_path);  // named after their samples
  const TwinParts parts{settings.knowledge};
  const KineticModel& model = parts.choose(flags.target);
  parts.make_ready(model);
  const std::string key = read_key(flags.key);
  const auto patients = patients_of(flags, settings, parts, model, interrupt);
  if (!patients) return exit_done;
  check_id(flags, patients->size());
  const std::string& folder = settings.output.folder;
  std::vector<Beginning> beginnings;
  for (const Patient& patient : *patients) {
    Beginning one{&patient, kinetic_prior(model, parts.dosing(), parts.knowledge(), patient)};
    one.id = pseudonym(flags, patient.sample, key);
    if (!one.prior.is_refused()) one.path = folder + "/" + one.id + std::string{record_suffix};
    if (!one.path.empty()) refuse_existing(one.path);
    beginnings.push_back(std::move(one));
  }
  make_folder(folder);
  interrupt.finish_what_is_begun();
  const std::string drug = model.id == flags.target ? model.drugs.front() : flags.target;
  const std::string program = std::string{"stardose "} + STARDOSE_VERSION;
  std::size_t refused = 0;
  fmt::print("sample\tpatient\tstatus\tmodel\tfirst_dose_mg_per_week\trecord\treasons\tcautions\n");
  for (const Beginning& one : beginnings) {
    refused += one.path.empty() ? 1 : 0;
    if (!one.path.empty()) {
      write_new_record(one.path,
                       start_twin({one.prior, parts.dosing(), parts.knowledge(), drug, one.id, program}, *one.patient));
    }
    fmt::print("{}", row_of(one));
  }
  if (refused > 0) {
    fmt::print(stderr, "{} of {} patient(s) got no record; the output says why\n", refused, patients->size());
  }
  return settings.strict && refused > 0 ? exit_strict : exit_done;
}

}  // namespace

Command add_twin_start(CLI::App& twin) {
  CLI::App* command = twin.add_subcommand("start", "Begin the record of a patient on a drug");
  auto flags = std::make_shared<StartFlags>();
  command->add_option("DRUG", flags->target, "Drug, such as warfarin, or kinetic model")->required();
  command
      ->add_option("--report", flags->reports, "report/SAMPLE.json of a run with doses, in place of tables and inputs")
      ->type_name("FILE");
  command->add_option("--id", flags->id, "The patient's id in the record [default: made of the name]")
      ->type_name("NAME");
  command
      ->add_option("--id-key", flags->key,
                   "File with a secret of 16 bytes or more, so that nobody without it can tell a name behind an id")
      ->type_name("FILE");
  add_patient_flags(*command, flags->patients, true);
  command->footer(
      "Writes PATIENT.twin.json into --output, and prints which sample is which patient: nothing else says so.");
  return [flags](Interrupt& interrupt) { return start(*flags, interrupt); };
}

}  // namespace stardose::pipeline
