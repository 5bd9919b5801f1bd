// exp, expm1, tanh and powers. The polynomial of expm1 is that of Sun's fdlibm (see NOTICE).
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "genomics/elementary/elementary.h"
#include "genomics/elementary/tables.h"
#include "genomics/elementary/two_part.h"

namespace stardose::genomics::elementary {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double log2_e = 1.44269504088896338700e+00;
// ln 2; the first part has so few bits that a multiple of it is exact.
constexpr double ln2_high = 6.93147180369123816490e-01;
constexpr double ln2_low = 1.90821492927058770002e-10;

constexpr std::array<TwoPart, stretches> powers = make_powers();

double two_to(int power) { return std::bit_cast<double>(static_cast<std::uint64_t>(power + 1023) << 52U); }

/// value * 2^power, rounded once.
double scaled(double value, int power) {
  if (power > 1023) return value * two_to(1023) * two_to(power - 1023);
  if (power < -1021) return value * two_to(power + 1000) * two_to(-1000);
  return value * two_to(power);
}

bool is_odd(double whole) { return std::fmod(whole, 2) != 0; }

double positive_pow(double x, double y) {
  const TwoPart log = log_in_two(x);
  if (log.high == 0) return 1;
  if (std::abs(y * log.high) > 800) return (y > 0) == (log.high > 0) ? infinity : 0;
  const TwoPart product = exact_product(y, log.high);
  return exp_of_two(quick_sum(product.high, product.low + y * log.low));
}

}  // namespace

double exp_of_two(TwoPart of) {
  const double x = of.high;
  if (std::isnan(x)) return x;
  if (x > 709.8) return infinity;
  if (x < -745.2) return 0;
  constexpr double pieces = stretches;
  constexpr double to_whole = 0x1.8p52;  // a sum with it keeps whole numbers
  const double count = (x * (pieces * log2_e) + to_whole) - to_whole;
  const double r = ((x - count * (ln2_high / pieces)) - count * (ln2_low / pieces)) + of.low;
  const double square = r * r;
  const double more = r + square * (1.0 / 2 + r * (1.0 / 6)) + square * square * (1.0 / 24 + r * (1.0 / 120));
  const auto number = static_cast<int>(count);
  const TwoPart& power = powers[static_cast<std::size_t>(number) % stretches];
  return scaled(power.high + (power.low + power.high * more), number >> stretch_bits);
}

double exp(double x) { return exp_of_two({x, 0}); }

double expm1(double x) {
  if (std::isnan(x) || x > 709.8) return x > 0 ? infinity : x;
  if (x < -50) return -1;
  if (std::abs(x) < 1e-17) return x;
  const int count = std::abs(x) <= 0.35 ? 0 : static_cast<int>(std::floor(x * log2_e + 0.5));
  const double high = x - count * ln2_high;
  const double low = count * ln2_low;
  const double r = high - low;
  const double lost = (high - r) - low;
  const double half = 0.5 * r;
  const double square = r * half;
  const double r1 =
      1 + square * (-3.33333333333331316428e-02 +
                    square * (1.58730158725481460165e-03 +
                              square * (-7.93650757867487942473e-05 +
                                        square * (4.00821782732936239552e-06 + square * -2.01099218183624371326e-07))));
  const double t = 3 - r1 * half;
  double e = square * ((r1 - t) / (6 - r * t));
  if (count == 0) return r - (r * e - square);
  e = r * (e - lost) - lost - square;
  if (count == -1) return 0.5 * (r - e) - 0.5;
  if (count == 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (count <= -2 || count > 56) return scaled(1 - (e - r), count) - 1;
  if (count < 20) return scaled((1 - two_to(-count)) - (e - r), count);
  return scaled((r - (e + two_to(-count))) + 1, count);
}

double tanh(double x) {
  if (std::isnan(x)) return x;
  const double size = std::abs(x);
  if (size < 1e-9) return x;
  if (size > 22) return std::copysign(1.0, x);
  if (size >= 1) return std::copysign(1 - 2 / (expm1(2 * size) + 2), x);
  const double t = expm1(-2 * size);
  return std::copysign(-t / (t + 2), x);
}

double pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x > 0 && x < infinity && std::abs(y) < infinity) return positive_pow(x, y);
  if (std::isnan(x) || std::isnan(y)) return x + y;
  const double size = std::abs(x);
  if (std::isinf(y)) return size == 1 ? 1 : ((size > 1) == (y > 0) ? infinity : 0);
  const bool is_whole = std::floor(y) == y;
  const double sign = std::signbit(x) && is_whole && is_odd(y) ? -1 : 1;
  if (size == 0 || std::isinf(size)) return sign * ((size == 0) == (y > 0) ? 0 : infinity);
  if (x < 0 && !is_whole) return std::numeric_limits<double>::quiet_NaN();
  return sign * positive_pow(size, y);
}

double hypot(double x, double y) {
  if (std::isinf(x) || std::isinf(y)) return infinity;
  const double large = std::fmax(std::abs(x), std::abs(y));
  const double small = std::fmin(std::abs(x), std::abs(y));
  if (std::isnan(x) || std::isnan(y)) return x + y;
  if (small == 0) return large;
  // Squares that would not fit are of numbers moved by a power of two.
  const double scale = large > 0x1p500 ? 0x1p-600 : large < 0x1p-400 ? 0x1p600 : 1;
  const double a = large * scale;
  const double b = small * scale;
  return std::sqrt(a * a + b * b) / scale;
}

}  // namespace stardose::genomics::elementary
