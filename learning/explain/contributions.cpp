// Explaining by whichever method the model has.
#include "learning/explain/contributions.h"

#include <algorithm>

#include "genomics/expect.h"

namespace stardose::learning {

namespace {

std::optional<std::string> why_not_method(const Method& method, const std::vector<Feature>& features) {
  if (const auto* trees = std::get_if<TreeEnsemble>(&method)) {
    if (!has_cover(*trees)) return "the model does not say how many rows of the training went each way at its splits";
    return std::nullopt;
  }
  if (const auto* blend = std::get_if<Blend>(&method)) {
    for (const BlendMember& member : blend->members) {
      if (member.link.function != LinkFunction::identity) {
        return "the model averages predictions, not margins: contributions do not add up to them";
      }
      if (auto why = why_not_method(member.method, features)) return why;
    }
    return std::nullopt;
  }
  if (std::holds_alternative<KernelModel>(method)) {
    return "a support vector machine with a kernel has no exact contributions";
  }
  for (const Feature& feature : features) {
    if (!feature.mean) return "the model does not say the mean of " + feature.name + " in its training data";
  }
  return std::nullopt;
}

std::vector<double> means_of(const std::vector<Feature>& features) {
  std::vector<double> means;
  for (const Feature& feature : features) means.push_back(feature.mean.value_or(0));
  return means;
}

}  // namespace

std::optional<std::string> Explainer::why_not(const Model& model) {
  return why_not_method(model.method, model.features);
}

Explainer::Explainer(const Model& model) : Explainer{model.method, means_of(model.features)} {
  STARDOSE_EXPECT(!why_not(model));
}

Explainer::Explainer(const Method& method, const std::vector<double>& means)
    : features_{means.size()}, method_{LinearTerms{}} {
  if (const auto* trees = std::get_if<TreeEnsemble>(&method)) {
    method_ = TreeShap{*trees, features_};
    expectations_ = std::get<TreeShap>(method_).expectations();
  } else if (const auto* linear = std::get_if<LinearModel>(&method)) {
    expectations_.resize(linear->intercepts.size());
    linear_margins(*linear, Rows{means, features_}, expectations_);
    method_ = LinearTerms{linear->weights, means};
  } else if (const auto* blend = std::get_if<Blend>(&method)) {
    expectations_.resize(margin_count(method));
    std::vector<Member> members;
    for (const BlendMember& member : blend->members) {
      members.push_back({Explainer{member.method, means}, member.weight});
      const auto& expected = members.back().explainer.expectations();
      for (std::size_t k = 0; k < expected.size(); ++k) expectations_[k] += member.weight * expected[k];
    }
    method_ = std::move(members);
  }
}

void Explainer::contributions(const Rows& rows, std::span<double> out) const {
  const std::size_t outputs = expectations_.size();
  STARDOSE_EXPECT(rows.width == features_ && out.size() == rows.count() * outputs * features_);
  if (const auto* shap = std::get_if<TreeShap>(&method_)) {
    shap->contributions(rows, out);
    return;
  }
  if (const auto* members = std::get_if<std::vector<Member>>(&method_)) {
    std::ranges::fill(out, 0.0);
    std::vector<double> part(out.size());
    for (const Member& member : *members) {
      member.explainer.contributions(rows, part);
      for (std::size_t k = 0; k < out.size(); ++k) out[k] += member.weight * part[k];
    }
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
