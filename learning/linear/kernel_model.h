// A support vector machine with a kernel.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stardose::learning {

enum class Kernel : std::uint8_t {
  linear,      ///< u.v
  polynomial,  ///< (gamma u.v + coef0) ^ degree
  rbf,         ///< exp(-gamma |u - v|^2)
  sigmoid,     ///< tanh(gamma u.v + coef0)
};

/// Margin k of a row is the sum of coefficients[k * vectors + j] times the kernel of the row and support vector j, less
/// offsets[k]. A missing value makes the margins NaN.
struct KernelModel {
  Kernel kernel = Kernel::rbf;
  double gamma = 0;
  double coef0 = 0;
  std::int32_t degree = 0;
  std::vector<double> vectors;  ///< one after the other, a value for each feature
  std::vector<double> coefficients;
  std::vector<double> offsets;

  bool operator==(const KernelModel&) const = default;
};

/// Returns what is wrong with it for so many features: a count that does not fit, a number that is not finite, a
/// gamma below 0.
[[nodiscard]] std::optional<std::string> fault_of(const KernelModel& model, std::size_t features);

}  // namespace stardose::learning
