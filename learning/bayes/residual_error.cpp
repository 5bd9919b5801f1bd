// Densities of measurements.
#include <cmath>
#include <limits>

#include "learning/bayes/inference.h"

namespace stardose::learning {

namespace {

double deviation(const ResidualError& error, double predicted) {
  if (error.is_log) return error.additive;
  return std::hypot(error.additive, error.proportional * predicted);
}

}  // namespace

double ResidualError::misfit(double measured, double predicted) const {
  const double spread = deviation(*this, predicted);
  const double z = standardised(measured, predicted);
  return z * z + 2 * std::log(spread);
}

double ResidualError::standardised(double measured, double predicted) const {
  if (is_log && predicted <= 0) return std::numeric_limits<double>::infinity();
  const double off = is_log ? std::log(measured / predicted) : measured - predicted;
  return off / deviation(*this, predicted);
}

double ResidualError::measurement(double predicted, double deviations) const {
  const double off = deviations * deviation(*this, predicted);
  return is_log ? predicted * std::exp(off) : predicted + off;
}

}  // namespace stardose::learning
