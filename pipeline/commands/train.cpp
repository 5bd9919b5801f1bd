// stardose train: from a recipe and a table of people to a model.
#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "config/command_line.h"
#include "genomics/input_error.h"
#include "learning/model/model_file.h"
#include "pharmaco/training/joined_tables.h"
#include "pharmaco/training/recipe.h"
#include "pharmaco/training/training_table.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/train_text.h"
#include "pipeline/exit_code.h"
#include "pipeline/progress.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using genomics::printable;
using pharmaco::Recipe;
using pharmaco::TrainingTask;

struct TrainFlags {
  std::string recipe;
  std::vector<std::string> data;
  std::string output;
  std::string sign;
  bool evaluate_only = false;
  bool list = false;
  config::RunFlags run;
};

std::size_t fits_of(const TrainingTask& task, bool with_model) {
  const auto& plan = task.plan;
  const std::size_t once = learning::fits_needed(plan.contenders, plan.search, task.people.data);
  std::size_t fits = with_model ? once : 0;
  for (const learning::FoldScheme& scheme : plan.schemes) {
    fits += once * learning::fold_count(scheme.plan, task.people.data);
  }
  return fits;
}

learning::Model finished(learning::Model model, const Recipe& recipe, const pharmaco::DelimitedTable& table,
                         const TrainFlags& flags) {
  model.source = fmt::format("stardose {}, recipe {}", STARDOSE_VERSION, recipe.name);
  model.training_data = table.sha256;
  model.card->title = recipe.title;
  model.card->sections = recipe.card;
  if (!flags.sign.empty()) model.signature = learning::sign(model, flags.sign);
  return model;
}

void check(const TrainFlags& flags, std::size_t targets) {
  if (flags.data.empty()) {
    throw InputError{Fault::usage, {"", "--data", "no table of people", "give one with `--data FILE`"}};
  }
  if (!flags.evaluate_only && flags.output.empty()) {
    throw InputError{Fault::usage,
                     {"", "--output", "nowhere to write the model", "give `--output FILE`, or --evaluate-only"}};
  }
  if (flags.evaluate_only) return;
  if (targets > 1) make_folder(flags.output);
  // Not after an hour of training.
  const std::filesystem::path folder = std::filesystem::path{flags.output}.parent_path();
  std::error_code unknown;
  if (targets == 1 && std::filesystem::is_directory(flags.output, unknown)) {
    throw InputError{Fault::output, {flags.output, "", "is a folder", "name the model's file with --output"}};
  }
  if (targets == 1 && !folder.empty() && !std::filesystem::is_directory(folder, unknown)) {
    throw InputError{Fault::output, {flags.output, "", "there is no folder " + folder.string(), "make it first"}};
  }
}

/// Where the model of one of several targets goes.
std::string path_of(const TrainFlags& flags, const std::string& target, bool several) {
  if (!several) return flags.output;
  std::string name = target;
  for (char& c : name) {
    if (c == '/' || static_cast<unsigned char>(c) < ' ') c = '_';
  }
  return (std::filesystem::path{flags.output} / (name + ".json")).string();
}

struct Trained {
  Validations validations;
  std::optional<learning::Model> model;
};

Trained train_one(const TrainingTask& task, const Recipe& recipe, const pharmaco::DelimitedTable& table,
                  const TrainFlags& flags, const std::function<void()>& fitted) {
  const learning::Bench bench{learning::fit, recipe.seed, fitted};
  std::vector<learning::Validation> validations;
  Trained trained;
  for (const learning::FoldScheme& scheme : task.plan.schemes) {
    validations.push_back(validate(task.plan, scheme, task.people, bench));
    trained.validations.push_back(validations.back().card);
  }
  if (!flags.evaluate_only) {
    trained.model = finished(train_model(task.plan, task.people, validations, bench), recipe, table, flags);
  }
  return trained;
}

/// Learns each target by itself.
std::vector<Trained> train_each(const Recipe& recipe, const pharmaco::DelimitedTable& table,
                                const std::vector<std::string>& targets, const TrainFlags& flags) {
  std::vector<Trained> trained(targets.size());
  const TrainingTask first = training_task(recipe, table, targets.front());
  CountLine count{"fitted", "methods", targets.size() * fits_of(first, !flags.evaluate_only)};
  tbb::parallel_for(std::size_t{0}, targets.size(), [&](std::size_t k) {
    const TrainingTask task = k == 0 ? first : training_task(recipe, table, targets[k]);
    trained[k] = train_one(task, recipe, table, flags, [&] { count.add(); });
  });
  return trained;
}

/// Learns all targets together.
std::vector<Trained> train_together(const Recipe& recipe, const pharmaco::DelimitedTable& table,
                                    const std::vector<std::string>& targets, const TrainFlags& flags) {
  const learning::ResponseStudy study = pharmaco::response_study(recipe, table, targets);
  std::vector<Trained> trained(targets.size());
  std::size_t folds = 0;
  for (const learning::FoldScheme& scheme : study.schemes) folds += learning::fold_count(study, scheme.plan);
  CountLine count{"fitted", "methods", folds};
  for (const learning::FoldScheme& scheme : study.schemes) {
    std::vector<learning::CardValidation> validations = validate(study, scheme, [&] { count.add(); });
    for (std::size_t k = 0; k < targets.size(); ++k) trained[k].validations.push_back(std::move(validations[k]));
  }
  if (flags.evaluate_only) return trained;
  const learning::FittedResponses fitted = learning::learn(study.plan, study.data);
  for (std::size_t k = 0; k < targets.size(); ++k) {
    trained[k].model = finished(train_model(study, fitted, k, trained[k].validations), recipe, table, flags);
  }
  return trained;
}

pharmaco::DelimitedTable read_data(const TrainFlags& flags, const Recipe& recipe) {
  std::vector<pharmaco::DelimitedTable> tables;
  for (const std::string& path : flags.data) tables.push_back(pharmaco::read_delimited(path, "people", "--data"));
  return joined(std::move(tables), recipe.id, recipe.file);
}

int train(const TrainFlags& flags) {
  if (flags.list) {
    fmt::print("Learners, of a recipe's contenders and of the step `select`:\n\n");
    list_learners();
    fmt::print("\nSteps, of a recipe's `steps`:\n\n");
    list_steps();
    return exit_done;
  }
  if (flags.recipe.empty()) {
    throw InputError{Fault::usage, {"", "", "no recipe", "give one: `stardose train RECIPE.yaml --data TABLE`"}};
  }
  const Recipe recipe = pharmaco::read_recipe(flags.recipe);
  check(flags, 0);
  const pharmaco::DelimitedTable table = read_data(flags, recipe);
  const std::vector<std::string> targets = pharmaco::target_columns(recipe, table);
  const bool several = targets.size() > 1;
  check(flags, targets.size());
  const config::Settings settings = config::resolve(flags.run).settings;
  const tbb::global_control allow{tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(settings.limits.threads)};
  tbb::task_arena threads{settings.limits.threads};
  const std::vector<Trained> trained = threads.execute([&] {
    return recipe.responses ? train_together(recipe, table, targets, flags) : train_each(recipe, table, targets, flags);
  });
  for (std::size_t k = 0; k < targets.size(); ++k) {
    const std::string name = several ? recipe.name + " " + targets[k] : recipe.name;
    for (const learning::CardValidation& validation : trained[k].validations) print_validation(name, validation);
    if (trained[k].model) write_file(path_of(flags, targets[k], several), model_json(*trained[k].model), true);
  }
  if (!several) return exit_done;
  std::vector<Validations> of_targets;
  for (const Trained& one : trained) of_targets.push_back(one.validations);
  print_summary(recipe, of_targets);
  return exit_done;
}

}  // namespace

Command add_train_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("train", "Train a model by a recipe, and say how good it is");
  auto flags = std::make_shared<TrainFlags>();
  command->add_option("RECIPE", flags->recipe, "The recipe, YAML (workflows/README.md)");
  command
      ->add_option("--data", flags->data,
                   "Table of people whose outcome is known, TSV or CSV; several are joined by the recipe's `id`")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--output", flags->output, "Where to write the model; of several targets a folder")
      ->type_name("FILE");
  command->add_option("--sign", flags->sign, "Ed25519 private key (PEM) to sign the model with")->type_name("KEY");
  command->add_flag("--evaluate-only", flags->evaluate_only, "Cross-validate, and write no model.");
  command->add_flag("--list", flags->list,
                    "List the learners with their settings and the steps with their keys, and end.");
  flags->run.input_needed = false;
  config::add_some_options(*command, flags->run, {"threads"});
  return [flags](Interrupt& /*interrupt*/) { return train(*flags); };
}

}  // namespace stardose::pipeline
