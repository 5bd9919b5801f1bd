// Checking a machine.
#include "learning/linear/kernel_model.h"

#include <algorithm>
#include <cmath>

namespace stardose::learning {

std::optional<std::string> fault_of(const KernelModel& model, std::size_t features) {
  if (model.offsets.empty()) return "no outputs";
  const std::size_t vectors = features == 0 ? 0 : model.vectors.size() / features;
  if (features == 0 || model.vectors.size() != vectors * features ||
      model.coefficients.size() != vectors * model.offsets.size()) {
    return "support vectors and coefficients of different numbers";
  }
  if (model.degree < 0) return "a negative degree";
  for (const auto* numbers : {&model.vectors, &model.coefficients, &model.offsets}) {
    if (!std::ranges::all_of(*numbers, [](double x) { return std::isfinite(x); })) {
      return "a coefficient that is not a finite number";
    }
  }
  if (!std::isfinite(model.gamma) || !std::isfinite(model.coef0)) return "a kernel parameter that is not finite";
  if (model.kernel == Kernel::rbf && model.gamma < 0) return "a gamma below 0";
  return std::nullopt;
}

}  // namespace stardose::learning
