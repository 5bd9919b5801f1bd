// A recipe: how a model is made of a table of people whose outcome is known.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "learning/evaluate/train_model.h"
#include "learning/responses/responses.h"

namespace stardose::pharmaco {

/// A column of the table that features may be made of. `*` in the name stands for any letters: all columns of numbers
/// like it that are not named elsewhere in the recipe.
struct RecipeColumn {
  learning::ModelColumn rule;  ///< its kind, and who is refused; nothing seen yet
};

/// Rows to keep: those whose cell is one of `is`, or a number from `least` to below `below`, and not missing.
struct RowFilter {
  std::string column;
  std::vector<std::string> is;
  std::optional<double> least;
  std::optional<double> below;
};

struct RecipeTarget {
  std::string column;  ///< `*` stands for any letters: a model for each column like it
  std::string name;    ///< of the outcome; empty: the column's
  std::string unit;
  double power = 1;
  std::vector<std::string> classes;  ///< what cells hold; none: a quantity
};

struct RecipeIntervals {
  double level = 0.9;
  std::string group;
  learning::BandsOf bands_of = learning::BandsOf::prediction;
  std::vector<double> edges;  ///< in the target's unit
  std::vector<double> misses;
  std::uint32_t fewest = 100;
  bool level_of_group = false;
};

struct Recipe {
  std::string file;
  std::string name;  ///< heads the lines of figures
  std::string title;
  std::vector<RecipeColumn> columns;
  std::vector<std::string> missing = {"", "NA", "."};  ///< cells that say that nothing is known
  std::string id;                                      ///< column with people's names; empty: by line
  std::vector<RowFilter> keep;
  RecipeTarget target;
  std::string group;                   ///< column whose values folds keep together; empty: none
  std::vector<std::string> report_by;  ///< columns by whose values figures are given
  std::vector<learning::OutcomeRange> ranges;
  std::vector<learning::Contender> contenders;
  learning::SearchPlan search;
  std::optional<learning::ResponsePlan> responses;  ///< in place of contenders: all targets are learned together
  std::vector<learning::FoldScheme> folds;
  std::optional<RecipeIntervals> intervals;
  std::uint64_t seed = 1;
  std::vector<learning::CardSection> card;
};

/// Throws InputError (input): cannot be read, or what is wrong with it, line by line.
[[nodiscard]] Recipe read_recipe(const std::string& path);

}  // namespace stardose::pharmaco
