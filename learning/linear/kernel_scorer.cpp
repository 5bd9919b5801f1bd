// Eight support vectors and two rows at a time. Every lane adds features up in their order, and a row's sum has eight
// parts, one a lane: so a result depends neither on the row beside nor on the processor. Nothing here may be contracted
// to fused products, which not every processor has: AVX2 without FMA has none.
#include "learning/linear/kernel_scorer.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace stardose::learning {

namespace {

constexpr std::size_t lanes = 8;

using Four [[gnu::vector_size(32)]] = double;
using FourWhole [[gnu::vector_size(32)]] = std::int64_t;

/// Vectors are handed over by reference: without AVX they are passed in other ways.
[[gnu::always_inline]] inline void load(const double* from, Four& to) { __builtin_memcpy(&to, from, 32); }
[[gnu::always_inline]] inline void store(const Four& from, double* to) { __builtin_memcpy(to, &from, 32); }

// libsvm's powi: squaring, so that the rounding is the same.
double power(double base, std::int32_t times) {
  double result = 1;
  for (std::int32_t t = times; t > 0; t /= 2) {
    if (t % 2 == 1) result *= base;
    base *= base;
  }
  return result;
}

/// x becomes exp(x), to within 2 units of the last place; 0 where that is below 1e-307. Requires: x <= 0, or NaN.
[[gnu::always_inline]] inline void exponential(Four& x) {
  // x = n log(2) + r, |r| <= log(2) / 2; the log in two parts, of which the first times n has no rounding.
  constexpr double rounder = 0x1.8p52;
  const Four shifted = x * 0x1.71547652b82fep0 + rounder;
  const Four n = shifted - rounder;
  const Four r = (x - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;
  // Taylor's polynomial of degree 13, even and odd powers by themselves.
  const Four s = r * r;
  const Four even =
      1 + s * (1.0 / 2 + s * (1.0 / 24 + s * (1.0 / 720 + s * (1.0 / 40320 + s * (1.0 / 3628800 + s / 479001600)))));
  const Four odd =
      1 +
      s * (1.0 / 6 + s * (1.0 / 120 + s * (1.0 / 5040 + s * (1.0 / 362880 + s * (1.0 / 39916800 + s / 6227020800)))));
  FourWhole exponent;
  __builtin_memcpy(&exponent, &shifted, 32);
  exponent = (exponent - std::bit_cast<std::int64_t>(rounder) + 1023) << 52;
  Four scale;
  __builtin_memcpy(&scale, &exponent, 32);
  const Four result = (even + r * odd) * scale;
  x = x < -707.0 ? Four{} : result;
}

/// Squared distances, or products, of two rows with the vectors of a block.
template <bool Distance>
[[gnu::always_inline]] inline void compare(const double* block, std::size_t features, const double* first,
                                           const double* second, Four (&out)[4]) {
  Four a{};
  Four b{};
  Four c{};
  Four d{};
  for (std::size_t i = 0; i < features; ++i) {
    Four low;
    Four high;
    load(block + i * lanes, low);
    load(block + i * lanes + 4, high);
    if constexpr (Distance) {
      const Four al = first[i] - low;
      const Four ah = first[i] - high;
      const Four bl = second[i] - low;
      const Four bh = second[i] - high;
      a += al * al;
      b += ah * ah;
      c += bl * bl;
      d += bh * bh;
    } else {
      a += first[i] * low;
      b += first[i] * high;
      c += second[i] * low;
      d += second[i] * high;
    }
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

}  // namespace

template <bool Wide>
struct KernelScorer::Blocks {
  /// Kernels that are no vectors' business.
  static double of_product(const KernelScorer& scorer, double product) {
    switch (scorer.kernel_) {
      case Kernel::polynomial: return power(scorer.gamma_ * product + scorer.coef0_, scorer.degree_);
      case Kernel::sigmoid: return std::tanh(scorer.gamma_ * product + scorer.coef0_);
      default: return product;
    }
  }

  [[gnu::always_inline]] static inline void add(const KernelScorer& scorer, const double* first, const double* second,
                                                double* sums) {
    const std::size_t outputs = scorer.offsets_.size();
    for (std::size_t vector = 0; vector < scorer.vectors_; vector += lanes) {
      const double* block = scorer.blocks_.data() + vector * scorer.features_;
      Four kernels[4];
      if (scorer.kernel_ == Kernel::rbf) {
        compare<true>(block, scorer.features_, first, second, kernels);
        for (Four& kernel : kernels) {
          kernel *= -scorer.gamma_;
          exponential(kernel);
        }
      } else {
        compare<false>(block, scorer.features_, first, second, kernels);
        for (std::size_t half = 0; half < 4; ++half) {
          double products[4];
          store(kernels[half], products);
          for (std::size_t k = 0; k < 4; ++k) {
            const bool is_there = vector + half % 2 * 4 + k < scorer.vectors_;
            products[k] = is_there ? of_product(scorer, products[k]) : 0;
          }
          load(products, kernels[half]);
        }
      }
      const double* coefficients = scorer.coefficients_.data() + vector * outputs;
      for (std::size_t k = 0; k < outputs; ++k) {
        for (std::size_t half = 0; half < 4; ++half) {
          double* sum = sums + (half / 2 * outputs + k) * lanes + half % 2 * 4;
          Four coefficient;
          Four so_far;
          load(coefficients + k * lanes + half % 2 * 4, coefficient);
          load(sum, so_far);
          so_far += coefficient * kernels[half];
          store(so_far, sum);
        }
      }
    }
  }

#if defined(__x86_64__)
  [[gnu::target("avx2")]] static void add_wide(const KernelScorer& scorer, const double* first, const double* second,
                                               double* sums) {
    add(scorer, first, second, sums);
  }
#endif
  static void add_plain(const KernelScorer& scorer, const double* first, const double* second, double* sums) {
    add(scorer, first, second, sums);
  }
};

KernelScorer::KernelScorer(const KernelModel& model, KernelWay way)
    : kernel_{model.kernel},
      gamma_{model.gamma},
      coef0_{model.coef0},
      degree_{model.degree},
      vectors_{model.coefficients.size() / model.offsets.size()},
      offsets_{model.offsets},
      add_blocks_{&Blocks<false>::add_plain} {
  features_ = vectors_ == 0 ? 0 : model.vectors.size() / vectors_;
  const std::size_t blocks = (vectors_ + lanes - 1) / lanes;
  blocks_.resize(blocks * lanes * features_);
  coefficients_.resize(blocks * lanes * offsets_.size());
  for (std::size_t j = 0; j < vectors_; ++j) {
    const std::size_t block = j / lanes;
    for (std::size_t i = 0; i < features_; ++i) {
      blocks_[(block * features_ + i) * lanes + j % lanes] = model.vectors[j * features_ + i];
    }
    for (std::size_t k = 0; k < offsets_.size(); ++k) {
      coefficients_[(block * offsets_.size() + k) * lanes + j % lanes] = model.coefficients[k * vectors_ + j];
    }
  }
#if defined(__x86_64__)
  if (way == KernelWay::fastest && __builtin_cpu_supports("avx2")) add_blocks_ = &Blocks<true>::add_wide;
#else
  (void)way;
#endif
}

void KernelScorer::margins(const Rows& rows, std::span<double> out) const {
  const std::size_t outputs = offsets_.size();
  std::vector<double> sums(2 * outputs * lanes);
  for (std::size_t row = 0; row < rows.count(); row += 2) {
    const std::size_t other = std::min(row + 1, rows.count() - 1);  // of an odd number the last with itself
    std::ranges::fill(sums, 0.0);
    add_blocks_(*this, rows.row(row).data(), rows.row(other).data(), sums.data());
    for (const std::size_t each : {row, other}) {
      for (std::size_t k = 0; k < outputs; ++k) {
        const double* s = sums.data() + ((each - row) * outputs + k) * lanes;
        const double sum = ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
        out[each * outputs + k] = sum - offsets_[k];
      }
    }
  }
}

}  // namespace stardose::learning
