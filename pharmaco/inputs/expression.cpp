// Evaluating conditions and expressions.
#include "pharmaco/inputs/expression.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "genomics/expect.h"

namespace stardose::pharmaco {

namespace {

const InputValue& value_of(const std::string& input, const InputValues& values) {
  const auto found = values.find(input);
  STARDOSE_EXPECT(found != values.end());
  return found->second;
}

bool is_in_range(const Condition& condition, double number) {
  return (!condition.at_least || number >= *condition.at_least) && (!condition.above || number > *condition.above) &&
         (!condition.at_most || number <= *condition.at_most) && (!condition.below || number < *condition.below);
}

const Expression& row_of(const Expression& table, const InputValues& values) {
  const InputValue& value = value_of(table.input, values);
  const auto row = std::ranges::find(table.rows, value.is_known() ? value.category : unknown_row);
  STARDOSE_EXPECT(row != table.rows.end());
  return table.parts[static_cast<std::size_t>(row - table.rows.begin())];
}

double input_number(const Expression& expression, const InputValues& values) {
  const InputValue& value = value_of(expression.input, values);
  STARDOSE_EXPECT(value.is_known());
  return value.number * expression.number;
}

}  // namespace

bool holds(const Condition& condition, const InputValues& values) {
  using Kind = Condition::Kind;
  const auto part_holds = [&](const Condition& part) { return holds(part, values); };
  switch (condition.kind) {
    case Kind::always: return true;
    case Kind::all: return std::ranges::all_of(condition.parts, part_holds);
    case Kind::any: return std::ranges::any_of(condition.parts, part_holds);
    case Kind::none: return std::ranges::none_of(condition.parts, part_holds);
    default: break;
  }
  if (!condition.derived.empty()) {
    const Expression& derived = condition.derived.front();
    return is_computable(derived, values) && is_in_range(condition, evaluate(derived, values));
  }
  const InputValue& value = value_of(condition.input, values);
  if (condition.kind == Kind::missing) return !value.is_known();
  if (condition.kind == Kind::imputed) return value.state == InputValue::State::imputed;
  if (!value.is_known()) return false;
  if (condition.kind == Kind::range) return is_in_range(condition, value.number);
  return std::ranges::find(condition.categories, value.category) != condition.categories.end();
}

bool is_computable(const Expression& expression, const InputValues& values) {
  using Kind = Expression::Kind;
  const auto part_is = [&](const Expression& part) { return is_computable(part, values); };
  if (expression.kind == Kind::input) return value_of(expression.input, values).is_known();
  if (expression.kind != Kind::table) return std::ranges::all_of(expression.parts, part_is);
  const bool has_row = value_of(expression.input, values).is_known() ||
                       std::ranges::find(expression.rows, unknown_row) != expression.rows.end();
  return has_row && is_computable(row_of(expression, values), values);
}

double evaluate(const Expression& expression, const InputValues& values) {
  using Kind = Expression::Kind;
  const auto part = [&](std::size_t number) { return evaluate(expression.parts[number], values); };
  double result = 0;
  switch (expression.kind) {
    case Kind::constant: return expression.number;
    case Kind::input: return input_number(expression, values);
    case Kind::sum:
      for (std::size_t i = 0; i < expression.parts.size(); ++i) result += part(i);
      return result;
    case Kind::product:
      result = 1;
      for (std::size_t i = 0; i < expression.parts.size(); ++i) result *= part(i);
      return result;
    case Kind::ratio: return part(0) / part(1);
    case Kind::power: {
      // The square of a negative root of a dose would be a dose that rises where it should fall.
      const double base = part(0);
      return base < 0 ? std::numeric_limits<double>::quiet_NaN() : std::pow(base, expression.number);
    }
    case Kind::root: return std::sqrt(part(0));
    case Kind::exp: return std::exp(part(0));
    case Kind::ln: return std::log(part(0));
    case Kind::floor: return std::floor(part(0));
    case Kind::table: return evaluate(row_of(expression, values), values);
    case Kind::choice: return part(holds(expression.condition.front(), values) ? 0 : 1);
  }
  return result;
}

}  // namespace stardose::pharmaco
