// The table of steps.
#include "pharmaco/training/step_kinds.h"

#include <array>

namespace stardose::pharmaco {

namespace {

constexpr StepKey columns = {"columns", "names, `*` for any letters [all that it can take]"};
constexpr StepKey named_columns = {"columns", "names, `*` for any letters"};

}  // namespace

std::span<const StepKind> step_kinds() {
  static const std::array<StepKind, 13> kinds = {{
      {"components",
       "Principal components (or a singular value decomposition) in place of numbers",
       {columns,
        {"name", "of what they are called: `NAME 1`, `NAME 2`"},
        {"count", "how many [10]"},
        {"centre", "no: a singular value decomposition [yes] (yes, no)"},
        {"scale", "numbers are divided by their standard deviations first [no] (yes, no)"}}},
      {"correlation_filter",
       "Leaves out numbers that are correlated with one before them",
       {columns, {"highest", "correlation, of either sign, that may stay [0.95]"}}},
      {"drop", "Leaves columns out", {named_columns}},
      {"fill",
       "Puts a value in place of a missing one",
       {columns,
        {"by", "[mean] (mean, median, mode, constant, regression, neighbours)"},
        {"group", "a category: mean, median or mode of each level's own rows"},
        {"on", "columns that regression, or what is near, goes by"},
        {"value", "of numbers, by: constant [0]"},
        {"level", "of categories, by: constant"},
        {"neighbours", "how many of the nearest rows [5]"}}},
      {"indicate",
       "Columns of 1 where a value is missing and else 0",
       {columns, {"fewest", "rows that must lack one [1]"}}},
      {"keep", "Leaves all other columns out", {named_columns}},
      {"one_hot",
       "A column of 0 and 1 for each level of a category",
       {columns,
        {"fewest", "rows of a level; those with fewer share a column [0]"},
        {"missing", "what becomes of missing ones [stays] (stays, zeros, level)"},
        {"reference", "a level that gets no column"}}},
      {"products", "Interactions: products of numbers, each pair once", {{"left", "names"}, {"right", "names"}}},
      {"scale", "Multiplies numbers", {columns, {"by", "a number [1]"}}},
      {"select",
       "Keeps the numbers that a learner makes most use of",
       {columns,
        {"learner", "such as lasso or random_forest"},
        {"settings", "of the learner"},
        {"members", "of an average"},
        {"learner_columns", "what is known of columns beforehand"},
        {"most", "how many [50]"}}},
      {"standardise",
       "Takes the mean off numbers and divides them by their standard deviation",
       {columns, {"clip", "nobody counts as further off than so many deviations; 0: as far as they are [0]"}}},
      {"transform",
       "Logarithms, roots or squares of numbers",
       {columns,
        {"by", "[square] (log, log1p, sqrt, square)"},
        {"beside", "yes: columns beside the numbers, not in their place [no] (yes, no)"}}},
      {"variance_filter",
       "Leaves out numbers that hardly vary",
       {columns, {"lowest", "variance in training above which they stay [0]"}}},
  }};
  return kinds;
}

}  // namespace stardose::pharmaco
