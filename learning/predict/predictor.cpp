// From people to what is said of them.
#include "learning/predict/predictor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "genomics/expect.h"
#include "learning/predict/conform.h"
#include "learning/predict/used_columns.h"

namespace stardose::learning {

namespace {

/// The columns of a model that says none: its features, as numbers.
std::vector<ModelColumn> columns_of(const Model& model) {
  if (!model.columns.empty()) return model.columns;
  std::vector<ModelColumn> columns;
  for (const Feature& feature : model.features) {
    columns.push_back({.kind = {feature.name, feature.unit, {}, {}},
                       .lowest = feature.lowest,
                       .highest = feature.highest,
                       .seen = {}});
  }
  return columns;
}

/// What each feature's contributions count for.
std::vector<std::vector<std::string>> inputs_of_features(const Model& model) {
  std::vector<std::vector<std::string>> inputs;
  for (const Prepared& prepared : model.prepared) {
    for (const Place place : prepared.features) inputs.push_back(prepared.inputs_of(place));
  }
  if (model.prepared.empty()) {
    for (const Feature& feature : model.features) inputs.push_back({feature.name});
  }
  return inputs;
}

std::vector<std::string> distinct_inputs(const std::vector<ModelColumn>& columns,
                                         const std::vector<std::vector<std::string>>& of_features) {
  std::set<std::string> used;
  for (const auto& inputs : of_features) used.insert(inputs.begin(), inputs.end());
  std::vector<std::string> names;
  for (const ModelColumn& column : columns) {
    const std::string& name = column.kind.input.empty() ? column.kind.name : column.kind.input;
    if (used.erase(name) > 0) names.push_back(name);
  }
  names.insert(names.end(), used.begin(), used.end());  // principal components
  return names;
}

std::vector<bool> used_by(const Model& model) {
  const bool is_plain = model.prepared.empty();
  std::vector<bool> used(is_plain ? model.features.size() : model.columns.size(), is_plain);
  for (const Prepared& prepared : model.prepared) {
    const std::vector<bool> here = used_columns(prepared);
    for (std::size_t k = 0; k < used.size(); ++k) {
      const auto place = std::ranges::find(prepared.columns, model.columns[k].kind) - prepared.columns.begin();
      used[k] = used[k] || (static_cast<std::size_t>(place) < here.size() && here[static_cast<std::size_t>(place)]);
    }
  }
  return used;
}

std::vector<std::string> missing_inputs(const std::vector<std::string>& inputs,
                                        const std::vector<std::vector<std::size_t>>& inputs_of,
                                        std::span<const double> features) {
  std::set<std::size_t> missing;
  for (std::size_t k = 0; k < features.size(); ++k) {
    if (std::isnan(features[k])) missing.insert(inputs_of[k].begin(), inputs_of[k].end());
  }
  std::vector<std::string> names;
  names.reserve(missing.size());
  for (const std::size_t input : missing) names.push_back(inputs[input]);
  return names;
}

}  // namespace

Predictor::Predictor(Model model)
    : model_{std::move(model)},
      columns_{columns_of(model_)},
      used_{used_by(model_)},
      scorer_{model_},
      why_no_contributions_{Explainer::why_not(model_)} {
  if (!why_no_contributions_) explainer_.emplace(model_);
  const auto of_features = inputs_of_features(model_);
  inputs_ = distinct_inputs(columns_, of_features);
  for (const auto& names : of_features) {
    inputs_of_.emplace_back();
    for (const std::string& name : names) {
      inputs_of_.back().push_back(static_cast<std::size_t>(std::ranges::find(inputs_, name) - inputs_.begin()));
    }
  }
}

std::optional<std::string> Predictor::fault_of_people(const Frame& people) const {
  return columns_fault(columns_, people);
}

RowTable Predictor::features_of_people(const Frame& people) const {
  const std::size_t rows = people.rows.size();
  RowTable table{std::vector<double>(rows * model_.features.size()), model_.features.size()};
  std::size_t first = 0;
  const auto put = [&](const Rows& part) {
    for (std::size_t row = 0; row < rows; ++row) {
      std::ranges::copy(part.row(row), table.values.begin() + static_cast<std::ptrdiff_t>(row * table.width + first));
    }
    first += part.width;
  };
  for (const Prepared& prepared : model_.prepared) {
    const RowTable part = apply(prepared, people);
    put(part.rows());
  }
  if (model_.prepared.empty()) {
    for (const Column& column : people.columns) put({column.values, 1});
  }
  return table;
}

void Predictor::add_interval(Prediction& prediction, const Frame& people, std::size_t row) const {
  const Intervals& intervals = *model_.intervals;
  std::size_t group = intervals.groups.size();
  if (const Column* column = intervals.group.empty() ? nullptr : people.find(intervals.group)) {
    const double code = column->values[row];
    if (!std::isnan(code)) group = intervals.group_of(column->kind.levels[static_cast<std::size_t>(code)]);
  }
  const MarginInterval margins = interval_of(intervals, group, prediction.margins[0]);
  PredictionInterval interval{.level = intervals.level,
                              .group = group < intervals.groups.size() ? intervals.groups[group] : ""};
  apply_link(model_.link, Precision::float64, {&margins.low, 1}, {&interval.low, 1});
  apply_link(model_.link, Precision::float64, {&margins.high, 1}, {&interval.high, 1});
  prediction.interval = interval;
}

void Predictor::add_contributions(std::vector<Prediction>& predictions, const RowTable& rows) const {
  const std::size_t margins = scorer_.margins();
  std::vector<double> all(predictions.size() * margins * rows.width);
  explainer_->contributions(rows.rows(), all);
  for (std::size_t row = 0; row < predictions.size(); ++row) {
    Prediction& prediction = predictions[row];
    if (!prediction.refused.empty()) continue;
    prediction.expectation = explainer_->expectations()[0];
    for (const std::string& input : inputs_) prediction.contributions.push_back({input, 0});
    for (std::size_t feature = 0; feature < rows.width; ++feature) {
      const double value = all[row * margins * rows.width + feature];
      const auto& inputs = inputs_of_[feature];
      for (const std::size_t input : inputs) {
        prediction.contributions[input].value += value / static_cast<double>(inputs.size());
      }
    }
  }
}

std::vector<Prediction> Predictor::predict(const Frame& people, bool with_contributions) const {
  STARDOSE_EXPECT(!fault_of_people(people));
  const Frame frame = conformed(columns_, people);
  const RowTable rows = features_of_people(frame);
  const std::size_t count = people.rows.size();
  std::vector<double> margins(count * scorer_.margins());
  scorer_.score_margins(rows.rows(), margins);
  std::vector<double> values(count * scorer_.predictions());
  scorer_.score(rows.rows(), values);
  std::vector<Remarks> remarks = remarks_on(columns_, used_, people);
  std::vector<Prediction> predictions(count);
  for (std::size_t row = 0; row < count; ++row) {
    Prediction& prediction = predictions[row];
    const auto part = [&](const std::vector<double>& all) {
      const std::size_t width = all.size() / count;
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(row * width);
      return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(width));
    };
    prediction.flags = std::move(remarks[row].flags);
    prediction.refused = std::move(remarks[row].refused);
    const std::vector<double> own = part(margins);
    if (std::ranges::any_of(own, [](double margin) { return std::isnan(margin); })) {
      for (const std::string& input : missing_inputs(inputs_, inputs_of_, rows.rows().row(row))) {
        prediction.refused.push_back(
            fmt::format("{} is missing, and the model has nothing to put in its place", input));
      }
    }
    if (!prediction.refused.empty()) continue;
    prediction.margins = own;
    prediction.values = part(values);
    if (model_.intervals) add_interval(prediction, frame, row);
  }
  if (with_contributions && explainer_) add_contributions(predictions, rows);
  return predictions;
}

}  // namespace stardose::learning
