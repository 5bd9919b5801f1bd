// A rough value, made exact by Newton's steps.
#include "learning/bayes/normal_quantile.h"

#include <cmath>
#include <numbers>

#include "genomics/expect.h"

namespace stardose::learning {

double normal_quantile(double probability) {
  STARDOSE_EXPECT(probability > 0 && probability < 1);
  if (probability > 0.5) return -normal_quantile(1 - probability);
  // Abramowitz and Stegun 26.2.23, off by less than 4.5e-4.
  const double t = std::sqrt(-2 * std::log(probability));
  double x =
      -t + (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  for (int k = 0; k < 3; ++k) {
    const double below = std::erfc(-x / std::numbers::sqrt2) / 2;
    const double density = std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
    x -= (below - probability) / density;
  }
  return x;
}

}  // namespace stardose::learning
