// Explaining by whichever method the model has.
#include "learning/explain/contributions.h"

#include <algorithm>

#include "genomics/expect.h"

namespace stardose::learning {

std::optional<std::string> Explainer::why_not(const Model& model) {
  if (const auto* trees = std::get_if<TreeEnsemble>(&model.method)) {
    if (!has_cover(*trees)) return "the model does not say how many rows of the training went each way at its splits";
    return std::nullopt;
  }
  if (std::holds_alternative<KernelModel>(model.method)) {
    return "a support vector machine with a kernel has no exact contributions";
  }
  for (const Feature& feature : model.features) {
    if (!feature.mean) return "the model does not say the mean of " + feature.name + " in its training data";
  }
  return std::nullopt;
}

Explainer::Explainer(const Model& model) : features_{model.features.size()}, method_{LinearTerms{}} {
  STARDOSE_EXPECT(!why_not(model));
  if (const auto* trees = std::get_if<TreeEnsemble>(&model.method)) {
    method_ = TreeShap{*trees, features_};
    expectations_ = std::get<TreeShap>(method_).expectations();
    return;
  }
  const auto& linear = std::get<LinearModel>(model.method);
  LinearTerms terms{linear.weights, {}};
  for (const Feature& feature : model.features) terms.means.push_back(feature.mean.value_or(0));
  expectations_.resize(linear.intercepts.size());
  linear_margins(linear, Rows{terms.means, features_}, expectations_);
  method_ = std::move(terms);
}

void Explainer::contributions(const Rows& rows, std::span<double> out) const {
  const std::size_t outputs = expectations_.size();
  STARDOSE_EXPECT(rows.width == features_ && out.size() == rows.count() * outputs * features_);
  if (const auto* shap = std::get_if<TreeShap>(&method_)) {
    shap->contributions(rows, out);
    return;
  }
  const auto& terms = std::get<LinearTerms>(method_);
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const auto values = rows.row(row);
    for (std::size_t k = 0; k < outputs; ++k) {
      for (std::size_t i = 0; i < features_; ++i) {
        out[(row * outputs + k) * features_ + i] = terms.weights[k * features_ + i] * (values[i] - terms.means[i]);
      }
    }
  }
}

}  // namespace stardose::learning
