// Quadrature of polynomials.
#include "learning/explain/quadrature.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace stardose::learning;

TEST_CASE("quadrature is exact for its degree") {
  for (int n = 1; n <= 40; ++n) {
    const Quadrature rule = gauss_legendre(n);
    for (int power = 0; power < 2 * n; ++power) {
      double sum = 0;
      for (std::size_t q = 0; q < rule.points.size(); ++q) sum += rule.weights[q] * std::pow(rule.points[q], power);
      CHECK(std::abs(sum * (power + 1) - 1) < 1e-12);
    }
  }
}
