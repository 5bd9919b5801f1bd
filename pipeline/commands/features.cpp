// stardose features: patients as a matrix for models.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "config/command_line.h"
#include "genomics/input_error.h"
#include "learning/frame/frame_matrix.h"
#include "pharmaco/dosing/dosing_library.h"
#include "pharmaco/features/feature_frame.h"
#include "pharmaco/features/feature_set.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/patient_flags.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/write_genotypes.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using genomics::printable;

struct FeatureFlags {
  std::string set;  ///< empty: genotypes alone
  std::string genotypes;
  std::string genotype_field = "GT";
  std::vector<std::string> matrix = {"npy"};
  PatientFlags patients;
  config::RunFlags run;
};

void warn(const std::string& text) { fmt::print(stderr, "warning: {}\n", text); }

void write_frame(const std::string& folder, const learning::Frame& frame) {
  make_folder(folder);
  write_file(folder + "/features.tsv", frame_tsv(frame), true);
  write_file(folder + "/features.npy", frame_npy(frame), true);
  write_file(folder + "/features.mtx", frame_market(frame), true);
  write_file(folder + "/features.columns.tsv", columns_tsv(frame), true);
}

/// A column in which nothing is known is more often a mistake than not.
void warn_of_empty(const learning::Frame& frame, const pharmaco::FeatureSet& set,
                   const std::vector<pharmaco::Patient>& patients, const pharmaco::KnowledgeBase& knowledge) {
  for (std::size_t k = 0; k < frame.columns.size(); ++k) {
    const learning::Column& column = frame.columns[k];
    const bool known = std::ranges::any_of(column.values, [](double value) { return value == value; });
    if (known || patients.empty()) continue;
    const std::string why = why_missing(set, set.features[k], patients.front(), knowledge);
    warn(printable("nobody has a value of " + column.kind.name + (why.empty() ? "" : ": " + why)));
  }
}

/// Throws InputError (usage) for flags that do not go together.
void check(const FeatureFlags& flags, const config::RunRequest& request) {
  const auto refuse = [](const std::string& place, const std::string& why, const std::string& help) {
    throw InputError{Fault::usage, {"", place, why, help}};
  };
  if (flags.set.empty() && flags.genotypes.empty()) {
    refuse("", "there is nothing to do", "name a file of features, or `--genotypes all`");
  }
  for (const std::string& kind : flags.matrix) {
    if (kind != "npy" && kind != "mtx") refuse("--matrix", "no such file: " + printable(kind), "it is npy or mtx");
  }
  if (flags.genotype_field != "GT" && flags.genotype_field != "DS") {
    refuse("--genotype-field", "no such field: " + printable(flags.genotype_field), "it is GT or DS");
  }
  if (flags.genotypes.empty()) return;
  if (!request.output_given) refuse("--genotypes", "there is no folder for a matrix", "name one with --output");
  if (request.settings.input.files.empty()) refuse("--genotypes", "there is no input", "name one with --input");
}

int write_matrix_of_genotypes(const FeatureFlags& flags, const config::Settings& settings,
                              std::vector<std::string> patients, const std::stop_token& stop) {
  const auto writes = [&](const char* kind) { return std::ranges::find(flags.matrix, kind) != flags.matrix.end(); };
  const GenotypesJob job{settings.input,
                         settings.limits,
                         {settings.output.folder, writes("npy"), writes("mtx"), flags.genotype_field == "DS",
                          read_variant_choice(flags.genotypes)},
                         std::move(patients),
                         warn};
  const GenotypesSummary summary = write_genotypes(job, stop);
  if (summary.stopped) return exit_done;
  fmt::print(stderr, "{} patient(s), {} variant(s): the genotypes are in {}\n", summary.patients, summary.variants,
             settings.output.folder);
  return exit_done;
}

int features(const FeatureFlags& flags, Interrupt& interrupt) {
  const config::RunRequest request = config::resolve(flags.run);
  const config::Settings& settings = request.settings;
  check(flags, request);
  if (flags.set.empty()) return write_matrix_of_genotypes(flags, settings, {}, interrupt.token());
  const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge(settings.knowledge);
  const pharmaco::DosingLibrary library = pharmaco::open_dosing(settings.knowledge, knowledge);
  const pharmaco::FeatureSet set = pharmaco::read_feature_set(flags.set, library.covariates, knowledge);
  pharmaco::PatientColumns columns{library.covariates, {}};
  add_letters(set.inputs, columns.letters);
  const PatientFiles files = patient_files(flags.patients, settings);
  const std::vector<std::string> genes = genes_of(set);
  const auto patients = read_patients_of({knowledge,
                                          columns,
                                          files,
                                          {settings.input, settings.alignments, settings.input_list},
                                          settings.calling,
                                          settings.limits,
                                          {genes},
                                          warn},
                                         interrupt.token());
  if (!patients) return exit_done;
  const learning::Frame frame = feature_frame(set, *patients, knowledge);
  warn_of_empty(frame, set, *patients, knowledge);
  if (!flags.genotypes.empty()) {
    const int code = write_matrix_of_genotypes(flags, settings, frame.rows, interrupt.token());
    if (interrupt.token().stop_requested()) return code;
  }
  interrupt.finish_what_is_begun();
  if (request.output_given) {
    write_frame(settings.output.folder, frame);
    fmt::print(stderr, "{} patient(s), {} feature(s): the matrix is in {}\n", frame.rows.size(), frame.columns.size(),
               settings.output.folder);
  } else {
    fmt::print("{}", frame_tsv(frame));
  }
  return exit_done;
}

}  // namespace

Command add_features_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("features", "Make a matrix of features for models");
  auto flags = std::make_shared<FeatureFlags>();
  command->add_option("SET", flags->set, "YAML file that names the features (workflows/README.md, \"Features\")");
  command->add_option("--genotypes", flags->genotypes, "Copies of every variant's allele, too: `all`, or a file of IDs")
      ->type_name("WHICH");
  command->add_option("--genotype-field", flags->genotype_field, "GT, or DS for imputed dosages [default: GT]")
      ->type_name("FIELD");
  command->add_option("--matrix", flags->matrix, "How genotypes are written: npy, mtx or both [default: npy]")
      ->delimiter(',')
      ->type_name("KINDS");
  add_patient_flags(*command, flags->patients);
  flags->run.input_needed = false;
  config::add_run_options(*command, flags->run);
  command->footer("With --output: features.tsv, features.npy, features.mtx and features.columns.tsv; else the table.");
  return [flags](Interrupt& interrupt) { return features(*flags, interrupt); };
}

}  // namespace stardose::pipeline
