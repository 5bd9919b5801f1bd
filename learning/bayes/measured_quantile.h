// What would be measured, where what is predicted is uncertain.
#pragma once

#include <span>

#include "learning/bayes/inference.h"

namespace stardose::learning {

/// Returns the value that a measurement lies below with this probability: of the mixture of the residual error about
/// each prediction, exactly to 1e-9 of its spread. Where the error has none (in proportion to a prediction of 0) it is
/// the prediction. Requires: as many weights as predictions, at least one, some weight above 0; level above 0 and
/// below 1.
[[nodiscard]] double measured_quantile(const ResidualError& error, std::span<const double> predicted,
                                       std::span<const double> weights, double level);

}  // namespace stardose::learning
