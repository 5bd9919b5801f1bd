// Weighted sums.
#include "learning/linear/linear_model.h"

#include <algorithm>
#include <cmath>

namespace stardose::learning {

std::optional<std::string> fault_of(const LinearModel& model, std::size_t features) {
  if (model.intercepts.empty()) return "no outputs";
  if (model.weights.size() != model.intercepts.size() * features) {
    return std::to_string(model.weights.size()) + " weights for " + std::to_string(model.intercepts.size()) +
           " outputs of " + std::to_string(features) + " features";
  }
  for (const auto* numbers : {&model.weights, &model.intercepts}) {
    if (!std::ranges::all_of(*numbers, [](double x) { return std::isfinite(x); })) {
      return "a weight that is not a finite number";
    }
  }
  return std::nullopt;
}

void linear_margins(const LinearModel& model, const Rows& rows, std::span<double> margins) {
  const std::size_t outputs = model.intercepts.size();
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const std::span<const double> values = rows.row(row);
    for (std::size_t k = 0; k < outputs; ++k) {
      const double* weights = model.weights.data() + k * rows.width;
      double sum = model.intercepts[k];
      for (std::size_t i = 0; i < rows.width; ++i) sum += weights[i] * values[i];
      margins[row * outputs + k] = sum;
    }
  }
}

}  // namespace stardose::learning
