// Learners and figures, line by line.
#include "pipeline/commands/train_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "genomics/input_error.h"
#include "learning/train/learner.h"
#include "pharmaco/training/step_kinds.h"

namespace stardose::pipeline {

using genomics::printable;

namespace {

std::string settings_text(const learning::SettingKind& setting) {
  if (!setting.words.empty()) {
    std::string words;
    for (const std::string_view word : setting.words) words += fmt::format("{}{}", words.empty() ? "" : ", ", word);
    return fmt::format("{} [{}] ({})", setting.meaning, std::get<std::string>(setting.usual), words);
  }
  return fmt::format("{} [{}] ({} to {})", setting.meaning, std::get<double>(setting.usual), setting.lowest,
                     setting.highest);
}

std::string figure_text(const learning::CardFigure& figure) {
  if (std::isnan(figure.value)) return figure.name + " NA";
  if (figure.unit == "%") return fmt::format("{} {:.1f} %", figure.name, figure.value);
  return fmt::format("{} {:.3g}{}{}", figure.name, figure.value, figure.unit.empty() ? "" : " ", figure.unit);
}

}  // namespace

void list_learners() {
  for (const learning::Learner& learner : learning::learners()) {
    fmt::print("{:<26} {}; {}{}{}\n", learner.name, learner.title, learner.quantities ? "quantities" : "",
               learner.quantities && learner.classes ? ", " : "", learner.classes ? "classes" : "");
    for (const learning::SettingKind& setting : learner.settings) {
      fmt::print("  {:<24} {}\n", setting.name, settings_text(setting));
    }
  }
}

void list_steps() {
  for (const pharmaco::StepKind& step : pharmaco::step_kinds()) {
    fmt::print("{:<26} {}\n", step.name, step.title);
    for (const pharmaco::StepKey& key : step.keys) fmt::print("  {:<24} {}\n", key.name, key.meaning);
  }
}

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

void print_summary(const pharmaco::Recipe& recipe, const std::vector<Validations>& of_targets) {
  for (std::size_t scheme = 0; scheme < recipe.folds.size(); ++scheme) {
    std::string figures;
    const auto& first = of_targets.front()[scheme].groups.front().figures;
    for (std::size_t k = 0; k < first.size(); ++k) {
      std::vector<double> values;
      double sum = 0;
      for (const Validations& one : of_targets) {
        const double value = one[scheme].groups.front().figures[k].value;
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
               of_targets.size(), figures);
  }
}

}  // namespace stardose::pipeline
