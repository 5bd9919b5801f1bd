// Steps, learners and grids of a recipe.
#pragma once

#include <string>
#include <vector>

#include "learning/evaluate/contender.h"
#include "pharmaco/training/recipe_fields.h"

namespace stardose::pharmaco {

/// Reads a list of steps, each a mapping of one key: `- fill: {columns: [height], by: mean}`.
[[nodiscard]] std::vector<learning::Step> read_steps(const std::string& file, const YAML::Node& list,
                                                     CatalogueFaults& faults);

/// Reads `{learner: ..., settings: {...}, members: [...]}` of a mapping that may have other keys.
[[nodiscard]] learning::LearnerSpec read_learner(const std::string& file, const RecipeFields& fields,
                                                 CatalogueFaults& faults);

/// Reads `{penalty: [0.1, 1]}`.
[[nodiscard]] std::vector<learning::GridAxis> read_grid(const RecipeFields& fields);

}  // namespace stardose::pharmaco
