// Sums and products without what rounding loses.
#pragma once

#include "genomics/elementary/elementary.h"

namespace stardose::genomics::elementary {

/// Requires: |a| >= |b|, or a is 0.
constexpr TwoPart quick_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

constexpr TwoPart exact_sum(double a, double b) {
  const double sum = a + b;
  const double of_b = sum - a;
  return {sum, (a - (sum - of_b)) + (b - of_b)};
}

/// Veltkamp and Dekker. Requires: neither is above 1e290, nor their product.
constexpr TwoPart exact_product(double a, double b) {
  constexpr double splitter = 134217729;  // 2^27 + 1
  const double wide_a = splitter * a;
  const double wide_b = splitter * b;
  const double high_a = wide_a - (wide_a - a);
  const double high_b = wide_b - (wide_b - b);
  const double low_a = a - high_a;
  const double low_b = b - high_b;
  const double product = a * b;
  return {product, ((high_a * high_b - product) + high_a * low_b + low_a * high_b) + low_a * low_b};
}

constexpr TwoPart operator+(TwoPart a, TwoPart b) {
  const TwoPart sum = exact_sum(a.high, b.high);
  return quick_sum(sum.high, sum.low + (a.low + b.low));
}

constexpr TwoPart operator-(TwoPart a) { return {-a.high, -a.low}; }

constexpr TwoPart operator*(TwoPart a, TwoPart b) {
  const TwoPart product = exact_product(a.high, b.high);
  return quick_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

constexpr TwoPart operator/(TwoPart a, TwoPart b) {
  const double first = a.high / b.high;
  const TwoPart rest = a + -(TwoPart{first, 0} * b);
  return quick_sum(first, rest.high / b.high);
}

}  // namespace stardose::genomics::elementary
