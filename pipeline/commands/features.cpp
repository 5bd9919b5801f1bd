// stardose features: patients as a matrix for models.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "config/command_line.h"
#include "genomics/input_error.h"
#include "learning/frame/frame_matrix.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/patient_flags.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/feature_files.h"
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
};

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
                         warn_of};
  const GenotypesSummary summary = write_genotypes(job, stop);
  if (summary.stopped) return exit_done;
  fmt::print(stderr, "{} patient(s), {} variant(s): the genotypes are in {}\n", summary.patients, summary.variants,
             settings.output.folder);
  return exit_done;
}

int features(const FeatureFlags& flags, Interrupt& interrupt) {
  const config::RunRequest request = config::resolve(flags.patients.run);
  const config::Settings& settings = request.settings;
  check(flags, request);
  if (flags.set.empty()) return write_matrix_of_genotypes(flags, settings, {}, interrupt.token());
  const auto patients = read_features_of(flags.patients, settings, flags.set, interrupt.token());
  if (!patients) return exit_done;
  const learning::Frame& frame = patients->frame;
  std::ranges::for_each(patients->warnings, warn_of);
  if (!flags.genotypes.empty()) {
    const int code = write_matrix_of_genotypes(flags, settings, frame.rows, interrupt.token());
    if (interrupt.token().stop_requested()) return code;
  }
  interrupt.finish_what_is_begun();
  if (request.output_given) {
    write_features(settings.output.folder, frame);
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
  add_patient_flags(*command, flags->patients, false);
  command->footer("With --output: features.tsv, features.npy, features.mtx and features.columns.tsv; else the table.");
  return [flags](Interrupt& interrupt) { return features(*flags, interrupt); };
}

}  // namespace stardose::pipeline
