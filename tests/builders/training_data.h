// Made-up rows to learn from, and what a fitted method says of rows.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "learning/model/scorer.h"
#include "learning/train/learner.h"

namespace stardose::test {

struct MadeRows {
  std::vector<double> values;
  std::vector<double> targets;
  std::vector<double> weights;
  std::size_t width = 0;
  std::vector<learning::FeatureLabel> labels = {};

  [[nodiscard]] learning::Rows rows() const { return {values, width}; }
  [[nodiscard]] learning::TrainingData data(std::size_t classes = 0) const {
    return {rows(), targets, {}, classes, labels};
  }
  [[nodiscard]] learning::TrainingData weighted(std::size_t classes = 0) const {
    return {rows(), targets, weights, classes, labels};
  }
};

/// Numbers, counts of alleles and rare flags, as cohorts have them; a target that they explain in part, rounded, with a
/// few that lie far away. Weights are whole numbers. Feature k is `f` and k, of the input `i` and k.
inline MadeRows make_rows(unsigned seed, std::size_t count, std::size_t width) {
  std::mt19937 random{seed};
  const auto share = [&] { return static_cast<double>(random() % 10'000) / 10'000; };
  MadeRows made{.width = width};
  for (std::size_t k = 0; k < width; ++k) {
    made.labels.push_back({"f" + std::to_string(k), {"i" + std::to_string(k)}});
  }
  for (std::size_t row = 0; row < count; ++row) {
    double sum = 5;
    for (std::size_t j = 0; j < width; ++j) {
      double value = 3 * (share() + share() + share()) + 1;
      if (j % 3 == 1) value = static_cast<double>(share() < 0.4) + static_cast<double>(share() < 0.4);
      if (j % 3 == 2) value = static_cast<double>(share() < 0.1);
      made.values.push_back(value);
      sum += value * (j % 2 == 0 ? 0.2 : -0.5) / static_cast<double>(j + 1);
    }
    const double noise = (share() + share() - 1) * (share() < 0.05 ? 6 : 1);
    made.targets.push_back(static_cast<double>(static_cast<long>((sum + noise) * 10)) / 10);
    made.weights.push_back(static_cast<double>(random() % 3 + 1));
  }
  return made;
}

/// Each row as often as its weight says.
inline MadeRows repeated(const MadeRows& made) {
  MadeRows more{.width = made.width};
  for (std::size_t row = 0; row < made.targets.size(); ++row) {
    for (double k = 0; k < made.weights[row]; ++k) {
      const auto values = made.rows().row(row);
      more.values.insert(more.values.end(), values.begin(), values.end());
      more.targets.push_back(made.targets[row]);
    }
  }
  return more;
}

inline learning::Model model_of(const learning::Fitted& fitted, std::size_t width) {
  learning::Model model{.source = "made up", .link = fitted.link, .method = fitted.method};
  for (std::size_t k = 0; k < width; ++k) model.features.push_back({.name = "f" + std::to_string(k)});
  for (std::size_t k = 0; k < learning::margin_count(model); ++k) model.outputs.push_back("y" + std::to_string(k));
  return model;
}

inline std::vector<double> predictions(const learning::Fitted& fitted, const learning::Rows& rows) {
  const learning::Scorer scorer{model_of(fitted, rows.width)};
  std::vector<double> out(rows.count() * scorer.predictions());
  scorer.score(rows, out);
  return out;
}

/// Classes by the targets' place among all.
inline MadeRows with_classes(MadeRows made, std::size_t classes) {
  std::vector<double> sorted = made.targets;
  std::ranges::sort(sorted);
  for (double& target : made.targets) {
    const auto below = static_cast<std::size_t>(std::ranges::lower_bound(sorted, target) - sorted.begin());
    target = static_cast<double>(below * classes / sorted.size());
  }
  return made;
}

}  // namespace stardose::test
