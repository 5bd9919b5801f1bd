// Reads what an algorithm's file says of a trained model.
#pragma once

#include "pharmaco/dosing/dosing_algorithm.h"
#include "pharmaco/inputs/input_reader.h"
#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

/// Reads `model`, `sha256`, `features`, `required`, `validation` and `card`, and puts the inputs of the features before
/// the algorithm's own. The model's file itself is not read. Requires: the algorithm's own inputs and its unit are
/// read.
void read_dose_model(const YamlFields& fields, const InputContext& context, const CatalogueFiles& files,
                     ExpressionReader& expressions, DosingAlgorithm& algorithm);

}  // namespace stardose::pharmaco
