// The cosine. Reduction and polynomials are those of Sun's fdlibm (see NOTICE).
#include <cmath>

#include "genomics/elementary/c_library.h"
#include "genomics/elementary/elementary.h"

namespace stardose::genomics::elementary {

namespace {

/// Of x + low, between -pi/4 and pi/4.
double near_cos(double x, double low) {
  const double z = x * x;
  const double r = z * (4.16666666666666019037e-02 +
                        z * (-1.38888888888741095749e-03 +
                             z * (2.48015872894767294178e-05 +
                                  z * (-2.75573143513906633035e-07 +
                                       z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));
  const double half = 0.5 * z;
  const double whole = 1 - half;
  return whole + (((1 - whole) - half) + (z * r - x * low));
}

double near_sin(double x, double low) {
  const double z = x * x;
  const double r =
      8.33333333332248946124e-03 +
      z * (-1.98412698298579493134e-04 +
           z * (2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
  const double cube = z * x;
  return x - ((z * (0.5 * low - cube * r) - low) - cube * -1.66666666666666324348e-01);
}

}  // namespace

double cos(double x) {
  if (!(std::abs(x) <= 1e5)) return of_c_library_cos(x);
  // pi/2 in three parts; multiples of the first two are exact.
  constexpr double two_by_pi = 6.36619772367581382433e-01;
  constexpr double first = 1.57079632673412561417e+00;
  constexpr double second = 6.07710050630396597660e-11;
  constexpr double third = 2.02226624879595063154e-21;
  const double count = std::floor(x * two_by_pi + 0.5);
  const double most = x - count * first;
  const double step = count * second;
  const double rest = most - step;
  const double low = count * third - ((most - rest) - step);
  const double high = rest - low;
  const double lost = (rest - high) - low;
  switch (static_cast<int>(std::abs(std::fmod(count, 4) + 4)) % 4) {
    case 0: return near_cos(high, lost);
    case 1: return -near_sin(high, lost);
    case 2: return -near_cos(high, lost);
    default: return near_sin(high, lost);
  }
}

}  // namespace stardose::genomics::elementary
