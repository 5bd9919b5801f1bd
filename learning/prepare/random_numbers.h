// Random numbers that are the same on every machine and with every library.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

namespace stardose::learning {

/// Returns a number that looks unrelated to the one given, and to those of its neighbours (the finalizer of SplitMix64;
/// Steele, Lea and Flood 2014, OOPSLA).
[[nodiscard]] constexpr std::uint64_t scrambled(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

/// Returns a seed for a part of a task, so that parts may be done in any order.
[[nodiscard]] constexpr std::uint64_t part_of_seed(std::uint64_t seed, std::uint64_t part) {
  return scrambled(scrambled(seed) ^ part);
}

class RandomNumbers {
 public:
  explicit RandomNumbers(std::uint64_t seed) : seed_{scrambled(seed)} {}

  [[nodiscard]] std::uint64_t bits() { return scrambled(seed_ + count_++); }
  /// In [0, 1).
  [[nodiscard]] double uniform() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }
  /// Below n, which is far below 2^53.
  [[nodiscard]] std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(uniform() * static_cast<double>(n));
  }
  /// Of mean 0 and variance 1.
  [[nodiscard]] double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t k = items.size(); k > 1; --k) std::swap(items[k - 1], items[below(k)]);
  }

 private:
  std::uint64_t seed_;
  std::uint64_t count_ = 0;
};

}  // namespace stardose::learning
