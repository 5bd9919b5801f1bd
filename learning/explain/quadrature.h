// Gauss-Legendre quadrature between 0 and 1.
#pragma once

#include <vector>

namespace stardose::learning {

struct Quadrature {
  std::vector<double> points;   ///< ascending, within (0, 1)
  std::vector<double> weights;  ///< their sum is 1
};

/// Returns the rule of n points: exact for polynomials of degree 2n - 1. Requires: n >= 1.
[[nodiscard]] Quadrature gauss_legendre(int n);

}  // namespace stardose::learning
