// Reads expressions and conditions over named inputs.
#pragma once

#include <yaml-cpp/yaml.h>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/inputs/patient_input.h"

namespace stardose::pharmaco {

/// An expression is one of
/// - `5.6044`, `38.4 L/h`                        a number, with a unit or plain
/// - `height`, `height in cm`                    an input or a derived quantity; with `in` a plain number
/// - `-0.0087 height in cm`                      a coefficient times a plain number
/// - {sum: [...]}, {product: [...]}, {ratio: [a, b]}, {power: x, to: 0.72}, {root: x}, {square: x}, {exp: x}, {ln: x},
///   {floor: x}
/// - {race: {White: 0, Asian: -0.1092, ...}}     a table over an input of categories; `unknown` for a missing one
/// - {when: CONDITION, then: x, else: y}
/// A condition is a map; all its keys must hold:
/// - {race: Black}, {race: [Black, Asian]}, {age: {below: 18 years}} (also above, at_least, at_most; of an input or a
///   derived quantity)
/// - {missing: age}, {imputed: vkorc1}, {all: [...]}, {any: [...]}, {not: CONDITION}
class ExpressionReader {
 public:
  /// Hears of a fault: the node it stands at, and why.
  using Fault = std::function<void(const YAML::Node&, const std::string&)>;

  /// Refers to both; `inputs` may still grow.
  ExpressionReader(const std::vector<DoseInput>& inputs, const UnitTable& units, Fault fault)
      : inputs_{inputs}, units_{units}, fault_{std::move(fault)} {}

  [[nodiscard]] Expression read(const YAML::Node& node);
  [[nodiscard]] Condition read_condition(const YAML::Node& node);
  /// Makes a quantity known by name. A plain number gets the unit, if one is given.
  void derive(const std::string& name, Expression expression, const Unit* unit);
  /// Inputs and derived quantities that were asked for so far.
  [[nodiscard]] const std::set<std::string>& used() const { return used_; }
  void note_use(const std::string& name) { used_.insert(name); }
  /// Inputs that stand in a formula.
  [[nodiscard]] const std::set<std::string>& computed_with() const { return computed_with_; }

 private:
  struct Quantity {
    Expression expression;
    Unit unit;
  };

  [[nodiscard]] Expression read_text(const YAML::Node& node);
  [[nodiscard]] std::optional<Expression> read_name(const YAML::Node& node, std::string_view name,
                                                    std::string_view unit, bool plain);
  [[nodiscard]] Expression read_operator(const YAML::Node& node, const std::string& head);
  [[nodiscard]] Expression read_list(const YAML::Node& node, Expression::Kind kind);
  [[nodiscard]] Expression read_table(const YAML::Node& node, const DoseInput& input);
  [[nodiscard]] Expression read_choice(const YAML::Node& node);
  void same_dimension(const YAML::Node& node, Expression& expression);
  [[nodiscard]] Condition read_asked(const std::string& name, const YAML::Node& node);
  [[nodiscard]] Condition read_range(const std::string& name, const Unit& own, const YAML::Node& node);
  [[nodiscard]] std::optional<double> read_bound(const std::string& name, const Unit& own, const YAML::Node& node);
  [[nodiscard]] Condition read_category(const DoseInput& input, const YAML::Node& node);
  [[nodiscard]] const DoseInput* input_of(const YAML::Node& node, const std::string& name);

  const std::vector<DoseInput>& inputs_;
  const UnitTable& units_;
  Fault fault_;
  std::map<std::string, Quantity, std::less<>> derived_;
  std::set<std::string> used_;
  std::set<std::string> computed_with_;
};

}  // namespace stardose::pharmaco
