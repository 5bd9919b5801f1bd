// stardose dose: published algorithms applied to a table of patients.
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
#include "pharmaco/inputs/called_genes.h"
#include "pharmaco/inputs/patient_table.h"
#include "pipeline/commands/commands.h"
#include "pipeline/dose_plan.h"
#include "pipeline/exit_code.h"
#include "pipeline/patient_genes.h"
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
  std::string calls;
  std::string format = "text";
  bool list = false;
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

/// Gives each patient what calls or variant files say; columns of the table go before it.
class GeneticsOfPatients {
 public:
  GeneticsOfPatients(const DoseFlags& flags, const config::Settings& settings, const KnowledgeBase& knowledge,
                     const std::vector<const DosingAlgorithm*>& algorithms)
      : flags_{flags},
        settings_{settings},
        knowledge_{knowledge},
        genes_{genes_of(algorithms, knowledge)},
        variants_{variants_of(algorithms)} {}

  /// Returns false when it was stopped.
  bool add_to(pharmaco::PatientTable& table, const std::stop_token& stop) const {
    if (!flags_.calls.empty()) {
      add_calls(table);
    } else if (has_input() && !genes_.empty()) {
      return add_variants(table, stop);
    }
    return true;
  }

 private:
  [[nodiscard]] bool has_input() const { return !settings_.input.files.empty() || !settings_.input_list.empty(); }

  static void add(pharmaco::PatientTable& table, const std::map<std::string, pharmaco::PatientGenetics>& found,
                  const std::string& source) {
    std::vector<std::string> samples;
    for (const auto& [sample, genetics] : found) samples.push_back(sample);
    for (const std::string& warning : check_samples(table, samples, source)) warn(warning);
    for (pharmaco::Patient& patient : table.patients) {
      pharmaco::PatientGenetics genetics = found.at(patient.sample);
      put_over(genetics, patient.genetics);
      patient.genetics = std::move(genetics);
    }
  }

  void add_calls(pharmaco::PatientTable& table) const {
    if (has_input()) {
      throw InputError{Fault::usage,
                       {"", "--calls", "calls and other inputs are both given", "give either --calls or --input"}};
    }
    add(table, pharmaco::read_called_genes(flags_.calls, knowledge_), flags_.calls);
  }

  bool add_variants(pharmaco::PatientTable& table, const std::stop_token& stop) const {
    CohortGenes cohort = read_patient_genes({knowledge_,
                                             {settings_.input, settings_.alignments, settings_.input_list},
                                             settings_.calling,
                                             settings_.limits,
                                             {genes_, variants_},
                                             warn},
                                            stop);
    if (cohort.stopped) return false;
    std::map<std::string, pharmaco::PatientGenetics> found;
    for (std::size_t k = 0; k < cohort.samples.size(); ++k) found[cohort.samples[k]] = std::move(cohort.of_sample[k]);
    add(table, found, settings_.input.files.empty() ? settings_.input_list : settings_.input.files.front());
    return true;
  }

  const DoseFlags& flags_;
  const config::Settings& settings_;
  const KnowledgeBase& knowledge_;
  std::vector<std::string> genes_;
  std::set<std::string> variants_;
};

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
  const pharmaco::DosingOptions& options = settings.dosing;
  if (options.covariates.empty()) {
    throw InputError{Fault::usage, {"", "", "no table of patients", "give one with `--covariates FILE`"}};
  }
  pharmaco::PatientTable table =
      read_patients(options.covariates, units_by_name(options), patient_columns(library), knowledge);
  for (const std::string& warning : table.warnings) warn(warning);
  const GeneticsOfPatients genetics{flags, settings, knowledge, library.with_others(algorithm)};
  if (!genetics.add_to(table, interrupt.token())) return exit_done;
  const std::string_view drug = algorithm.id == flags.target ? std::string_view{} : flags.target;
  std::vector<DoseReport> reports;
  for (const pharmaco::Patient& patient : table.patients) {
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
  CLI::App* command = app.add_subcommand("dose", "Work out doses by published algorithms");
  auto flags = std::make_shared<DoseFlags>();
  command->add_option("TARGET", flags->target, "Drug, such as warfarin, or algorithm (--list names them)");
  command->add_flag("--list", flags->list, "List the algorithms with their sources and end.");
  command->add_option("--calls", flags->calls, "calls.tsv of an earlier run, in place of --input")->type_name("FILE");
  command->add_option("--format", flags->format, "What is printed: text, tsv or json [default: text]")
      ->type_name("FORMAT");
  flags->run.input_needed = false;
  config::add_run_options(*command, flags->run);
  return [flags](Interrupt& interrupt) { return dose(*flags, interrupt); };
}

}  // namespace stardose::pipeline
