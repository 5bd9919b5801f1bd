// A machine with a kernel made ready to score rows.
#pragma once

#include <span>
#include <vector>

#include "learning/linear/kernel_blocks.h"
#include "learning/model/rows.h"

namespace stardose::learning {

/// Which way kernels are worked out; the answers are the same to the last bit.
enum class KernelWay : std::uint8_t {
  fastest,  ///< vectors where the processor has AVX2 and FMA
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
  KernelBlocks blocks_;
  std::vector<double> offsets_;
  AddKernels add_kernels_;
};

}  // namespace stardose::learning
