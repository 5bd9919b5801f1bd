// A row's sum has a part for each lane: so it depends neither on the rows beside nor on the processor.
#include "learning/linear/kernel_scorer.h"

#include <algorithm>

namespace stardose::learning {

namespace {

constexpr std::size_t lanes = KernelBlocks::lanes;

KernelBlocks blocks_of(const KernelModel& model) {
  const std::size_t outputs = model.offsets.size();
  const std::size_t vectors = model.coefficients.size() / outputs;
  KernelBlocks blocks{.kernel = model.kernel,
                      .gamma = model.gamma,
                      .coef0 = model.coef0,
                      .degree = model.degree,
                      .features = vectors == 0 ? 0 : model.vectors.size() / vectors,
                      .vectors = vectors,
                      .outputs = outputs};
  const std::size_t places = (vectors + lanes - 1) / lanes * lanes;
  blocks.values.resize(places * blocks.features);
  blocks.coefficients.resize(places * outputs);
  for (std::size_t j = 0; j < vectors; ++j) {
    const std::size_t block = j / lanes;
    for (std::size_t i = 0; i < blocks.features; ++i) {
      blocks.values[(block * blocks.features + i) * lanes + j % lanes] = model.vectors[j * blocks.features + i];
    }
    for (std::size_t k = 0; k < outputs; ++k) {
      blocks.coefficients[(block * outputs + k) * lanes + j % lanes] = model.coefficients[k * vectors + j];
    }
  }
  return blocks;
}

}  // namespace

KernelScorer::KernelScorer(const KernelModel& model, KernelWay way)
    : blocks_{blocks_of(model)}, offsets_{model.offsets}, add_kernels_{&add_kernels_plain} {
  const AddKernels on_vectors = add_kernels_avx2();
  if (way == KernelWay::fastest && on_vectors != nullptr) add_kernels_ = on_vectors;
}

void KernelScorer::margins(const Rows& rows, std::span<double> out) const {
  const std::size_t outputs = offsets_.size();
  std::vector<double> sums;
  std::vector<const double*> together;
  for (std::size_t first = 0; first < rows.count(); first += KernelBlocks::most) {
    const std::size_t count = std::min(KernelBlocks::most, rows.count() - first);
    together.clear();
    for (std::size_t k = 0; k < count; ++k) together.push_back(rows.row(first + k).data());
    while (together.size() % KernelBlocks::rows != 0) together.push_back(together.back());
    sums.assign(together.size() * outputs * lanes, 0.0);
    add_kernels_(blocks_, together, sums.data());
    for (std::size_t k = 0; k < count * outputs; ++k) {
      const double* s = sums.data() + k * lanes;
      const double sum = ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
      out[first * outputs + k] = sum - offsets_[k % outputs];
    }
  }
}

}  // namespace stardose::learning
