// Shapley values of sums of kernels.
#pragma once

#include <span>
#include <vector>

#include "learning/explain/quadrature.h"
#include "learning/linear/kernel_model.h"
#include "learning/model/rows.h"

namespace stardose::learning {

/// Against a row of means: what a feature adds is the mean, over all orders in which the row's values take the means'
/// places, of the change of the margin when its own does. Exact but for rounding: a kernel is a product with a factor
/// for each feature, and the mean over orders of products is an integral of a polynomial (Gauss's rule has no error).
class KernelShap {
 public:
  /// True where a machine is one: kernels that are products of features' factors, or sums.
  [[nodiscard]] static bool knows(const KernelModel& model) {
    return model.kernel == Kernel::rbf || model.kernel == Kernel::linear;
  }

  /// Requires: knows(model), fault_of(model, means.size()) found nothing.
  KernelShap(KernelModel model, std::vector<double> means);

  /// The margins of the means.
  [[nodiscard]] const std::vector<double>& expectations() const { return expectations_; }
  /// Writes, row after row, margin after margin, a contribution for each feature.
  void contributions(const Rows& rows, std::span<double> out) const;

 private:
  /// Writes the shares of a row's kernel about a vector.
  void shares_of(std::span<const double> row, std::size_t vector, std::span<double> out) const;

  KernelModel model_;
  std::vector<double> means_;
  std::vector<double> of_means_;  // by vector and feature: the factor of the mean
  std::vector<double> expectations_;
  Quadrature rule_;
};

}  // namespace stardose::learning
