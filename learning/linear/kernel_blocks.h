// Support vectors laid out for vectors of the processor, and the sums over them.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "learning/linear/kernel_model.h"

namespace stardose::learning {

/// Support vectors in blocks of `lanes`. Lanes and rows are worked out at once but have nothing to do with each other.
struct KernelBlocks {
  static constexpr std::size_t lanes = 8;
  static constexpr std::size_t rows = 4;   ///< that are worked out at once
  static constexpr std::size_t most = 64;  ///< that a block is worked out for while it is near the processor

  Kernel kernel = Kernel::rbf;
  double gamma = 0;
  double coef0 = 0;
  std::int32_t degree = 0;
  std::size_t features = 0;
  std::size_t vectors = 0;
  std::size_t outputs = 0;
  std::vector<double> values;        ///< block after block, feature after feature: a value of each vector
  std::vector<double> coefficients;  ///< block after block, output after output: one of each vector; 0 where none is
};

/// Adds coefficients times kernels to sums[(row * outputs + output) * lanes + lane]. Every product that is added to
/// something is so without rounding in between (fma), in whichever way, so that all ways have the same bits.
/// Requires: as many rows as are worked out at once, or that many times more.
using AddKernels = void (*)(const KernelBlocks& blocks, std::span<const double* const> rows, double* sums);

void add_kernels_plain(const KernelBlocks& blocks, std::span<const double* const> rows, double* sums);

/// Returns the way on vectors; nullptr where the processor has no AVX2 and FMA.
[[nodiscard]] AddKernels add_kernels_avx2();

/// Returns the kernel of a product, where it is one of products; 0 for a lane without a vector.
[[nodiscard]] double kernel_of_product(const KernelBlocks& blocks, std::size_t vector, double product);

/// exp(x), x at most 0: log(2) in two parts, of which the first times a whole number has no rounding, and Taylor's
/// polynomial, the highest power first. What is below is 0.
struct ExponentialOf {
  static constexpr double lowest = -707;
  static constexpr double rounder = 0x1.8p52;  // added, it leaves no place for a fraction
  static constexpr double per_log2 = 0x1.71547652b82fep0;
  static constexpr double log2_high = 0x1.62e42feep-1;
  static constexpr double log2_low = 0x1.a39ef35793c76p-33;
  static constexpr std::array<double, 14> powers = {
      1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
      1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       1.0 / 2,      1,           1};
};

}  // namespace stardose::learning
