// Expressions: from YAML to a checked tree.
#include "pharmaco/inputs/expression_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

// What is derived is copied where it is used, so that a few lines could ask for any number of parts.
constexpr std::size_t most_parts = 10'000;
constexpr double greatest_exponent = 100;

std::size_t size_of(const Condition& condition);

std::size_t size_of(const Expression& expression) {
  std::size_t parts = 1;
  for (const Expression& part : expression.parts) parts += size_of(part);
  for (const Condition& condition : expression.condition) parts += size_of(condition);
  return parts;
}

std::size_t size_of(const Condition& condition) {
  std::size_t parts = 1;
  for (const Condition& part : condition.parts) parts += size_of(part);
  for (const Expression& part : condition.derived) parts += size_of(part);
  return parts;
}

/// Of a power that must not be raised again: numbers of units end somewhere.
bool is_beyond(const Dimension& of) {
  constexpr int most = 1000;
  return std::max({std::abs(of.mass), std::abs(of.length), std::abs(of.time), std::abs(of.amount)}) > most;
}

using Kind = Expression::Kind;

Expression constant(double number, const Dimension& dimension = {}) {
  return {.kind = Kind::constant, .number = number, .dimension = dimension};
}

Expression product_of(double coefficient, Expression expression) {
  const Dimension dimension = expression.dimension;
  Expression product{.kind = Kind::product, .dimension = dimension};
  product.parts.push_back(constant(coefficient));
  product.parts.push_back(std::move(expression));
  return product;
}

}  // namespace

Expression ExpressionReader::read(const YAML::Node& node) {
  if (node.IsScalar()) return read_text(node);
  if (!node.IsMap() || node.size() == 0) {
    fault_(node, "expected a number, a name, or an operator with its operands");
    return constant(0);
  }
  const std::string head = node.begin()->first.Scalar();
  if (node["when"].IsDefined()) return read_choice(node);
  const std::size_t keys = head == "power" ? 2 : 1;
  if (node.size() != keys) {
    fault_(node, "expected one operator, found " + std::to_string(node.size()) + " keys");
    return constant(0);
  }
  if (const DoseInput* input = find_input(inputs_, head)) return read_table(node[head], *input);
  return read_operator(node, head);
}

Expression ExpressionReader::read_text(const YAML::Node& node) {
  std::string_view text = node.Scalar();
  std::vector<std::string_view> words = split(text, " ");
  double number = 1;
  const bool has_number = !words.empty() && read_decimal(words.front(), number);
  if (has_number) words.erase(words.begin());
  if (words.empty() && has_number) return constant(number);
  if (has_number && words.size() == 1) {
    const bool is_name = find_input(inputs_, words[0]) != nullptr || derived_.contains(words[0]);
    const Unit* unit = is_name ? nullptr : units_.find(words[0]);
    if (unit != nullptr) return constant(number * unit->factor, unit->dimension);
  }
  const bool has_unit = words.size() == 3 && words[1] == "in";
  if (words.size() == 1 || has_unit) {
    auto expression = read_name(node, words[0], has_unit ? words[2] : std::string_view{}, has_number);
    if (expression) return has_number ? product_of(number, *std::move(expression)) : *std::move(expression);
    return constant(0);
  }
  fault_(node, "cannot be read: " + node.Scalar());
  return constant(0);
}

std::optional<Expression> ExpressionReader::read_name(const YAML::Node& node, std::string_view name,
                                                      std::string_view unit_name, bool plain) {
  const std::string key{name};
  used_.insert(key);
  const DoseInput* input = find_input(inputs_, key);
  const auto derived = derived_.find(name);
  if (input == nullptr && derived == derived_.end()) {
    fault_(node, "no such input: " + key);
    return std::nullopt;
  }
  if (input != nullptr) {
    computed_with_.insert(key);
    if (!input->categories.empty()) fault_(node, key + " has categories: give a table");
    if (input->if_missing == DoseInput::IfMissing::unknown)
      fault_(node, key + " may be missing: it has no number then");
  }
  if (input == nullptr && size_of(derived->second.expression) > most_parts) {
    fault_(node, key + " is derived of more than can be worked out");
    return std::nullopt;
  }
  const Unit& own = input != nullptr ? input->unit : derived->second.unit;
  Expression expression =
      input != nullptr ? Expression{.kind = Kind::input, .number = own.factor, .input = key, .dimension = own.dimension}
                       : derived->second.expression;
  if (unit_name.empty()) {
    if (plain && !own.dimension.is_plain())
      fault_(node, key + ": say in which unit, `" + key + " in " + own.name + "`");
    return expression;
  }
  const Unit* unit = units_.find(unit_name);
  if (own.name.empty()) return std::nullopt;  // no such covariate, which is told where it stands
  if (unit == nullptr || unit->quantity != own.quantity) {
    fault_(node, key + " is in " + own.name + ", which does not convert to " + std::string{unit_name});
    return std::nullopt;
  }
  if (input == nullptr) {
    Expression converted = product_of(1 / unit->factor, std::move(expression));
    converted.dimension = {};
    return converted;
  }
  expression.number = unit->name == own.name ? 1 : own.factor / unit->factor;
  expression.dimension = {};
  return expression;
}

Expression ExpressionReader::read_operator(const YAML::Node& node, const std::string& head) {
  const YAML::Node operand = node[head];
  if (head == "sum") return read_list(operand, Kind::sum);
  if (head == "product") return read_list(operand, Kind::product);
  if (head == "ratio") return read_list(operand, Kind::ratio);
  static const std::map<std::string, Kind> functions = {{"power", Kind::power}, {"square", Kind::power},
                                                        {"root", Kind::root},   {"exp", Kind::exp},
                                                        {"ln", Kind::ln},       {"floor", Kind::floor}};
  const auto function = functions.find(head);
  if (function == functions.end()) {
    fault_(node, "neither an operator nor an input: " + head);
    return constant(0);
  }
  Expression result{.kind = function->second};
  result.parts.push_back(read(operand));
  const Dimension of_operand = result.parts.front().dimension;
  if (result.kind == Kind::power) {
    result.number = 2;
    const bool has_exponent = head == "square" || (node["to"].IsDefined() && node["to"].IsScalar() &&
                                                   read_decimal(node["to"].Scalar(), result.number));
    if (!has_exponent) fault_(node, "expected `to:` with a number");
    if (std::abs(result.number) > greatest_exponent) {
      fault_(node, "expected `to:` with a number from -100 to 100");
      result.number = 1;
    }
    if (is_beyond(of_operand)) fault_(node, "the unit of this is of a power that nothing has");
    if (result.number == std::floor(result.number) && !is_beyond(of_operand)) {
      result.dimension = of_operand.to(static_cast<int>(result.number));
      return result;
    }
  }
  if (!of_operand.is_plain()) fault_(node, head + " takes a plain number: give `in` a unit, or a ratio");
  return result;
}

Expression ExpressionReader::read_list(const YAML::Node& node, Kind kind) {
  Expression result{.kind = kind};
  if (!node.IsSequence() || node.size() < 2 || (kind == Kind::ratio && node.size() != 2)) {
    fault_(node, kind == Kind::ratio ? "expected a list of two" : "expected a list of two or more");
    return constant(0);
  }
  for (const auto& item : node) result.parts.push_back(read(item));
  if (kind == Kind::sum) {
    same_dimension(node, result);
    return result;
  }
  for (std::size_t i = 0; i < result.parts.size(); ++i) {
    const bool below = kind == Kind::ratio && i == 1;
    result.dimension = result.dimension + result.parts[i].dimension.to(below ? -1 : 1);
  }
  return result;
}

Expression ExpressionReader::read_table(const YAML::Node& node, const DoseInput& input) {
  used_.insert(input.name);
  computed_with_.insert(input.name);
  Expression table{.kind = Kind::table, .input = input.name};
  std::vector<std::string> wanted = input.categories;
  if (input.if_missing == DoseInput::IfMissing::unknown) wanted.emplace_back(unknown_row);
  if (!node.IsMap() || wanted.empty()) {
    fault_(node, "expected a table over an input that has categories: " + input.name);
    return constant(0);
  }
  for (const auto& row : node) {
    const std::string category = row.first.Scalar();
    if (std::ranges::find(table.rows, category) != table.rows.end()) {
      fault_(row.first, input.name + ": the row is there twice: " + category);
    }
    if (std::ranges::find(wanted, category) == wanted.end()) {
      fault_(row.first, input.name + " is never " + category);
    }
    table.rows.push_back(category);
    table.parts.push_back(read(row.second));
  }
  for (const std::string& category : wanted) {
    if (std::ranges::find(table.rows, category) == table.rows.end()) {
      fault_(node, input.name + ": no row for " + category);
    }
  }
  same_dimension(node, table);
  return table;
}

Expression ExpressionReader::read_choice(const YAML::Node& node) {
  Expression choice{.kind = Kind::choice};
  if (node.size() != 3 || !node["then"].IsDefined() || !node["else"].IsDefined()) {
    fault_(node, "expected when, then and else");
    return constant(0);
  }
  choice.condition.push_back(read_condition(node["when"]));
  choice.parts.push_back(read(node["then"]));
  choice.parts.push_back(read(node["else"]));
  same_dimension(node, choice);
  return choice;
}

void ExpressionReader::same_dimension(const YAML::Node& node, Expression& expression) {
  if (expression.parts.empty()) return;
  expression.dimension = expression.parts.front().dimension;
  for (const Expression& part : expression.parts) {
    if (part.dimension != expression.dimension) {
      fault_(node, "the parts are not in one unit");
      return;
    }
  }
}

void ExpressionReader::derive(const std::string& name, Expression expression, const Unit* unit) {
  Unit own = unit != nullptr ? *unit : Unit{.name = "number", .quantity = "count"};
  if (unit != nullptr && expression.dimension.is_plain() && !unit->dimension.is_plain()) {
    expression = product_of(unit->factor, std::move(expression));
    expression.dimension = unit->dimension;
  }
  derived_.insert_or_assign(name, Quantity{std::move(expression), std::move(own)});
}

}  // namespace stardose::pharmaco
