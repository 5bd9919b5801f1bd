// Kernels, in the order of sums that libsvm has, so that its results come out to the last digits.
#include "learning/linear/kernel_model.h"

#include <algorithm>
#include <cmath>

namespace stardose::learning {

namespace {

double product(std::span<const double> u, std::span<const double> v) {
  double sum = 0;
  for (std::size_t i = 0; i < u.size(); ++i) sum += u[i] * v[i];
  return sum;
}

double square_distance(std::span<const double> u, std::span<const double> v) {
  double sum = 0;
  for (std::size_t i = 0; i < u.size(); ++i) sum += (u[i] - v[i]) * (u[i] - v[i]);
  return sum;
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

double kernel_of(const KernelModel& model, std::span<const double> u, std::span<const double> v) {
  switch (model.kernel) {
    case Kernel::linear: return product(u, v);
    case Kernel::polynomial: return power(model.gamma * product(u, v) + model.coef0, model.degree);
    case Kernel::rbf: return std::exp(-model.gamma * square_distance(u, v));
    case Kernel::sigmoid: return std::tanh(model.gamma * product(u, v) + model.coef0);
  }
  return std::nan("");
}

}  // namespace

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
  return std::nullopt;
}

void kernel_margins(const KernelModel& model, const Rows& rows, std::span<double> margins) {
  const std::size_t outputs = model.offsets.size();
  const std::size_t vectors = model.vectors.size() / rows.width;
  std::vector<double> kernels(vectors);
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const Rows support{model.vectors, rows.width};
    for (std::size_t j = 0; j < vectors; ++j) kernels[j] = kernel_of(model, rows.row(row), support.row(j));
    for (std::size_t k = 0; k < outputs; ++k) {
      const double* coefficients = model.coefficients.data() + k * vectors;
      double sum = 0;
      for (std::size_t j = 0; j < vectors; ++j) sum += coefficients[j] * kernels[j];
      margins[row * outputs + k] = sum - model.offsets[k];
    }
  }
}

}  // namespace stardose::learning
