// What is computed with: values of inputs, conditions on them, and expressions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pharmaco/covariates/unit.h"

namespace stardose::pharmaco {

/// What is known of one input of one patient.
struct InputValue {
  enum class State {
    missing,  ///< not given, and nothing stands in for it
    given,
    imputed,  ///< by a published rule, from another input
    assumed,  ///< what the publication takes where nothing is given
  };
  State state = State::missing;
  double number = 0;     ///< in the input's unit; of a category nothing
  std::string category;  ///< empty: a number
  std::string shown;     ///< for people, `80 kg` or `*1/*2`
  std::string note;      ///< where it comes from, or why it is missing; may be empty
  std::string unit;      ///< of a dose, which keeps the unit it was given in; else empty

  [[nodiscard]] bool is_known() const { return state != State::missing; }
};

/// By the name of the input.
using InputValues = std::map<std::string, InputValue, std::less<>>;

struct Expression;

/// Says yes or no to a patient. What asks for the value of a missing input does not hold.
struct Condition {
  enum class Kind { always, all, any, none, category, range, missing, imputed };
  Kind kind = Kind::always;
  std::vector<Condition> parts;  ///< all: each holds; any: one does; none: none does
  std::string input;
  std::vector<std::string> categories;  ///< any of them
  std::vector<Expression> derived;      ///< range: of this one in place of an input; in its unit's kilograms, metres...
  /// In the input's unit.
  std::optional<double> at_least;
  std::optional<double> above;
  std::optional<double> at_most;
  std::optional<double> below;
};

/// A formula as a tree. Checked on load: units fit, tables have every category, names are inputs.
struct Expression {
  enum class Kind { constant, input, sum, product, ratio, power, root, exp, ln, floor, table, choice };
  Kind kind = Kind::constant;
  double number = 0;              ///< constant: its value; input: what a value is multiplied with; power: the exponent
  std::string input;              ///< input and table
  std::vector<Expression> parts;  ///< table: one for each of `rows`; choice: if it holds, if not
  std::vector<std::string> rows;  ///< table: categories, `unknown` for a missing input
  std::vector<Condition> condition;  ///< choice: one
  Dimension dimension;
};

/// The row of a table for a missing input.
inline constexpr const char* unknown_row = "unknown";

[[nodiscard]] bool holds(const Condition& condition, const InputValues& values);

/// Returns whether every input that the expression needs has a value.
[[nodiscard]] bool is_computable(const Expression& expression, const InputValues& values);

/// Returns the value in kilograms, metres, days and moles.
/// No number (NaN) where a power is taken of a negative value.
/// Requires: inputs are known, but for those of tables that have an `unknown` row.
[[nodiscard]] double evaluate(const Expression& expression, const InputValues& values);

}  // namespace stardose::pharmaco
