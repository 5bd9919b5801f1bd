// Logarithms.
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
constexpr double ln2_high = 6.93147180369123816490e-01;
constexpr double ln2_low = 1.90821492927058770002e-10;

constexpr std::array<LogStretch, stretches> logs = make_logs();

/// The first 26 of its 53 bits.
double front_of(double x) { return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & 0xFFFFFFFFF8000000U); }

/// Logarithms of what is not above 0 and finite.
double odd_log(double x) {
  if (x == 0) return -infinity;
  return x > 0 || std::isnan(x) ? x : std::numeric_limits<double>::quiet_NaN();
}

bool is_plain(double x) { return x > 0 && x < infinity; }

}  // namespace

double log(double x) {
  if (!is_plain(x)) return odd_log(x);
  const TwoPart log = log_in_two(x);
  return log.high + log.low;
}

double log1p(double x) {
  if (!is_plain(1 + x)) return odd_log(1 + x);
  const TwoPart sum = exact_sum(1, x);
  const TwoPart log = log_in_two(sum.high);
  return log.high == 0 ? x : log.high + (log.low + sum.low / sum.high);
}

TwoPart log_in_two(double x) {
  int power = 0;
  auto bits = std::bit_cast<std::uint64_t>(x);
  if (x < 0x1p-1022) {
    bits = std::bit_cast<std::uint64_t>(x * 0x1p54);
    power = -54;
  }
  const std::uint64_t above = bits - lowest_part;
  power += static_cast<int>(static_cast<std::int64_t>(above) >> 52U);
  const LogStretch& stretch = logs[(above >> (52U - stretch_bits)) % stretches];
  const double part = std::bit_cast<double>(bits - (above & 0xFFF0000000000000U));
  // r = part * inverse - 1, in two parts.
  const double part_high = front_of(part);
  const double most = part_high * stretch.inverse - 1;
  const double rest = (part - part_high) * stretch.inverse;
  const double r = most + rest;
  const double r_low = rest - (r - most);
  // power ln 2 + ln part + r - r^2 / 2 + ...
  const TwoPart with_r = exact_sum(power * ln2_high + stretch.log, r);
  const double r_high = front_of(r);
  const TwoPart sum = quick_sum(with_r.high, -0.5 * r_high * r_high);
  const double higher =
      r * r * r *
      (1.0 / 3 + r * (-1.0 / 4 + r * (1.0 / 5 + r * (-1.0 / 6 + r * (1.0 / 7 + r * (-1.0 / 8 + r * (1.0 / 9)))))));
  const double low = power * ln2_low + stretch.log_low + with_r.low + sum.low - 0.5 * (r - r_high) * (r + r_high) +
                     r_low * (1 - r) + higher;
  return quick_sum(sum.high, low);
}

double log10(double x) {
  if (!is_plain(x)) return odd_log(x);
  const TwoPart product = log_in_two(x) * TwoPart{4.34294481903251816668e-01, 1.0983196502167651e-17};
  return product.high + product.low;
}

}  // namespace stardose::genomics::elementary
