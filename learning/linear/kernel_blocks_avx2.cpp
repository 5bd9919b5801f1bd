// The way for processors with AVX2 and FMA: eight vectors and four rows at once, which keeps the units for products
// busy while each waits for its sum before.
#include "learning/linear/kernel_blocks.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define STARDOSE_FMA [[gnu::target("avx2,fma")]]
#define STARDOSE_FMA_INLINE [[gnu::target("avx2,fma"), gnu::always_inline]] inline
#endif

namespace stardose::learning {

#if defined(__x86_64__)

namespace {

constexpr std::size_t lanes = KernelBlocks::lanes;
constexpr std::size_t rows_at_once = KernelBlocks::rows;

using Of = ExponentialOf;

/// Of a row: both halves of a block.
struct Pair {
  __m256d low;
  __m256d high;
};

STARDOSE_FMA_INLINE void exponential(__m256d& x) {
  const __m256d rounder = _mm256_set1_pd(Of::rounder);
  const __m256d shifted = _mm256_fmadd_pd(x, _mm256_set1_pd(Of::per_log2), rounder);
  const __m256d n = _mm256_sub_pd(shifted, rounder);
  const __m256d high = _mm256_fnmadd_pd(n, _mm256_set1_pd(Of::log2_high), x);
  const __m256d r = _mm256_fnmadd_pd(n, _mm256_set1_pd(Of::log2_low), high);
  __m256d sum = _mm256_set1_pd(Of::powers[0]);
#pragma GCC unroll 13
  for (std::size_t k = 1; k < Of::powers.size(); ++k) sum = _mm256_fmadd_pd(sum, r, _mm256_set1_pd(Of::powers[k]));
  const __m256i whole = _mm256_sub_epi64(_mm256_castpd_si256(shifted), _mm256_castpd_si256(rounder));
  const __m256i exponent = _mm256_slli_epi64(_mm256_add_epi64(whole, _mm256_set1_epi64x(1023)), 52);
  const __m256d scaled = _mm256_mul_pd(sum, _mm256_castsi256_pd(exponent));
  x = _mm256_andnot_pd(_mm256_cmp_pd(x, _mm256_set1_pd(Of::lowest), _CMP_LT_OQ), scaled);
}

/// Squared distances, or products, of the rows with the vectors of a block.
template <bool Distances>
STARDOSE_FMA_INLINE void compare(const double* block, std::size_t features, const double* const* rows, Pair* out) {
#pragma GCC unroll 4
  for (std::size_t row = 0; row < rows_at_once; ++row) out[row] = {_mm256_setzero_pd(), _mm256_setzero_pd()};
  for (std::size_t i = 0; i < features; ++i) {
    const __m256d low = _mm256_loadu_pd(block + i * lanes);
    const __m256d high = _mm256_loadu_pd(block + i * lanes + 4);
#pragma GCC unroll 4
    for (std::size_t row = 0; row < rows_at_once; ++row) {
      const __m256d value = _mm256_broadcast_sd(rows[row] + i);
      if constexpr (Distances) {
        const __m256d off_low = _mm256_sub_pd(value, low);
        const __m256d off_high = _mm256_sub_pd(value, high);
        out[row].low = _mm256_fmadd_pd(off_low, off_low, out[row].low);
        out[row].high = _mm256_fmadd_pd(off_high, off_high, out[row].high);
      } else {
        out[row].low = _mm256_fmadd_pd(value, low, out[row].low);
        out[row].high = _mm256_fmadd_pd(value, high, out[row].high);
      }
    }
  }
}

STARDOSE_FMA_INLINE void add_to(double* sums, const double* coefficients, const __m256d& kernels) {
  _mm256_storeu_pd(sums, _mm256_fmadd_pd(_mm256_loadu_pd(coefficients), kernels, _mm256_loadu_pd(sums)));
}

/// Kernels of products, one by one.
STARDOSE_FMA_INLINE void from_products(const KernelBlocks& blocks, std::size_t first, __m256d& kernels) {
  std::array<double, 4> products{};
  _mm256_storeu_pd(products.data(), kernels);
  for (std::size_t k = 0; k < 4; ++k) products[k] = kernel_of_product(blocks, first + k, products[k]);
  kernels = _mm256_loadu_pd(products.data());
}

/// Of four rows and the block that begins with a vector.
STARDOSE_FMA_INLINE void add_block(const KernelBlocks& blocks, std::size_t vector, const double* const* rows,
                                   double* sums) {
  const double* block = blocks.values.data() + vector * blocks.features;
  Pair kernels[rows_at_once];  // NOLINT: an array class would not stay in registers
  if (blocks.kernel == Kernel::rbf) {
    compare<true>(block, blocks.features, rows, kernels);
    const __m256d factor = _mm256_set1_pd(-blocks.gamma);
#pragma GCC unroll 4
    for (Pair& kernel : kernels) {
      kernel.low = _mm256_mul_pd(kernel.low, factor);
      kernel.high = _mm256_mul_pd(kernel.high, factor);
      exponential(kernel.low);
      exponential(kernel.high);
    }
  } else {
    compare<false>(block, blocks.features, rows, kernels);
    for (Pair& kernel : kernels) {
      from_products(blocks, vector, kernel.low);
      from_products(blocks, vector + 4, kernel.high);
    }
  }
  const double* coefficients = blocks.coefficients.data() + vector * blocks.outputs;
  for (std::size_t k = 0; k < blocks.outputs; ++k) {
    for (std::size_t row = 0; row < rows_at_once; ++row) {
      double* to = sums + (row * blocks.outputs + k) * lanes;
      add_to(to, coefficients + k * lanes, kernels[row].low);
      add_to(to + 4, coefficients + k * lanes + 4, kernels[row].high);
    }
  }
}

STARDOSE_FMA void add_kernels(const KernelBlocks& blocks, std::span<const double* const> rows, double* sums) {
  for (std::size_t vector = 0; vector < blocks.vectors; vector += lanes) {
    for (std::size_t row = 0; row < rows.size(); row += rows_at_once) {
      add_block(blocks, vector, rows.data() + row, sums + row * blocks.outputs * lanes);
    }
  }
}

}  // namespace

AddKernels add_kernels_avx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &add_kernels : nullptr;
}

#else

AddKernels add_kernels_avx2() { return nullptr; }

#endif

}  // namespace stardose::learning
