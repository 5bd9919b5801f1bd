// Logarithms and powers of two between which the functions go on with short polynomials; worked out by the compiler.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "genomics/elementary/two_part.h"

namespace stardose::genomics::elementary {

/// How many stretches the numbers between two powers of two are cut into.
constexpr int stretch_bits = 7;
constexpr std::size_t stretches = std::size_t{1} << stretch_bits;

/// The lower end of the numbers that have the power 0, so chosen that 1 is well within a stretch.
constexpr std::uint64_t lowest_part = 0x3FE6955500000000U;
constexpr std::size_t stretch_of_one = 75;

struct LogStretch {
  double inverse = 1;  ///< of a number in it, in ten bits
  double log = 0;      ///< minus the logarithm of `inverse`, in multiples of 2^-42
  double log_low = 0;  ///< the rest of it
};

/// ln x by its series. Requires: x is between 0.5 and 2.
constexpr TwoPart log_by_series(double x) {
  const TwoPart s = TwoPart{x - 1, 0} / exact_sum(x, 1);
  const TwoPart square = s * s;
  TwoPart sum = {0, 0};
  for (int odd = 61; odd >= 1; odd -= 2) sum = sum * square + TwoPart{1, 0} / TwoPart{static_cast<double>(odd), 0};
  return TwoPart{2, 0} * s * sum;
}

constexpr std::array<LogStretch, stretches> make_logs() {
  std::array<LogStretch, stretches> logs;
  for (std::size_t k = 0; k < stretches; ++k) {
    if (k == stretch_of_one) continue;  // there 1 / 1, so that next to 1 nothing cancels
    constexpr int below = 52 - stretch_bits;
    const double from = std::bit_cast<double>(lowest_part + (k << below));
    const double until = std::bit_cast<double>(lowest_part + ((k + 1) << below));
    const auto inverse = static_cast<double>(static_cast<int>(1024 / (from + until) + 0.5)) / 512;
    const TwoPart log = -log_by_series(inverse);
    constexpr double to_multiples = 0x1.8p10;  // a sum with it keeps multiples of 2^-42
    const double high = (log.high + to_multiples) - to_multiples;
    logs[k] = {inverse, high, (log.high - high) + log.low};
  }
  return logs;
}

constexpr TwoPart root(TwoPart of) {
  double first = of.high;
  for (int k = 0; k < 12; ++k) first = (first + of.high / first) / 2;
  const TwoPart rest = of + -exact_product(first, first);
  return quick_sum(first, rest.high / (2 * first));
}

/// 2^(k/128).
constexpr std::array<TwoPart, stretches> make_powers() {
  std::array<TwoPart, stretches> powers;
  powers.fill({1, 0});
  TwoPart factor = {2, 0};
  for (std::size_t bit = stretches / 2; bit > 0; bit /= 2) {
    factor = root(factor);
    for (std::size_t k = 0; k < stretches; ++k) {
      if ((k & bit) != 0) powers[k] = powers[k] * factor;
    }
  }
  return powers;
}

}  // namespace stardose::genomics::elementary
