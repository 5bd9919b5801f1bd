// People to learn from, out of a table, by a recipe.
#pragma once

#include <string>
#include <vector>

#include "learning/evaluate/train_model.h"
#include "learning/responses/study.h"
#include "pharmaco/covariates/delimited_table.h"
#include "pharmaco/training/recipe.h"

namespace stardose::pharmaco {

/// What is learned for one of the target's columns.
struct TrainingTask {
  learning::TrainingPlan plan;
  learning::People people;
};

/// Returns the table's columns that the recipe's target stands for, one or more. Throws InputError (input): none.
[[nodiscard]] std::vector<std::string> target_columns(const Recipe& recipe, const DelimitedTable& table);

/// Returns the rows to keep whose outcome is known. Throws InputError (input) at a line: a column that is not there, a
/// cell that is no number or no level, an outcome that cannot be; or a plan that the people do not allow.
[[nodiscard]] TrainingTask training_task(const Recipe& recipe, const DelimitedTable& table, const std::string& target);

/// Returns the rows to keep that have any of the targets, to learn all of these together. Throws InputError (input): as
/// training_task(). Requires: recipe.responses.
[[nodiscard]] learning::ResponseStudy response_study(const Recipe& recipe, const DelimitedTable& table,
                                                     const std::vector<std::string>& targets);

}  // namespace stardose::pharmaco
