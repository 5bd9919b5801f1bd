// Conditions: from YAML to a checked tree.
#include <algorithm>
#include <utility>

#include "pharmaco/inputs/expression_reader.h"
#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

using Kind = Condition::Kind;

Condition ExpressionReader::read_condition(const YAML::Node& node) {
  Condition all{.kind = Kind::all};
  if (!node.IsMap() || node.size() == 0) {
    fault_(node, "expected a condition, such as `race: Black` or `age: {below: 18 years}`");
    return all;
  }
  for (const auto& item : node) all.parts.push_back(read_asked(item.first.Scalar(), item.second));
  return all.parts.size() == 1 ? all.parts.front() : all;
}

Condition ExpressionReader::read_asked(const std::string& name, const YAML::Node& node) {
  Condition condition;
  if (name == "all" || name == "any") {
    condition.kind = name == "all" ? Kind::all : Kind::any;
    if (!node.IsSequence() || node.size() == 0) fault_(node, name + ": expected a list of conditions");
    if (node.IsSequence()) {
      for (const auto& part : node) condition.parts.push_back(read_condition(part));
    }
    return condition;
  }
  if (name == "not") {
    condition.kind = Kind::none;
    condition.parts.push_back(read_condition(node));
    return condition;
  }
  if (name == "missing" || name == "imputed") {
    condition.kind = name == "missing" ? Kind::missing : Kind::imputed;
    condition.input = node.IsScalar() ? node.Scalar() : "";
    (void)input_of(node, condition.input);
    return condition;
  }
  if (const auto derived = derived_.find(name); derived != derived_.end()) {
    used_.insert(name);
    condition = read_range(name, derived->second.unit, node);
    condition.derived.push_back(derived->second.expression);
    for (auto* bound : {&condition.at_least, &condition.above, &condition.at_most, &condition.below}) {
      if (*bound) **bound *= derived->second.unit.factor;
    }
    return condition;
  }
  const DoseInput* input = input_of(node, name);
  if (input == nullptr) return condition;
  return input->categories.empty() ? read_range(name, input->unit, node) : read_category(*input, node);
}

Condition ExpressionReader::read_category(const DoseInput& input, const YAML::Node& node) {
  Condition condition{.kind = Kind::category, .input = input.name};
  if (node.IsScalar()) condition.categories.push_back(node.Scalar());
  if (node.IsSequence()) {
    for (const auto& category : node) condition.categories.push_back(category.Scalar());
  }
  if (condition.categories.empty()) fault_(node, input.name + ": expected a category or a list of them");
  for (const std::string& category : condition.categories) {
    if (std::ranges::find(input.categories, category) == input.categories.end()) {
      fault_(node, input.name + " is never " + category);
    }
  }
  return condition;
}

Condition ExpressionReader::read_range(const std::string& name, const Unit& own, const YAML::Node& node) {
  Condition condition{.kind = Kind::range, .input = name};
  if (!node.IsMap() || node.size() == 0) {
    fault_(node, name + ": expected below, above, at_least or at_most");
    return condition;
  }
  for (const auto& item : node) {
    const std::string key = item.first.Scalar();
    const auto bound = read_bound(name, own, item.second);
    if (key == "at_least") {
      condition.at_least = bound;
    } else if (key == "above") {
      condition.above = bound;
    } else if (key == "at_most") {
      condition.at_most = bound;
    } else if (key == "below") {
      condition.below = bound;
    } else {
      fault_(item.first, name + ": expected below, above, at_least or at_most, found " + key);
    }
  }
  return condition;
}

std::optional<double> ExpressionReader::read_bound(const std::string& name, const Unit& own, const YAML::Node& node) {
  const std::string text = node.IsScalar() ? node.Scalar() : std::string{};
  const std::vector<std::string_view> words = split(text, " ");
  double number = 0;
  if (words.empty() || words.size() > 2 || !read_decimal(words[0], number)) {
    fault_(node, name + ": expected a number with its unit");
    return std::nullopt;
  }
  if (words.size() == 1) {
    if (!own.dimension.is_plain()) fault_(node, name + ": the bound has no unit");
    return number;
  }
  const Unit* unit = units_.find(words[1]);
  if (unit == nullptr || unit->quantity != own.quantity) {
    fault_(node, name + " is in " + own.name + ", which does not convert to " + std::string{words[1]});
    return std::nullopt;
  }
  return converted(number, *unit, own, nullptr);
}

const DoseInput* ExpressionReader::input_of(const YAML::Node& node, const std::string& name) {
  used_.insert(name);
  const DoseInput* input = find_input(inputs_, name);
  if (input == nullptr) fault_(node, "no such input: " + name);
  return input;
}

}  // namespace stardose::pharmaco
