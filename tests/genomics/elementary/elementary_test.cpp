// Elementary functions beside the C library's in long double, and what the linker makes of <cmath>.
#include "genomics/elementary/elementary.h"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "learning/train/seeded_random.h"

namespace elementary = stardose::genomics::elementary;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// The greatest error in units of the last place.
double furthest(double (*ours)(double), long double (*exact)(long double), double from, double to) {
  stardose::learning::SeededRandom random{20261122};
  double worst = 0;
  for (int k = 0; k < 20'000; ++k) {
    const double x = from + (to - from) * random.share();
    const long double truth = exact(x);
    const double size = std::abs(static_cast<double>(truth));
    const double unit = std::nextafter(size, infinity) - size;
    worst = std::max(worst, std::abs(static_cast<double>((ours(x) - truth) / unit)));
  }
  return worst;
}

bool are_same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace

TEST_SUITE("elementary functions") {
  TEST_CASE("each is right to the last place, or nearly") {
    CHECK(furthest(elementary::exp, expl, -1, 1) < 0.75);
    CHECK(furthest(elementary::exp, expl, -745, 709) < 0.8);
    CHECK(furthest(elementary::expm1, expm1l, -1, 1) < 0.9);
    CHECK(furthest(elementary::expm1, expm1l, -1e-3, 1e-3) < 0.6);
    CHECK(furthest(elementary::expm1, expm1l, -50, 60) < 0.9);
    CHECK(furthest(elementary::log, logl, 1e-9, 100) < 0.9);
    CHECK(furthest(elementary::log, logl, 0.9, 1.1) < 0.7);
    CHECK(furthest(elementary::log, logl, 1, 1e300) < 0.6);
    CHECK(furthest(elementary::log1p, log1pl, -0.99, 3) < 0.9);
    CHECK(furthest(elementary::log1p, log1pl, -1e-4, 1e-4) < 0.6);
    CHECK(furthest(elementary::log10, log10l, 1e-9, 100) < 0.6);
    CHECK(furthest(elementary::tanh, tanhl, -25, 25) < 2.5);
    CHECK(furthest(elementary::cos, cosl, -4, 4) < 0.9);
    CHECK(furthest(elementary::cos, cosl, -1e5, 1e5) < 0.9);
    CHECK(furthest(elementary::erfc, erfcl, -3, 26) < 10);
    const auto power = [](double x) { return elementary::pow(x, 1.17); };
    CHECK(furthest(
              power, [](long double x) { return powl(x, 1.17); }, 1e-3, 1000) < 0.75);
    const auto of_ten = [](double x) { return elementary::pow(10, x); };
    CHECK(furthest(
              of_ten, [](long double x) { return powl(10, x); }, -300, 300) < 0.75);
  }

  TEST_CASE("ln gamma is right to 1e-14 of itself or in all, and of whole numbers as near as can be") {
    for (double x = 0.01; x < 200; x += 0.37) {
      const double truth = static_cast<double>(lgammal(x));
      CHECK(elementary::lgamma(x) == doctest::Approx(truth).epsilon(1e-14).scale(1));
    }
    CHECK(elementary::lgamma(1) == 0);
    CHECK(elementary::lgamma(2) == 0);
    double product = 2;
    for (int n = 3; n <= 18; ++n) {
      CHECK(elementary::lgamma(n) == doctest::Approx(static_cast<double>(logl(product))).epsilon(3e-16).scale(0));
      product *= n;
    }
  }

  TEST_CASE("powers and logarithms that are whole come out whole") {
    double ten = 1;
    for (int k = 0; k <= 22; ++k, ten *= 10) {
      CHECK(elementary::pow(10, k) == ten);
      CHECK(elementary::log10(ten) == k);
    }
    for (int k = -300; k <= 300; ++k) CHECK(elementary::log10(std::stod("1e" + std::to_string(k))) == k);
    for (int k = -1074; k <= 1023; ++k) CHECK(elementary::pow(2, k) == std::ldexp(1.0, k));
    for (double base = 1; base < 100; ++base) {
      CHECK(elementary::pow(base, 3) == base * base * base);
      CHECK(elementary::pow(-base, 5) == -(base * base * base * base * base));
    }
  }

  TEST_CASE("at the edges they are what the standard says") {
    for (const auto& each :
         std::to_array<std::pair<double, double>>({{elementary::exp(0), 1},
                                                   {elementary::exp(-infinity), 0},
                                                   {elementary::exp(infinity), infinity},
                                                   {elementary::exp(710), infinity},
                                                   {elementary::exp(-746), 0},
                                                   {elementary::exp(nothing), nothing},
                                                   {elementary::expm1(-0.0), -0.0},
                                                   {elementary::expm1(-infinity), -1},
                                                   {elementary::expm1(infinity), infinity},
                                                   {elementary::log(0), -infinity},
                                                   {elementary::log(-1), nothing},
                                                   {elementary::log(infinity), infinity},
                                                   {elementary::log(1), 0},
                                                   {elementary::log1p(-1), -infinity},
                                                   {elementary::log1p(-2), nothing},
                                                   {elementary::log1p(-0.0), -0.0},
                                                   {elementary::log10(-0.0), -infinity},
                                                   {elementary::tanh(infinity), 1},
                                                   {elementary::tanh(-0.0), -0.0},
                                                   {elementary::cos(0), 1},
                                                   {elementary::cos(infinity), nothing},
                                                   {elementary::erfc(0), 1},
                                                   {elementary::erfc(infinity), 0},
                                                   {elementary::erfc(-infinity), 2},
                                                   {elementary::lgamma(0), infinity},
                                                   {elementary::lgamma(infinity), infinity},
                                                   {elementary::hypot(3 * 0x1p700, 4 * 0x1p700), 5 * 0x1p700},
                                                   {elementary::hypot(-infinity, nothing), infinity},
                                                   {elementary::hypot(3 * 0x1p-700, 4 * 0x1p-700), 5 * 0x1p-700},
                                                   {elementary::hypot(0, -2), 2},
                                                   {elementary::pow(0, 0), 1},
                                                   {elementary::pow(nothing, 0), 1},
                                                   {elementary::pow(1, nothing), 1},
                                                   {elementary::pow(-1, infinity), 1},
                                                   {elementary::pow(-1, 1e308), 1},
                                                   {elementary::pow(-0.0, -1), -infinity},
                                                   {elementary::pow(-0.0, 3), -0.0},
                                                   {elementary::pow(0, -2), infinity},
                                                   {elementary::pow(-8, 0.5), nothing},
                                                   {elementary::pow(-infinity, 3), -infinity},
                                                   {elementary::pow(0.5, infinity), 0},
                                                   {elementary::pow(2, 5000), infinity},
                                                   {elementary::pow(-2, -5001), -0.0}})) {
      CHECK_MESSAGE(are_same(each.first, each.second), each.first, " in place of ", each.second);
    }
  }

  TEST_CASE("what is linked with genomics has these in the place of the C library's") {
    stardose::learning::SeededRandom random{1};
    for (int k = 0; k < 1000; ++k) {
      const double x = 0.1 + 9 * random.share();
      CHECK(are_same(std::exp(x), elementary::exp(x)));
      CHECK(are_same(std::log(x), elementary::log(x)));
      CHECK(are_same(std::expm1(x), elementary::expm1(x)));
      CHECK(are_same(std::log1p(x), elementary::log1p(x)));
      CHECK(are_same(std::log10(x), elementary::log10(x)));
      CHECK(are_same(std::pow(x, 1.3), elementary::pow(x, 1.3)));
      CHECK(are_same(std::tanh(x), elementary::tanh(x)));
      CHECK(are_same(std::hypot(x, 1.3), elementary::hypot(x, 1.3)));
      CHECK(are_same(std::cos(x), elementary::cos(x)));
      CHECK(are_same(std::erfc(x), elementary::erfc(x)));
      CHECK(are_same(std::lgamma(x), elementary::lgamma(x)));
    }
  }

  TEST_CASE("known bits: another machine, or another compiler, has the same") {
    std::uint64_t sum = 0;
    const auto add = [&](double value) { sum = (sum ^ std::bit_cast<std::uint64_t>(value)) * 0x9E3779B97F4A7C15U; };
    stardose::learning::SeededRandom random{7};
    for (int k = 0; k < 10'000; ++k) {
      const double x = 8 * random.share() - 4;
      const double above = std::abs(x) + 1e-3;
      for (const double value :
           {elementary::exp(x), elementary::expm1(x), elementary::log(above), elementary::log1p(above - 1),
            elementary::log10(above), elementary::pow(above, x), elementary::tanh(x), elementary::hypot(x, 2),
            elementary::cos(x), elementary::erfc(x), elementary::lgamma(above)}) {
        add(value);
      }
    }
    CHECK(sum == 0x7992483d65e7211eU);
  }
}
