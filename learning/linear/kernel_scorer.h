// A machine with a kernel made ready to score rows.
#pragma once

#include <span>
#include <vector>

#include "learning/linear/kernel_model.h"
#include "learning/model/rows.h"

namespace stardose::learning {

/// Which way kernels are worked out; the answers are the same to the last bit.
enum class KernelWay : std::uint8_t {
  fastest,  ///< vectors where the processor has AVX2
  plain,
};

/// Fixed once built, and without ties to the model; safe to use on many threads.
class KernelScorer {
 public:
  /// Requires: fault_of(model, features) found nothing.
  explicit KernelScorer(const KernelModel& model, KernelWay way = KernelWay::fastest);

  /// Writes a row's margins behind the row before. Requires: rows have the features that the model was checked for.
  void margins(const Rows& rows, std::span<double> out) const;

 private:
  /// Adds coefficients times kernels to `sums`, `lanes` for each output, of two rows at once.
  using AddBlocks = void (*)(const KernelScorer& scorer, const double* first, const double* second, double* sums);

  template <bool Wide>
  struct Blocks;

  Kernel kernel_;
  double gamma_;
  double coef0_;
  std::int32_t degree_;
  std::size_t features_ = 0;
  std::size_t vectors_ = 0;
  std::vector<double> offsets_;
  std::vector<double> blocks_;        // vectors in blocks of `lanes`: feature after feature, a value of each
  std::vector<double> coefficients_;  // block after block, output after output, one of each vector; 0 where none is
  AddBlocks add_blocks_;
};

}  // namespace stardose::learning
