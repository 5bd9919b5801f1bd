// Steps, learners and grids of a recipe.
#pragma once

#include <string>
#include <vector>

#include "learning/evaluate/contender.h"
#include "pharmaco/training/recipe_fields.h"

namespace stardose::pharmaco {

/// Reads a list of steps (step_kinds()), each a mapping of one key: `- fill: {columns: [height], by: mean}`, or a name
/// alone: `- standardise`.
[[nodiscard]] std::vector<learning::Step> read_steps(const std::string& file, const YAML::Node& list,
                                                     CatalogueFaults& faults);

/// Reads `{learner: ..., settings: {...}, members: [...], columns: {...}}` of a mapping that may have other keys;
/// `columns_key` says where the mapping has what is said of columns, if not under `columns`. That names are of features
/// is for learning::columns_fault() to say, once the steps are known.
[[nodiscard]] learning::LearnerSpec read_learner(const std::string& file, const RecipeFields& fields,
                                                 CatalogueFaults& faults, const std::string& columns_key = "columns");

/// Reads `{penalty: [0.1, 1]}`.
[[nodiscard]] std::vector<learning::GridAxis> read_grid(const RecipeFields& fields);

}  // namespace stardose::pharmaco
