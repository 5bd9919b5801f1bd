// Random numbers that a seed gives on every machine.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

namespace stardose::learning {

/// SplitMix64 (Steele, Lea, Flood 2014).
class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_{seed} {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  /// From 0 to below `count`. Requires: count > 0.
  std::uint64_t below(std::uint64_t count) {
    const std::uint64_t most = UINT64_MAX - UINT64_MAX % count;  // what is above would make the first more likely
    std::uint64_t drawn = next();
    while (drawn >= most) drawn = next();
    return drawn % count;
  }

  /// From 0 to below 1.
  double share() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

  /// Of mean 0 and variance 1.
  double normal() {
    const double radius = std::sqrt(-2 * std::log(1 - share()));
    return radius * std::cos(2 * std::numbers::pi * share());
  }

  template <class Item>
  void shuffle(std::vector<Item>& items) {
    for (std::size_t k = items.size(); k > 1; --k) std::swap(items[k - 1], items[below(k)]);
  }

 private:
  std::uint64_t state_;
};

/// Returns a seed for one of several that are drawn by themselves.
[[nodiscard]] inline std::uint64_t seed_of(std::uint64_t seed, std::uint64_t which) {
  return SeededRandom{seed ^ (which * 0xD1342543DE82EF95U)}.next();
}

}  // namespace stardose::learning
