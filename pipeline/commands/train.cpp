// stardose train: from a recipe and a table of people to a model.
#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "config/command_line.h"
#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"
#include "learning/model/model_file.h"
#include "pharmaco/training/recipe.h"
#include "pharmaco/training/training_table.h"
#include "pipeline/commands/commands.h"
#include "pipeline/exit_code.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/standard_streams.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using genomics::printable;
using pharmaco::Recipe;
using pharmaco::TrainingTask;

struct TrainFlags {
  std::string recipe;
  std::string data;
  std::string output;
  std::string sign;
  bool evaluate_only = false;
  bool list = false;
  config::RunFlags run;
};

/// One line on a terminal: how many methods are fitted of those that there are to fit.
class FitCount {
 public:
  explicit FitCount(std::size_t total) : total_{total}, on_terminal_{stderr_can_be_rewritten()} {}
  ~FitCount() {
    if (shown_) fmt::print(stderr, "\r\033[K");
  }
  FitCount(const FitCount&) = delete;
  FitCount& operator=(const FitCount&) = delete;
  FitCount(FitCount&&) = delete;
  FitCount& operator=(FitCount&&) = delete;

  void add() {
    const std::size_t done = ++done_;
    if (!on_terminal_ || !turn_.try_lock()) return;
    const std::lock_guard lock{turn_, std::adopt_lock};
    fmt::print(stderr, "\r\033[Kfitted {} of {} methods", done, total_);
    shown_ = true;
  }

 private:
  std::size_t total_;
  std::atomic<std::size_t> done_ = 0;
  std::mutex turn_;
  bool on_terminal_;
  bool shown_ = false;
};

std::string settings_text(const learning::SettingKind& setting) {
  if (!setting.words.empty()) {
    std::string words;
    for (const std::string_view word : setting.words) words += fmt::format("{}{}", words.empty() ? "" : ", ", word);
    return fmt::format("{} [{}] ({})", setting.meaning, std::get<std::string>(setting.usual), words);
  }
  return fmt::format("{} [{}] ({} to {})", setting.meaning, std::get<double>(setting.usual), setting.lowest,
                     setting.highest);
}

void list_learners() {
  for (const learning::Learner& learner : learning::learners()) {
    fmt::print("{:<26} {}; {}{}{}\n", learner.name, learner.title, learner.quantities ? "quantities" : "",
               learner.quantities && learner.classes ? ", " : "", learner.classes ? "classes" : "");
    for (const learning::SettingKind& setting : learner.settings) {
      fmt::print("  {:<24} {}\n", setting.name, settings_text(setting));
    }
  }
}

std::string figure_text(const learning::CardFigure& figure) {
  if (std::isnan(figure.value)) return figure.name + " NA";
  if (figure.unit == "%") return fmt::format("{} {:.1f} %", figure.name, figure.value);
  return fmt::format("{} {:.3g}{}{}", figure.name, figure.value, figure.unit.empty() ? "" : " ", figure.unit);
}

/// `warfarin 5-fold: MAE 8.05 mg/week, within 20 %: 48.4 %`, and a line for each group.
void print_validation(const std::string& name, const learning::CardValidation& validation) {
  for (const learning::CardGroup& group : validation.groups) {
    const std::string of = group.column.empty() ? "" : fmt::format(" {} {}", group.column, group.level);
    std::string figures;
    for (const learning::CardFigure& figure : group.figures) {
      const bool is_first = figures.empty();
      if (!is_first) figures += ", ";
      figures += figure.name.ends_with(" %") ? fmt::format("{}: {:.1f} %", figure.name, figure.value)
                 : figure.unit.empty() || figure.unit == "%"
                     ? figure_text(figure)
                     : fmt::format("{} {:.2f} {}", figure.name, figure.value, figure.unit);
    }
    fmt::print("{} {}{}{}: {}\n", printable(name), printable(validation.name), printable(of),
               group.column.empty() ? "" : fmt::format(" (n = {})", group.rows), printable(figures));
  }
  for (const std::string& choice : validation.choices) {
    fmt::print("{} {} chose: {}\n", printable(name), printable(validation.name), printable(choice));
  }
}

std::string sha256_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  genomics::Sha256 sum;
  for (std::string piece(1 << 16, '\0'); file;) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    sum.update(std::string_view{piece}.substr(0, static_cast<std::size_t>(file.gcount())));
  }
  return sum.hex();
}

std::size_t fits_of(const TrainingTask& task, bool with_model) {
  const auto& plan = task.plan;
  const std::size_t once = learning::fits_needed(plan.contenders, plan.search, task.people.data);
  std::size_t fits = with_model ? once : 0;
  for (const learning::FoldScheme& scheme : plan.schemes) {
    fits += once * learning::fold_count(scheme.plan, task.people.data);
  }
  return fits;
}

learning::Model finished(learning::Model model, const Recipe& recipe, const TrainFlags& flags) {
  model.source = fmt::format("stardose {}, recipe {}", STARDOSE_VERSION, recipe.name);
  model.training_data = sha256_of(flags.data);
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
  std::vector<learning::CardValidation> validations;
  std::optional<learning::Model> model;
};

Trained train_one(const TrainingTask& task, const Recipe& recipe, const TrainFlags& flags,
                  const std::function<void()>& fitted) {
  const learning::Bench bench{learning::fit, recipe.seed, fitted};
  std::vector<learning::Validation> validations;
  Trained trained;
  for (const learning::FoldScheme& scheme : task.plan.schemes) {
    validations.push_back(validate(task.plan, scheme, task.people, bench));
    trained.validations.push_back(validations.back().card);
  }
  if (!flags.evaluate_only) {
    trained.model = finished(train_model(task.plan, task.people, validations, bench), recipe, flags);
  }
  return trained;
}

/// Learns each target by itself.
std::vector<Trained> train_each(const Recipe& recipe, const pharmaco::DelimitedTable& table,
                                const std::vector<std::string>& targets, const TrainFlags& flags) {
  std::vector<Trained> trained(targets.size());
  const TrainingTask first = training_task(recipe, table, targets.front());
  FitCount count{targets.size() * fits_of(first, !flags.evaluate_only)};
  tbb::parallel_for(std::size_t{0}, targets.size(), [&](std::size_t k) {
    const TrainingTask task = k == 0 ? first : training_task(recipe, table, targets[k]);
    trained[k] = train_one(task, recipe, flags, [&] { count.add(); });
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
  FitCount count{folds};
  for (const learning::FoldScheme& scheme : study.schemes) {
    std::vector<learning::CardValidation> validations = validate(study, scheme, [&] { count.add(); });
    for (std::size_t k = 0; k < targets.size(); ++k) trained[k].validations.push_back(std::move(validations[k]));
  }
  if (flags.evaluate_only) return trained;
  const learning::FittedResponses fitted = learning::learn(study.plan, study.data);
  for (std::size_t k = 0; k < targets.size(); ++k) {
    trained[k].model = finished(train_model(study, fitted, k, trained[k].validations), recipe, flags);
  }
  return trained;
}

/// Means of the figures of all people over several targets, and the medians.
void print_summary(const Recipe& recipe, const std::vector<Trained>& trained) {
  for (std::size_t scheme = 0; scheme < recipe.folds.size(); ++scheme) {
    std::string figures;
    const auto& first = trained.front().validations[scheme].groups.front().figures;
    for (std::size_t k = 0; k < first.size(); ++k) {
      std::vector<double> values;
      double sum = 0;
      for (const Trained& one : trained) {
        const double value = one.validations[scheme].groups.front().figures[k].value;
        if (std::isnan(value)) continue;
        values.push_back(value);
        sum += value;
      }
      if (values.empty()) continue;
      std::ranges::sort(values);
      const std::size_t middle = values.size() / 2;
      const double median = values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
      figures += fmt::format("{}{} mean {:.3f} median {:.3f}", figures.empty() ? "" : ", ", first[k].name,
                             sum / static_cast<double>(values.size()), median);
    }
    fmt::print("{} {} over {} targets: {}\n", printable(recipe.name), printable(recipe.folds[scheme].name),
               trained.size(), figures);
  }
}

int train(const TrainFlags& flags) {
  if (flags.list) {
    list_learners();
    return exit_done;
  }
  if (flags.recipe.empty()) {
    throw InputError{Fault::usage, {"", "", "no recipe", "give one: `stardose train RECIPE.yaml --data TABLE`"}};
  }
  const Recipe recipe = pharmaco::read_recipe(flags.recipe);
  check(flags, 0);
  const pharmaco::DelimitedTable table = pharmaco::read_delimited(flags.data, "people", "--data");
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
  if (several) print_summary(recipe, trained);
  return exit_done;
}

}  // namespace

Command add_train_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("train", "Train a model by a recipe, and say how good it is");
  auto flags = std::make_shared<TrainFlags>();
  command->add_option("RECIPE", flags->recipe, "The recipe, YAML (workflows/README.md)");
  command->add_option("--data", flags->data, "Table of people whose outcome is known, TSV or CSV")->type_name("FILE");
  command->add_option("--output", flags->output, "Where to write the model; of several targets a folder")
      ->type_name("FILE");
  command->add_option("--sign", flags->sign, "Ed25519 private key (PEM) to sign the model with")->type_name("KEY");
  command->add_flag("--evaluate-only", flags->evaluate_only, "Cross-validate, and write no model.");
  command->add_flag("--list", flags->list, "List the learners with their settings and end.");
  flags->run.input_needed = false;
  config::add_some_options(*command, flags->run, {"threads"});
  return [flags](Interrupt& /*interrupt*/) { return train(*flags); };
}

}  // namespace stardose::pipeline
