// Explaining by whichever method the model has.
#include "learning/explain/contributions.h"

#include <algorithm>
#include <cmath>

#include "genomics/expect.h"
#include "learning/model/method_scorer.h"

namespace stardose::learning {

namespace {

std::optional<std::string> why_not_method(const Method& method, const std::vector<Feature>& features);

struct WhyNot {
  const std::vector<Feature>& features;

  std::optional<std::string> operator()(const TreeEnsemble& trees) const {
    if (has_cover(trees)) return std::nullopt;
    return "the model does not say how many rows of the training went each way at its splits";
  }
  std::optional<std::string> operator()(const LinearModel&) const {
    for (const Feature& feature : features) {
      if (!feature.mean) return "the model does not say the mean of " + feature.name + " in its training data";
    }
    return std::nullopt;
  }
  std::optional<std::string> operator()(const KernelModel& kernel) const {
    if (!KernelShap::knows(kernel)) return "a support vector machine with such a kernel has no exact contributions";
    return (*this)(LinearModel{});
  }
  std::optional<std::string> operator()(const NaiveBayes&) const { return std::nullopt; }
  std::optional<std::string> operator()(const NearestNeighbours&) const {
    return "nearest neighbours have no exact contributions";
  }
  std::optional<std::string> operator()(const NeuralNetwork&) const {
    return "a neural network has no exact contributions";
  }
  std::optional<std::string> operator()(const Blend& blend) const {
    for (const BlendMember& member : blend.members) {
      if (member.link.function != LinkFunction::identity) {
        return "the model averages predictions, not margins: contributions do not add up to them";
      }
      if (auto why = why_not_method(member.method, features)) return why;
    }
    return std::nullopt;
  }
};

std::optional<std::string> why_not_method(const Method& method, const std::vector<Feature>& features) {
  return std::visit(WhyNot{features}, method);
}

/// What each feature adds to each class's sum on average over rows that are as the classes say.
std::vector<double> expected_terms(const NaiveBayes& model, std::size_t features) {
  const std::size_t classes = model.log_shares.size();
  std::vector<double> expected(classes * features);
  for (std::size_t at = 0; at < expected.size(); ++at) {
    double variance = 0;
    double first = 0;
    for (std::size_t of = 0; of < classes; ++of) {
      const double share = std::exp(model.log_shares[of]);
      const std::size_t other = of * features + at % features;
      first += share * std::exp(model.first[other]);
      const double off = model.first[other] - model.first[at];
      variance += share * (model.second[other] + off * off);
    }
    expected[at] = model.law == FeatureLaw::gaussian
                       ? bayes_term(model, at, model.first[at]) - variance / model.second[at] / 2
                       : first * model.first[at] + (1 - first) * model.second[at];
  }
  return expected;
}

std::vector<double> means_of(const std::vector<Feature>& features) {
  std::vector<double> means;
  means.reserve(features.size());
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
  const auto ready = [&](const auto& held) {
    if constexpr (requires { make_ready(held, means); }) make_ready(held, means);
  };
  std::visit(ready, method);
}

void Explainer::make_ready(const TreeEnsemble& trees, const std::vector<double>& means) {
  method_ = TreeShap{trees, means.size()};
  expectations_ = std::get<TreeShap>(method_).expectations();
}

void Explainer::make_ready(const LinearModel& linear, const std::vector<double>& means) {
  expectations_.resize(linear.intercepts.size());
  linear_margins(linear, Rows{means, features_}, expectations_);
  method_ = LinearTerms{linear.weights, means};
}

void Explainer::make_ready(const KernelModel& kernel, const std::vector<double>& means) {
  method_ = KernelShap{kernel, means};
  expectations_ = std::get<KernelShap>(method_).expectations();
}

void Explainer::make_ready(const NaiveBayes& bayes, const std::vector<double>& means) {
  method_ = BayesTerms{bayes, expected_terms(bayes, means.size())};
  const auto& expected = std::get<BayesTerms>(method_).expected;
  expectations_ = bayes.log_shares;
  for (std::size_t at = 0; at < expected.size(); ++at) expectations_[at / features_] += expected[at];
  if (margin_count(bayes) == 1) expectations_ = {expectations_[1] - expectations_[0]};
}

void Explainer::make_ready(const Blend& blend, const std::vector<double>& means) {
  expectations_.resize(margin_count(Method{blend}));
  std::vector<Member> members;
  for (const BlendMember& member : blend.members) {
    std::vector<double> seen;
    for (const std::uint32_t feature : member.features) seen.push_back(means[feature]);
    members.push_back(
        {Explainer{member.method, member.features.empty() ? means : seen}, member.weight, member.features});
    const auto& expected = members.back().explainer.expectations();
    for (std::size_t k = 0; k < expected.size(); ++k) expectations_[k] += member.weight * expected[k];
  }
  method_ = std::move(members);
}

void Explainer::Member::add_to(const Rows& rows, std::size_t outputs, std::span<double> out) const {
  std::vector<double> seen;
  if (!features.empty()) seen = features_of(rows, features);
  const Rows own = features.empty() ? rows : Rows{seen, features.size()};
  std::vector<double> part(rows.count() * outputs * own.width);
  explainer.contributions(own, part);
  for (std::size_t k = 0; k < rows.count() * outputs; ++k) {
    for (std::size_t i = 0; i < own.width; ++i) {
      const std::size_t feature = features.empty() ? i : features[i];
      out[k * rows.width + feature] += weight * part[k * own.width + i];
    }
  }
}

void Explainer::contributions(const Rows& rows, std::span<double> out) const {
  STARDOSE_EXPECT(rows.width == features_ && out.size() == rows.count() * expectations_.size() * features_);
  struct Write {
    const Rows& rows;
    std::size_t margins;
    std::span<double> out;

    void operator()(const TreeShap& shap) const { shap.contributions(rows, out); }
    void operator()(const KernelShap& shap) const { shap.contributions(rows, out); }
    void operator()(const std::vector<Member>& members) const {
      std::ranges::fill(out, 0.0);
      for (const Member& member : members) {
        member.add_to(rows, margins, out);
      }
    }
    void operator()(const LinearTerms& terms) const {
      const std::size_t each = terms.weights.size();
      for (std::size_t at = 0; at < out.size(); ++at) {
        const std::size_t i = at % rows.width;
        out[at] = terms.weights[at % each] * (rows.row(at / each)[i] - terms.means[i]);
      }
    }
    void operator()(const BayesTerms& terms) const {
      const std::size_t outputs = margin_count(terms.model);
      const auto term = [&](std::size_t place, double value) {
        return bayes_term(terms.model, place, value) - terms.expected[place];
      };
      for (std::size_t at = 0; at < out.size(); ++at) {
        const std::size_t i = at % rows.width;
        const double value = rows.row(at / (outputs * rows.width))[i];
        out[at] =
            outputs == 1 ? term(rows.width + i, value) - term(i, value) : term(at % (outputs * rows.width), value);
      }
    }
  };
  std::visit(Write{rows, expectations_.size(), out}, method_);
}

}  // namespace stardose::learning
