// Reading, checking and asking a trained model.
#include "pharmaco/dosing/dose_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "genomics/basics/sha256.h"
#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "learning/import/import_model.h"
#include "pharmaco/features/feature_frame.h"

namespace stardose::pharmaco {

namespace {

using learning::CardGroup;
using learning::CardValidation;
using learning::Model;
using learning::ModelColumn;

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::optional<std::string> columns_fault(const DoseModelSource& source, const Model& model) {
  std::vector<std::string> absent;
  std::vector<std::string> different;
  std::set<std::string> known;
  for (const ModelColumn& column : model.columns) {
    const std::string& name = column.kind.name;
    known.insert(name);
    const auto made = std::ranges::find(source.features.features, name, [](const auto& one) { return one.kind.name; });
    if (made == source.features.features.end()) {
      if (!source.features.without.contains(name)) absent.push_back(name);
      continue;
    }
    const std::set<std::string> ours{made->kind.levels.begin(), made->kind.levels.end()};
    const std::set<std::string> theirs{column.kind.levels.begin(), column.kind.levels.end()};
    if (ours != theirs || made->kind.unit != column.kind.unit) different.push_back(name);
  }
  std::vector<std::string> unknown;
  for (const FeatureColumn& made : source.features.features) {
    if (!known.contains(made.kind.name)) unknown.push_back(made.kind.name);
  }
  for (const auto& [name, why] : source.features.without) {
    if (!known.contains(name)) unknown.push_back(name);
  }
  std::string fault;
  const auto add = [&](const std::vector<std::string>& names, const char* what) {
    if (!names.empty()) fault += (fault.empty() ? "" : "; ") + std::string{what} + listed(names);
  };
  add(absent, "the model takes columns that its features do not make: ");
  add(different, "columns have other units or categories than the model's: ");
  add(unknown, "the model does not know columns of its features: ");
  return fault.empty() ? std::nullopt : std::optional{fault};
}

const CardValidation* validation_of(const DoseModelSource& source, const Model& model) {
  if (!model.card) return nullptr;
  const auto found = std::ranges::find(model.card->validations, source.validation, &CardValidation::name);
  return found == model.card->validations.end() ? nullptr : &*found;
}

std::optional<double> figure_of(const CardGroup& group, std::string_view name) {
  const auto found = std::ranges::find(group.figures, name, &learning::CardFigure::name);
  return found == group.figures.end() ? std::nullopt : std::optional{found->value};
}

std::optional<std::string> card_fault(const DoseModelSource& source, const Model& model) {
  const CardValidation* validation = validation_of(source, model);
  if (validation == nullptr) return "the model's card has no validation `" + source.validation + "`";
  if (validation->groups.empty() || !figure_of(validation->groups.front(), "MAE") ||
      !figure_of(validation->groups.front(), "within 20 %")) {
    return "the model's card does not say how far it is from the truth";
  }
  for (const std::string& title : source.card_sections) {
    if (std::ranges::find(model.card->sections, title, &learning::CardSection::title) == model.card->sections.end()) {
      return "the model's card has no section `" + title + "`";
    }
  }
  return std::nullopt;
}

/// The input whose categories divide the patients that intervals were made from.
std::string input_behind(const DoseModelSource& source, const std::string& column) {
  const auto made = std::ranges::find(source.features.features, column, [](const auto& one) { return one.kind.name; });
  return made == source.features.features.end() ? std::string{} : made->category_of;
}

std::string scale_of(const learning::Target& target) {
  const double power = target.scale.power;
  if (power == 1) return target.unit;
  if (power == 0) return "logarithm of " + target.unit;
  return power == 0.5 ? "square root of " + target.unit : fmt::format("power {} of {}", power, target.unit);
}

void read_card(const DoseModelSource& source, ReadyDoseModel& ready) {
  const Model& model = ready.predictor.model();
  const std::string column = model.intervals ? model.intervals->group : std::string{};
  DosePerformance& performance = ready.performance;
  performance.by = input_behind(source, column);
  performance.source =
      fmt::format("the model's card, {}: each patient predicted by a model that had not seen them", source.validation);
  for (const CardGroup& group : validation_of(source, model)->groups) {
    const bool is_everyone = group.column.empty();
    if (!is_everyone && group.column != column) continue;
    const auto error = figure_of(group, "MAE");
    const auto within = figure_of(group, "within 20 %");
    if (const auto covered = figure_of(group, "covered")) ready.covered[group.level] = *covered;
    if (!error || !within) continue;
    (is_everyone ? performance.everyone : performance.groups[group.level]) = {static_cast<int>(group.rows), *error,
                                                                              *within};
  }
  for (const std::string& title : source.card_sections) {
    ready.sections.push_back(*std::ranges::find(model.card->sections, title, &learning::CardSection::title));
  }
}

void count_patients(ReadyDoseModel& ready) {
  const auto& intervals = ready.predictor.model().intervals;
  if (!intervals) return;
  for (std::size_t cell = 0; cell < intervals->cells.size(); ++cell) {
    const std::size_t group = cell / intervals->bands();
    const std::string name = group < intervals->groups.size() ? intervals->groups[group] : std::string{};
    ready.patients[name] += static_cast<int>(intervals->cells[cell].rows);
  }
}

ReadyDoseModel read(const DoseModelSource& source) {
  constexpr const char* help = "give the catalogue the model that its file names, or train and describe it anew";
  const std::string text = source.model.text();
  const auto refuse = [&](const std::optional<std::string>& why) {
    if (why) throw genomics::InputError{genomics::Fault::catalogue, {source.model.name(), "", *why, help}};
  };
  refuse(fault_of_text(source, text));
  Model model = learning::import_model_from(source.model.name(), text);
  refuse(fault_of_model(source, model));
  ReadyDoseModel ready{.predictor = learning::Predictor{std::move(model)}};
  ready.scale = scale_of(ready.predictor.model().target);
  read_card(source, ready);
  count_patients(ready);
  return ready;
}

}  // namespace

std::optional<std::string> fault_of_text(const DoseModelSource& source, const std::string& text) {
  genomics::Sha256 sha;
  sha.update(text);
  const std::string found = sha.hex();
  if (found == source.sha256) return std::nullopt;
  return fmt::format("is not the model that {} means: its SHA-256 is {}, not {}", source.file, found, source.sha256);
}

std::optional<std::string> fault_of_model(const DoseModelSource& source, const Model& model) {
  if (model.columns.empty()) return "the model does not say what it takes of patients";
  if (!model.target.classes.empty() || model.outputs.size() != 1) return "the model does not predict one quantity";
  if (model.target.unit != source.unit) {
    return fmt::format("the model predicts {}, and {} says {}", model.target.unit, source.file, source.unit);
  }
  if (auto fault = columns_fault(source, model)) return fault;
  return card_fault(source, model);
}

const ReadyDoseModel& DoseModel::ready() const {
  std::call_once(once_, [this] { ready_.emplace(read(source_)); });
  return *ready_;
}

learning::Prediction predict(const DoseModel& model, const InputValues& values, bool with_contributions) {
  const learning::Frame person = feature_row(model.source().features, values);
  std::vector<learning::Prediction> predictions = model.ready().predictor.predict(person, with_contributions);
  STARDOSE_EXPECT(predictions.size() == 1);
  return std::move(predictions.front());
}

}  // namespace stardose::pharmaco
