// By recurrence over degrees of freedom (Abramowitz and Stegun 26.4.4, 26.4.5).
#include "learning/bayes/chi_squared.h"

#include <cmath>

#include "genomics/expect.h"

namespace stardose::learning {

double chi_squared_tail(double value, int degrees) {
  STARDOSE_EXPECT(degrees >= 1 && value >= 0);
  const bool is_odd = degrees % 2 == 1;
  double tail = is_odd ? std::erfc(std::sqrt(value / 2)) : std::exp(-value / 2);
  for (int at = is_odd ? 1 : 2; at < degrees; at += 2) {
    if (value == 0) break;
    tail += std::exp(at / 2.0 * std::log(value / 2) - value / 2 - std::lgamma(at / 2.0 + 1));
  }
  return tail;
}

}  // namespace stardose::learning
