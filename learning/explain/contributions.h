// Why a prediction is what it is: what each feature adds to the margin.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "learning/explain/kernel_shap.h"
#include "learning/explain/tree_shap.h"
#include "learning/model/model.h"
#include "learning/model/rows.h"

namespace stardose::learning {

/// Shapley values on the scale of the margins. A row's margin k is the sum of its features' contributions to k and of
/// the expectation of k, to within 1e-10 of their size.
///
/// What a feature is measured against: in a linear model and in sums of kernels its mean in the training data; in naive
/// Bayes what it adds on average, by the model's own classes; in trees the training rows that came down each branch
/// ("path-dependent"), as XGBoost's pred_contribs and LightGBM's pred_contrib have it. A blend has the weighted sum of
/// its members' contributions, if their links are the identity. Kernels that are no products over features, neighbours
/// and networks have none.
class Explainer {
 public:
  /// Requires: fault_of(model) found nothing and why_not(model) is empty.
  explicit Explainer(const Model& model);

  /// Returns why the model's predictions cannot be explained (`the file does not say how many rows ...`), or nothing.
  [[nodiscard]] static std::optional<std::string> why_not(const Model& model);

  [[nodiscard]] std::size_t features() const { return features_; }
  /// Margin k where nothing is known of a row.
  [[nodiscard]] const std::vector<double>& expectations() const { return expectations_; }
  /// Writes, row after row, margin after margin, a contribution for each feature. A missing value has one too in trees
  /// and naive Bayes; elsewhere it makes the row's contributions NaN. Safe to use on many threads.
  void contributions(const Rows& rows, std::span<double> out) const;

 private:
  struct LinearTerms {
    std::vector<double> weights;
    std::vector<double> means;
  };
  struct BayesTerms {
    NaiveBayes model;
    std::vector<double> expected;  ///< by class and feature
  };
  struct Member;

  Explainer(const Method& method, const std::vector<double>& means);

  void make_ready(const TreeEnsemble& trees, const std::vector<double>& means);
  void make_ready(const LinearModel& linear, const std::vector<double>& means);
  void make_ready(const KernelModel& kernel, const std::vector<double>& means);
  void make_ready(const NaiveBayes& bayes, const std::vector<double>& means);
  void make_ready(const Blend& blend, const std::vector<double>& means);

  std::size_t features_ = 0;
  std::vector<double> expectations_;
  std::variant<TreeShap, LinearTerms, KernelShap, BayesTerms, std::vector<Member>> method_;
};

struct Explainer::Member {
  Explainer explainer;
  double weight = 1;
  std::vector<std::uint32_t> features;  ///< which it sees; none: all

  void add_to(const Rows& rows, std::size_t outputs, std::span<double> out) const;
};

}  // namespace stardose::learning
