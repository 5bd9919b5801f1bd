// Checking a model.
#include "learning/model/model.h"

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
  return std::nullopt;
}

}  // namespace stardose::learning
