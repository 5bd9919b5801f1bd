// A trained model's prediction as an estimate of a dose.
#pragma once

#include "pharmaco/dosing/estimate_dose.h"

namespace stardose::pharmaco {

/// Fills in the dose, its interval, what each input adds, and flags: values that the model was not trained on. Where
/// the model refuses the patient there are reasons, and no dose. Requires: the algorithm has a model.
void estimate_by_model(const DosingAlgorithm& algorithm, const InputValues& values, DoseEstimate& estimate);

/// Returns the dose alone; NaN where the model refuses the patient.
[[nodiscard]] double dose_by_model(const DosingAlgorithm& algorithm, const InputValues& values);

}  // namespace stardose::pharmaco
