// stardose score: a model's predictions for people.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

#include "config/command_line.h"
#include "genomics/input_error.h"
#include "genomics/trusted_keys.h"
#include "genomics/untrusted.h"
#include "learning/import/import_model.h"
#include "learning/model/signature.h"
#include "pharmaco/features/people_table.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/patient_flags.h"
#include "pipeline/exit_code.h"
#include "pipeline/score_people.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

struct ScoreFlags {
  std::string model;
  std::string table;
  std::string id;
  std::vector<std::string> missing;
  std::string features;
  std::string key;
  PatientFlags patients;
};

[[noreturn]] void refuse(const std::string& place, const std::string& why, const std::string& help) {
  throw InputError{Fault::usage, {"", place, why, help}};
}

/// The file itself was checked when it was read.
void check_signer(const ScoreFlags& flags, const learning::Model& model) {
  genomics::check_signer(flags.model, model.signature ? model.signature->key : "");
  if (flags.key.empty()) return;
  const std::string key = genomics::public_key(flags.key);
  if (!model.signature || model.signature->key != key) {
    throw genomics::Untrusted{{flags.model, "",
                               model.signature ? "it is signed by another key" : "nobody has signed it",
                               "fetch the model from those who hold the key of " + flags.key}};
  }
}

/// `--features`, or the file beside the model that has its name: `dose.features.yaml` beside `dose.json`.
std::string features_of(const ScoreFlags& flags) {
  if (!flags.features.empty()) return flags.features;
  std::filesystem::path beside{flags.model};
  beside.replace_extension(".features.yaml");
  std::error_code ignored;
  return std::filesystem::exists(beside, ignored) ? beside.string() : std::string{};
}

learning::Frame from_table(const ScoreFlags& flags, const learning::Predictor& predictor) {
  pharmaco::PeopleTable table = pharmaco::read_people(flags.table, flags.id, flags.missing, predictor.columns());
  for (const std::string& warning : table.warnings) warn_of(warning);
  return std::move(table.people);
}

/// `unsaid` gets the columns that no patient has, as the file of features says.
std::optional<learning::Frame> from_patients(const ScoreFlags& flags, const config::Settings& settings,
                                             const std::stop_token& stop, std::set<std::string>& unsaid) {
  const std::string features = features_of(flags);
  if (features.empty()) {
    refuse(
        "", "nobody is named",
        "give `--table FILE` with the model's columns, or `--features SET.yaml` with patients (--covariates, --input)");
  }
  auto patients = read_features_of(flags.patients, settings, features, stop);
  if (!patients) return std::nullopt;
  for (const auto& [column, why] : patients->set.without) unsaid.insert(column);
  return std::move(patients->frame);
}

int score(const ScoreFlags& flags, Interrupt& interrupt) {
  const config::RunRequest request = config::resolve(flags.patients.run);
  const config::Settings& settings = request.settings;
  if (!flags.table.empty() && (has_patients(flags.patients, settings) || !flags.features.empty())) {
    refuse("--table", "people are given twice", "give either a table with the model's columns, or patients");
  }
  learning::Model model = learning::import_model(flags.model);
  check_signer(flags, model);
  const learning::Predictor predictor{std::move(model)};
  std::set<std::string> unsaid;
  const std::optional<learning::Frame> people =
      flags.table.empty() ? from_patients(flags, settings, interrupt.token(), unsaid) : from_table(flags, predictor);
  if (!people) return exit_done;
  const std::string folder = request.output_given ? settings.output.folder : "";
  const PredictionsSummary summary =
      score_people(predictor, *people, unsaid, folder, stdout, settings.limits, interrupt.token());
  if (summary.stopped) return exit_done;
  for (const std::string& remark : predictor.model().remarks) warn_of(genomics::printable(remark));
  if (summary.refused > 0) {
    fmt::print(stderr, "{} of {} person(s) got no prediction; the output says why\n", summary.refused, summary.people);
  }
  if (!folder.empty()) fmt::print(stderr, "{} person(s): the predictions are in {}\n", summary.people, folder);
  return settings.strict && summary.refused > 0 ? exit_strict : exit_done;
}

}  // namespace

Command add_score_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("score", "Predict people's outcomes by a model, with intervals and reasons");
  auto flags = std::make_shared<ScoreFlags>();
  command->add_option("MODEL", flags->model, "A model of `stardose train`, or one trained elsewhere (`stardose model`)")
      ->required();
  command->add_option("--table", flags->table, "TSV or CSV with the model's own columns, a row a person")
      ->type_name("FILE");
  command->add_option("--id", flags->id, "The table's column of people's names [default: sample]")->type_name("NAME");
  command->add_option("--missing", flags->missing, "Words of the table for a missing value, beside NA and .")
      ->delimiter(',')
      ->type_name("WORDS");
  command
      ->add_option("--features", flags->features,
                   "YAML file of features, to make the columns of patients [default: MODEL's name with .features.yaml]")
      ->type_name("SET");
  command->add_option("--key", flags->key, "PEM of the public key that must have signed the model")->type_name("FILE");
  add_patient_flags(*command, flags->patients, true);
  command->footer(
      "With --output: predictions.tsv, predictions.json and contributions.tsv; else the first of them is printed.");
  return [flags](Interrupt& interrupt) { return score(*flags, interrupt); };
}

}  // namespace stardose::pipeline
