// Fitting principal components and singular vectors.
#pragma once

#include <cstdint>

#include "learning/prepare/fitting.h"

namespace stardose::learning {

/// Small tables are decomposed exactly. Of large ones (more than 1,500 rows and columns) the leading components are
/// found in a random subspace that four rounds of multiplication turn towards them (Halko, Martinsson and Tropp 2011,
/// SIAM Review 53:217), with the seed. The largest loading of a component is positive.
void fit_step(const ComponentsStep& step, Fitting& fitting, std::uint64_t seed);

}  // namespace stardose::learning
