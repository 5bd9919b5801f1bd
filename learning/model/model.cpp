// Checking a model.
#include "learning/model/model.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace stardose::learning {

namespace {

std::optional<std::string> feature_fault(const std::vector<Feature>& features) {
  if (features.empty()) return "no features";
  std::set<std::string> names;
  for (const Feature& feature : features) {
    if (feature.name.empty()) return "a feature without a name";
    if (!names.insert(feature.name).second) return "two features of one name: " + feature.name;
    for (const auto& number : {feature.lowest, feature.highest, feature.mean}) {
      if (number && !std::isfinite(*number)) return "a range that is not finite: " + feature.name;
    }
    if (feature.lowest && feature.highest && *feature.lowest > *feature.highest) {
      return "a range that ends before it begins: " + feature.name;
    }
  }
  return std::nullopt;
}

/// How many names the predictions or classes need.
std::size_t names_needed(const Link& link, std::size_t margins) {
  switch (link.function) {
    case LinkFunction::step:
    case LinkFunction::nonnegative: return margins == 1 ? 2 : 0;
    case LinkFunction::pairwise_votes: {
      std::size_t classes = 2;
      while (classes * (classes - 1) / 2 < margins) ++classes;
      return classes * (classes - 1) / 2 == margins ? classes : 0;
    }
    default: return margins;
  }
}

std::optional<std::string> columns_fault(const Model& model) {
  if (model.columns.empty() != model.prepared.empty()) return "columns without steps, or steps without columns";
  std::set<std::string> names;
  for (const ModelColumn& column : model.columns) {
    if (auto fault = fault_of(column)) return fault;
    if (!names.insert(column.kind.name).second) return "two columns of one name: " + column.kind.name;
  }
  const auto has = [&](const ColumnKind& kind) {
    return std::ranges::any_of(model.columns, [&](const ModelColumn& column) { return column.kind == kind; });
  };
  std::size_t features = 0;
  for (const Prepared& prepared : model.prepared) {
    if (auto fault = fault_of(prepared)) return fault;
    if (!std::ranges::all_of(prepared.columns, has)) return "steps for other columns than the model's";
    features += prepared.features.size();
  }
  if (!model.prepared.empty() && features != model.features.size()) {
    return "steps make " + std::to_string(features) + " features, and the model takes " +
           std::to_string(model.features.size());
  }
  return std::nullopt;
}

std::optional<std::string> intervals_fault(const Model& model) {
  if (!model.intervals) return std::nullopt;
  if (auto fault = fault_of(*model.intervals)) return fault;
  if (margin_count(model) != 1 || names_a_class(model.link)) return "intervals about what is not one quantity";
  if (model.intervals->group.empty()) return std::nullopt;
  for (const ModelColumn& column : model.columns) {
    if (column.kind.name == model.intervals->group && column.kind.is_category()) return std::nullopt;
  }
  return "intervals by a column that is no category of the model: " + model.intervals->group;
}

}  // namespace

std::size_t margin_count(const Model& model) { return margin_count(model.method); }

Precision precision_of(const Model& model) { return precision_of(model.method); }

std::optional<std::string> fault_of(const Model& model) {
  if (auto fault = feature_fault(model.features)) return fault;
  if (auto fault = fault_of(model.method, model.features.size())) return fault;
  const std::size_t needed = names_needed(model.link, margin_count(model));
  if (needed == 0 || model.outputs.size() != needed) {
    return std::to_string(model.outputs.size()) + " names of outputs for " + std::to_string(margin_count(model)) +
           " margins with the link " + std::string{to_string(model.link.function)};
  }
  if (!std::isfinite(model.link.scale)) return "a link whose scale is not finite";
  // Of 0 everybody would have the same prediction, below 0 each class the other's.
  if (model.link.scale <= 0) return "a link whose scale is not above 0";
  if (auto fault = columns_fault(model)) return fault;
  return intervals_fault(model);
}

}  // namespace stardose::learning
