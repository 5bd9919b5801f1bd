// Logarithms of many numbers, added up.
#pragma once

#include <cmath>
#include <cstdint>

namespace stardose::pharmaco {

/// Logarithms take long: few are taken, of products of positive numbers.
class LogSum {
 public:
  void add(double value, std::uint32_t times) {
    if (times > most_times || value > largest_factor || value < 1 / largest_factor) {
      sum_ += times * std::log(value);
      return;
    }
    for (std::uint32_t k = 0; k < times; ++k) product_ *= value;
    if (product_ > smallest_product && product_ < 1 / smallest_product) return;
    sum_ += std::log(product_);
    product_ = 1;
  }

  [[nodiscard]] double sum() const { return sum_ + std::log(product_); }

 private:
  // With these no product runs out of digits.
  static constexpr std::uint32_t most_times = 4;
  static constexpr double largest_factor = 1e15;
  static constexpr double smallest_product = 1e-200;
  double sum_ = 0;
  double product_ = 1;
};

}  // namespace stardose::pharmaco
