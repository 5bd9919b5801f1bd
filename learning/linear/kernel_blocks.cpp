// The way for any processor.
#include "learning/linear/kernel_blocks.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace stardose::learning {

namespace {

using Of = ExponentialOf;

double exponential(double x) {
  if (x < Of::lowest) return 0;
  const double shifted = std::fma(x, Of::per_log2, Of::rounder);
  const double n = shifted - Of::rounder;
  const double r = std::fma(n, -Of::log2_low, std::fma(n, -Of::log2_high, x));
  double sum = Of::powers[0];
  for (std::size_t k = 1; k < Of::powers.size(); ++k) sum = std::fma(sum, r, Of::powers[k]);
  const auto whole = std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(Of::rounder);
  return sum * std::bit_cast<double>((whole + 1023) << 52U);
}

// libsvm's powi: squaring, so that the rounding is the same.
double power(double base, std::int32_t times) {
  double result = 1;
  for (std::int32_t t = times; t > 0; t /= 2) {
    if (t % 2 == 1) result *= base;
    base *= base;
  }
  return result;
}

double kernel_with(const KernelBlocks& blocks, std::size_t vector, const double* row) {
  constexpr std::size_t lanes = KernelBlocks::lanes;
  const double* values = blocks.values.data() + vector / lanes * lanes * blocks.features + vector % lanes;
  double sum = 0;
  if (blocks.kernel != Kernel::rbf) {
    for (std::size_t i = 0; i < blocks.features; ++i) sum = std::fma(row[i], values[i * lanes], sum);
    return kernel_of_product(blocks, vector, sum);
  }
  for (std::size_t i = 0; i < blocks.features; ++i) {
    const double off = row[i] - values[i * lanes];
    sum = std::fma(off, off, sum);
  }
  return exponential(sum * -blocks.gamma);
}

}  // namespace

double kernel_of_product(const KernelBlocks& blocks, std::size_t vector, double product) {
  if (vector >= blocks.vectors) return 0;
  switch (blocks.kernel) {
    case Kernel::polynomial: return power(blocks.gamma * product + blocks.coef0, blocks.degree);
    case Kernel::sigmoid: return std::tanh(blocks.gamma * product + blocks.coef0);
    default: return product;
  }
}

// NOLINTNEXTLINE(readability-non-const-parameter): it is written to
void add_kernels_plain(const KernelBlocks& blocks, std::span<const double* const> rows, double* sums) {
  constexpr std::size_t lanes = KernelBlocks::lanes;
  for (std::size_t vector = 0; vector < blocks.vectors; ++vector) {
    const double* coefficients = blocks.coefficients.data() + vector / lanes * lanes * blocks.outputs + vector % lanes;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const double kernel = kernel_with(blocks, vector, rows[row]);
      for (std::size_t k = 0; k < blocks.outputs; ++k) {
        double& sum = sums[(row * blocks.outputs + k) * lanes + vector % lanes];
        sum = std::fma(coefficients[k * lanes], kernel, sum);
      }
    }
  }
}

}  // namespace stardose::learning
