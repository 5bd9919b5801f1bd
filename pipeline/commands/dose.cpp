// stardose dose: algorithms, published or trained, applied to a table of patients.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <set>

#include "config/command_line.h"
#include "genomics/input_error.h"
#include "pharmaco/dosing/dose_formats.h"
#include "pharmaco/dosing/dose_words.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/patient_flags.h"
#include "pipeline/dose_plan.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using pharmaco::DoseReport;
using pharmaco::DosingAlgorithm;
using pharmaco::DosingLibrary;
using pharmaco::KnowledgeBase;

struct DoseFlags {
  std::string target;
  std::string format = "text";
  bool list = false;
  PatientFlags patients;
  config::RunFlags run;
};

void warn(const std::string& text) { fmt::print(stderr, "warning: {}\n", text); }

std::string drugs_of(const DosingAlgorithm& algorithm) {
  std::string text;
  for (const std::string& drug : algorithm.drugs) text += (text.empty() ? "" : ", ") + drug;
  return text;
}

void list(const DosingLibrary& library) {
  for (const DosingAlgorithm& algorithm : library.algorithms) {
    fmt::print("{:<30} {}{}\n", algorithm.id, algorithm.title, algorithm.preferred ? " [preferred]" : "");
    fmt::print("{:<30}   for {}; {}\n", "", drugs_of(algorithm), citation_text(algorithm.citation));
  }
}

std::string tsv_of(const std::vector<DoseReport>& reports) {
  std::string text{pharmaco::dose_header()};
  for (const DoseReport& report : reports) text += dose_rows(report);
  return text;
}

void write(const DoseFlags& flags, const config::RunRequest& request, const std::vector<DoseReport>& reports,
           const pharmaco::Release& release) {
  const std::string json = dose_json(reports, release, STARDOSE_VERSION);
  if (request.output_given) {
    const std::string& folder = request.settings.output.folder;
    make_folder(folder);
    write_file(folder + "/dosing.tsv", tsv_of(reports), true);
    write_file(folder + "/dosing.json", json, true);
  }
  if (flags.format == "json") fmt::print("{}", json);
  if (flags.format == "tsv") fmt::print("{}", tsv_of(reports));
  if (flags.format != "text") return;
  for (const DoseReport& report : reports) fmt::print("{}\n", dose_paragraph(report));
}

int dose(const DoseFlags& flags, Interrupt& interrupt) {
  const config::RunRequest request = config::resolve(flags.run);
  const config::Settings& settings = request.settings;
  if (flags.format != "text" && flags.format != "tsv" && flags.format != "json") {
    throw InputError{
        Fault::usage,
        {"", "--format", "no such format: " + genomics::printable(flags.format), "it is text, tsv or json"}};
  }
  const KnowledgeBase knowledge = pharmaco::open_knowledge(settings.knowledge);
  const DosingLibrary library = pharmaco::open_dosing(settings.knowledge, knowledge);
  if (flags.list) {
    list(library);
    return exit_done;
  }
  if (flags.target.empty()) {
    throw InputError{
        Fault::usage,
        {"", "", "no algorithm or drug is named", "`stardose dose --list` names the algorithms and drugs"}};
  }
  const DosingAlgorithm& algorithm = choose_algorithm(library, flags.target);
  if (settings.patients.covariates.empty()) {
    throw InputError{Fault::usage, {"", "", "no table of patients", "give one with `--covariates FILE`"}};
  }
  const auto algorithms = library.with_others(algorithm);
  make_ready(algorithms);
  const std::vector<std::string> genes = genes_of(algorithms, knowledge);
  const std::set<std::string> variants = variants_of(algorithms);
  const pharmaco::PatientColumns columns = patient_columns(library);
  const PatientFiles files = patient_files(flags.patients, settings);
  const auto patients = read_patients_of({knowledge,
                                          columns,
                                          files,
                                          {settings.input, settings.alignments, settings.input_list},
                                          settings.calling,
                                          settings.limits,
                                          {genes, &variants},
                                          warn},
                                         interrupt.token());
  if (!patients) return exit_done;
  const std::string_view drug = algorithm.id == flags.target ? std::string_view{} : flags.target;
  std::vector<DoseReport> reports;
  for (const pharmaco::Patient& patient : *patients) {
    reports.push_back(report_dose(library, knowledge, {algorithm, drug}, patient));
  }
  interrupt.finish_what_is_begun();
  write(flags, request, reports, knowledge.release);
  const auto refused = std::ranges::count(reports, "refused", pharmaco::status_of);
  if (refused > 0)
    fmt::print(stderr, "{} of {} patient(s) got no dose; the output says why\n", refused, reports.size());
  return settings.strict && refused > 0 ? exit_strict : exit_done;
}

}  // namespace

Command add_dose_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("dose", "Work out doses by published algorithms and trained models");
  auto flags = std::make_shared<DoseFlags>();
  command->add_option("TARGET", flags->target, "Drug, such as warfarin, or algorithm (--list names them)");
  command->add_flag("--list", flags->list, "List the algorithms with their sources and end.");
  add_patient_flags(*command, flags->patients);
  command->add_option("--format", flags->format, "What is printed: text, tsv or json [default: text]")
      ->type_name("text|tsv|json");
  flags->run.input_needed = false;
  config::add_run_options(*command, flags->run);
  return [flags](Interrupt& interrupt) { return dose(*flags, interrupt); };
}

}  // namespace stardose::pipeline
