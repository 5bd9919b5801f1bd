// Names and quantities of a kinetic model's file.
#include "pharmaco/kinetics/model_reading.h"

#include <algorithm>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

std::optional<std::size_t> ModelReading::parameter(const YamlFields& fields, const std::string& key,
                                                   const Dimension& dimension, const std::string& what, bool wanted) {
  if (!fields.has(key)) {
    if (wanted) fields.fault(key, "the key is missing: " + what);
    return std::nullopt;
  }
  const std::string name = fields.text(key);
  const auto found = std::ranges::find(model_.parameters, name, &KineticParameter::name);
  if (found == model_.parameters.end()) {
    fields.fault(key, "no such parameter: " + name);
    return std::nullopt;
  }
  if (found->unit.dimension != dimension)
    fields.fault(key, name + " is in " + found->unit.name + ", which is no " + what);
  const auto place = static_cast<std::size_t>(found - model_.parameters.begin());
  used_.push_back(place);
  return place;
}

void ModelReading::check_use(const YamlFields& fields) {
  for (std::size_t k = 0; k < model_.parameters.size(); ++k) {
    if (std::ranges::find(used_, k) == used_.end()) {
      fields.fault("parameters", "nothing asks for " + model_.parameters[k].name);
    }
  }
}

std::size_t ModelReading::compartment(const YamlFields& fields, const std::string& key) {
  const std::string name = fields.text(key);
  const auto found = std::ranges::find(model_.compartments, name);
  if (found != model_.compartments.end()) return static_cast<std::size_t>(found - model_.compartments.begin());
  fields.fault(key, "no such compartment: " + name);
  return 0;
}

double ModelReading::quantity(const YamlFields& fields, const std::string& key, const Dimension& dimension) {
  if (!fields.has(key)) {
    fields.fault(key, "the key is missing");
    return 0;
  }
  return quantity(fields.node(key), dimension);
}

double ModelReading::quantity(const YAML::Node& node, const Dimension& dimension) {
  const std::vector<std::string_view> words =
      node.IsScalar() ? split(node.Scalar(), " ") : std::vector<std::string_view>{};
  double number = 0;
  if (words.size() == 1 && dimension.is_plain() && read_decimal(words[0], number)) return number;
  const Unit* unit = words.size() == 2 ? dosing_.covariates.units.find(words[1]) : nullptr;
  if (unit == nullptr || !read_decimal(words[0], number) || unit->dimension != dimension) {
    fault(node, "expected a number and its unit, of the kind that is asked for here");
    return 0;
  }
  return number * unit->factor;
}

double ModelReading::number(const YamlFields& fields, const std::string& key, std::optional<double> otherwise) {
  if (!fields.has(key) && otherwise) return *otherwise;
  double number = 0;
  if (!read_decimal(fields.text(key), number)) fields.fault(key, "expected a number");
  return number;
}

std::size_t ModelReading::observable(const YamlFields& fields, const std::string& key) {
  const std::string name = fields.text(key);
  const auto found = std::ranges::find(model_.observables, name, &Observable::name);
  if (found != model_.observables.end()) return static_cast<std::size_t>(found - model_.observables.begin());
  fields.fault(key, "no such observable: " + name);
  return 0;
}

}  // namespace stardose::pharmaco
