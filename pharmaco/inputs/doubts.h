// Values of a person that are plausible one by one, and hardly together.
#pragma once

#include <vector>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/inputs/patient.h"

namespace stardose::pharmaco {

/// Returns what is unusual of what these values make together (covariates/together.yaml), with the values, and the unit
/// in which one of them would be usual. Pure.
[[nodiscard]] std::vector<Doubt> doubts_of(const Covariates& covariates, const InputValues& values);

}  // namespace stardose::pharmaco
