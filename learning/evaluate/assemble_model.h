// Contenders that have learned, as one model.
#pragma once

#include <vector>

#include "learning/evaluate/contender.h"
#include "learning/evaluate/cross_validate.h"
#include "learning/evaluate/dataset.h"
#include "learning/model/model.h"

namespace stardose::learning {

/// Returns a model that predicts what predict() does: contenders that share their steps share features. Features and
/// columns know what was seen of them in the data.
[[nodiscard]] Model assemble_model(const std::vector<Contender>& contenders, std::vector<FittedContender> learned,
                                   const Target& target, const Dataset& data);

/// Returns a column with what it holds.
[[nodiscard]] ModelColumn seen_column(const Column& column);

/// Returns the mean size of each input's contributions over people, largest first; nothing without contributions.
[[nodiscard]] std::vector<CardImportance> importance_of(const Model& model, const Frame& people);

}  // namespace stardose::learning
