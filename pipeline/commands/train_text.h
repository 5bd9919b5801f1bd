// What `stardose train` prints.
#pragma once

#include <string>
#include <vector>

#include "learning/model/card.h"
#include "pharmaco/training/recipe.h"

namespace stardose::pipeline {

/// Of one target, a validation for each scheme of the recipe.
using Validations = std::vector<learning::CardValidation>;

/// Prints the learners with their settings.
void list_learners();

/// Prints the steps with their keys.
void list_steps();

/// Prints `warfarin 5-fold: MAE 8.05 mg/week, within 20 %: 48.4 %`, and a line for each group.
void print_validation(const std::string& name, const learning::CardValidation& validation);

/// Prints means of the figures of all people over several targets, and the medians.
void print_summary(const pharmaco::Recipe& recipe, const std::vector<Validations>& of_targets);

}  // namespace stardose::pipeline
