// With factors b of the means and a of the row, the weights of the orders make of a feature's share
//   (a_i - b_i) times the integral over t from 0 to 1 of the product over other features k of b_k + t (a_k - b_k).
#include "learning/explain/kernel_shap.h"

#include <algorithm>
#include <cmath>

#include "learning/linear/kernel_scorer.h"

namespace stardose::learning {

namespace {

double factor(double gamma, double x, double of_vector) { return std::exp(-gamma * (x - of_vector) * (x - of_vector)); }

/// Of n factors a polynomial of degree n - 1 is left.
int points_for(std::size_t features) { return static_cast<int>(std::max<std::size_t>(1, (features + 1) / 2)); }

}  // namespace

KernelShap::KernelShap(KernelModel model, std::vector<double> means)
    : model_{std::move(model)},
      means_{std::move(means)},
      expectations_(model_.offsets.size()),
      rule_{gauss_legendre(points_for(means_.size()))} {
  KernelScorer{model_}.margins({means_, means_.size()}, expectations_);
  if (model_.kernel != Kernel::rbf) return;
  for (std::size_t at = 0; at < model_.vectors.size(); ++at) {
    of_means_.push_back(factor(model_.gamma, means_[at % means_.size()], model_.vectors[at]));
  }
}

void KernelShap::contributions(const Rows& rows, std::span<double> out) const {
  const std::size_t features = means_.size();
  const std::size_t outputs = model_.offsets.size();
  const std::size_t vectors = model_.coefficients.size() / outputs;
  std::vector<double> shares(features);
  std::ranges::fill(out, 0.0);
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const auto values = rows.row(row);
    for (std::size_t j = 0; j < vectors; ++j) {
      if (model_.kernel == Kernel::rbf) {
        shares_of(values, j, shares);
      } else {
        for (std::size_t i = 0; i < features; ++i) {
          shares[i] = model_.vectors[j * features + i] * (values[i] - means_[i]);
        }
      }
      for (std::size_t k = 0; k < outputs; ++k) {
        const double coefficient = model_.coefficients[k * vectors + j];
        double* to = out.data() + (row * outputs + k) * features;
        for (std::size_t i = 0; i < features; ++i) to[i] += coefficient * shares[i];
      }
    }
  }
}

void KernelShap::shares_of(std::span<const double> row, std::size_t vector, std::span<double> out) const {
  const std::size_t features = row.size();
  const double* b = of_means_.data() + vector * features;
  std::vector<double> rise(features);
  std::vector<double> before(features + 1, 1.0);  // products of the factors in front
  for (std::size_t i = 0; i < features; ++i) {
    rise[i] = factor(model_.gamma, row[i], model_.vectors[vector * features + i]) - b[i];
  }
  std::ranges::fill(out, 0.0);
  for (std::size_t point = 0; point < rule_.points.size(); ++point) {
    const double t = rule_.points[point];
    for (std::size_t i = 0; i < features; ++i) before[i + 1] = before[i] * (b[i] + t * rise[i]);
    double behind = rule_.weights[point];
    for (std::size_t i = features; i-- > 0;) {
      out[i] += before[i] * behind;
      behind *= b[i] + t * rise[i];
    }
  }
  for (std::size_t i = 0; i < features; ++i) out[i] *= rise[i];
}

}  // namespace stardose::learning
