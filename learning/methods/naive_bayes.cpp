// Logs of probabilities, added up.
#include "learning/methods/naive_bayes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace stardose::learning {

std::optional<std::string> fault_of(const NaiveBayes& model, std::size_t features) {
  const std::size_t classes = model.log_shares.size();
  if (classes < 2) return "fewer than two classes";
  if (model.first.size() != classes * features || model.second.size() != classes * features) {
    return std::to_string(model.first.size()) + " and " + std::to_string(model.second.size()) + " numbers for " +
           std::to_string(classes) + " classes of " + std::to_string(features) + " features";
  }
  for (const auto* numbers : {&model.log_shares, &model.first, &model.second}) {
    if (!std::ranges::all_of(*numbers, [](double x) { return std::isfinite(x); })) {
      return "a parameter that is not a finite number";
    }
  }
  if (model.law == FeatureLaw::gaussian) {
    if (!std::ranges::all_of(model.second, [](double x) { return x > 0; })) return "a variance that is not above 0";
    return std::nullopt;
  }
  for (const auto* logs : {&model.first, &model.second}) {
    if (!std::ranges::all_of(*logs, [](double x) { return x <= 0; })) return "the log of a probability above 1";
  }
  return std::nullopt;
}

std::size_t margin_count(const NaiveBayes& model) { return model.log_shares.size() == 2 ? 1 : model.log_shares.size(); }

double bayes_term(const NaiveBayes& model, std::size_t place, double value) {
  if (std::isnan(value)) return 0;
  if (model.law == FeatureLaw::bernoulli) return value > 0 ? model.first[place] : model.second[place];
  const double variance = model.second[place];
  const double off = value - model.first[place];
  return -(off * off / variance + std::log(2 * std::numbers::pi * variance)) / 2;
}

void bayes_margins(const NaiveBayes& model, const Rows& rows, std::span<double> margins) {
  const std::size_t classes = model.log_shares.size();
  const std::size_t outputs = margin_count(model);
  std::vector<double> sums(classes);
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const auto values = rows.row(row);
    for (std::size_t k = 0; k < classes; ++k) {
      sums[k] = model.log_shares[k];
      for (std::size_t i = 0; i < rows.width; ++i) sums[k] += bayes_term(model, k * rows.width + i, values[i]);
    }
    if (outputs == 1) {
      margins[row] = sums[1] - sums[0];
    } else {
      std::ranges::copy(sums, margins.begin() + static_cast<std::ptrdiff_t>(row * outputs));
    }
  }
}

}  // namespace stardose::learning
