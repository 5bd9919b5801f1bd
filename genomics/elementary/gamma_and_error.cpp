// ln gamma and the error function's complement.
#include <array>
#include <cmath>
#include <cstddef>

#include "genomics/elementary/c_library.h"
#include "genomics/elementary/elementary.h"
#include "genomics/elementary/two_part.h"

namespace stardose::genomics::elementary {

namespace {

template <std::size_t Size>
double polynomial(const std::array<double, Size>& coefficients, double x) {
  double value = 0;
  for (const double coefficient : coefficients) value = value * x + coefficient;
  return value;
}

// Rational functions of W. J. Cody, Mathematics of Computation 1969;23:631-637; the highest power first.
constexpr std::array<double, 5> small_above = {1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2,
                                               3.77485237685302021e2, 3.20937758913846947e3};
constexpr std::array<double, 5> small_below = {1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3,
                                               2.84423683343917062e3};
constexpr std::array<double, 9> middle_above = {2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0,
                                                6.61191906371416295e1,  2.98635138197400131e2,  8.81952221241769090e2,
                                                1.71204761263407058e3,  2.05107837782607147e3,  1.23033935479799725e3};
constexpr std::array<double, 9> middle_below = {1,
                                                1.57449261107098347e1,
                                                1.17693950891312499e2,
                                                5.37181101862009858e2,
                                                1.62138957456669019e3,
                                                3.29079923573345963e3,
                                                4.36261909014324716e3,
                                                3.43936767414372164e3,
                                                1.23033935480374942e3};
constexpr std::array<double, 6> large_above = {1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
                                               1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4};
constexpr std::array<double, 6> large_below = {1,
                                               2.56852019228982242e0,
                                               1.87295284992346047e0,
                                               5.27905102951428412e-1,
                                               6.05183413124413191e-2,
                                               2.33520497626869185e-3};

/// exp(-x^2), of which rounding x^2 loses nothing.
double bell(double x) {
  const double near = std::floor(x * 16) / 16;
  return exp(-near * near) * exp(-(x - near) * (x + near));
}

}  // namespace

double erfc(double x) {
  if (std::isnan(x)) return x;
  const double size = std::abs(x);
  const double square = size * size;
  if (size <= 0.46875) return 1 - x * polynomial(small_above, square) / polynomial(small_below, square);
  double value = 0;
  if (size <= 4) {
    value = bell(size) * polynomial(middle_above, size) / polynomial(middle_below, size);
  } else if (size < 27.3) {
    constexpr double one_by_root_pi = 5.6418958354775628695e-1;
    const double z = 1 / square;
    value = bell(size) * (one_by_root_pi - z * polynomial(large_above, z) / polynomial(large_below, z)) / size;
  }
  return x > 0 ? value : 2 - value;
}

double lgamma(double x) {
  if (!(x > 0) || std::isinf(x)) return of_c_library_lgamma(x);
  if (x == 1 || x == 2) return 0;
  if (x > 1e17) return x * (log(x) - 1);
  TwoPart product = {1, 0};
  for (; x < 10; x += 1) product = product * TwoPart{x, 0};
  // Stirling's series.
  constexpr std::array<double, 7> series = {1.0 / 156,  -691.0 / 360360, 1.0 / 1188, -1.0 / 1680,
                                            1.0 / 1260, -1.0 / 360,      1.0 / 12};
  constexpr TwoPart half_log_two_pi = {0.9189385332046728, -3.8782941580672414e-17};
  const double more = polynomial(series, 1 / (x * x)) / x;
  TwoPart sum = log_in_two(x) * TwoPart{x - 0.5, 0} + TwoPart{-x, 0} + half_log_two_pi + TwoPart{more, 0};
  if (product.high == 1) return sum.high + sum.low;
  const TwoPart shift = log_in_two(product.high);
  sum = sum + TwoPart{-shift.high, -shift.low - product.low / product.high};
  return sum.high + sum.low;
}

}  // namespace stardose::genomics::elementary
