// Reads what an algorithm's file says of its own worth.
#pragma once

#include <string>

#include "pharmaco/dosing/dosing_algorithm.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

/// Reads `interval`, `performance` and `interactions_not_modelled`, none of which a file must have.
/// Requires: the algorithm's inputs are read.
void read_evidence(const std::string& file, const YamlFields& fields, DosingAlgorithm& algorithm,
                   CatalogueFaults& faults);

}  // namespace stardose::pharmaco
