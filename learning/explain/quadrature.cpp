// Roots of Legendre polynomials by Newton's method.
#include "learning/explain/quadrature.h"

#include <cmath>
#include <numbers>
#include <utility>

#include "genomics/expect.h"

namespace stardose::learning {

namespace {

/// The polynomial of degree n at x, and its derivative, by Bonnet's recursion.
std::pair<double, double> legendre(int n, double x) {
  double before = 1;
  double now = x;
  for (int k = 2; k <= n; ++k) {
    const double next = ((2 * k - 1) * x * now - (k - 1) * before) / k;
    before = std::exchange(now, next);
  }
  return {now, n * (x * now - before) / (x * x - 1)};
}

}  // namespace

Quadrature gauss_legendre(int n) {
  STARDOSE_EXPECT(n >= 1);
  Quadrature rule;
  for (int k = 0; k < n; ++k) {
    // Abramowitz & Stegun 22.16.6 starts near enough for Newton's method to converge in a few steps.
    double x = -std::cos(std::numbers::pi * (k + 0.75) / (n + 0.5));
    double slope = 1;
    for (int step = 0; step < 100; ++step) {
      const auto [value, derivative] = legendre(n, x);
      slope = derivative;
      const double change = value / derivative;
      x -= change;
      if (std::abs(change) < 1e-16) break;
    }
    rule.points.push_back((1 + x) / 2);
    rule.weights.push_back(1 / ((1 - x * x) * slope * slope));  // half of the rule's for (-1, 1)
  }
  return rule;
}

}  // namespace stardose::learning
