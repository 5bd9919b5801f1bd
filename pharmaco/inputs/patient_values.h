// The values of inputs for one patient.
#pragma once

#include <vector>

#include "pharmaco/inputs/patient.h"
#include "pharmaco/inputs/patient_input.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// Returns a value of each input: what is given, else what its imputations make of others, else what is taken for a
/// missing one; else missing, with a note that says why. Pure; thread-safe.
[[nodiscard]] InputValues patient_values(const std::vector<DoseInput>& inputs, const Patient& patient,
                                         const KnowledgeBase& knowledge);

}  // namespace stardose::pharmaco
