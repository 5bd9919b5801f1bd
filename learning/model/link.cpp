// The link functions, in both precisions.
#include "learning/model/link.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "genomics/expect.h"
#include "learning/model/enum_names.h"

namespace stardose::learning {

namespace {

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// XGBoost 1.7's arithmetic: the exponent is held below 88.7, and 1e-16 is added, which float32 only sees next to 0.
float logistic(float x) {
  const float denominator = std::exp(std::min(-x, 88.7F)) + 1.0F + 1e-16F;
  return 1.0F / denominator;
}

template <class Number>
void softmax(std::span<const double> margins, std::span<double> predictions) {
  const auto largest = static_cast<Number>(*std::ranges::max_element(margins));
  double sum = 0;
  for (std::size_t k = 0; k < margins.size(); ++k) {
    const Number share = std::exp(static_cast<Number>(margins[k]) - largest);
    predictions[k] = static_cast<double>(share);
    sum += static_cast<double>(share);
  }
  for (double& share : predictions) {
    share = static_cast<double>(static_cast<Number>(share) / static_cast<Number>(sum));
  }
}

// As many classes as have so many pairs.
std::size_t classes_of_pairs(std::size_t pairs) {
  std::size_t classes = 2;
  while (classes * (classes - 1) / 2 < pairs) ++classes;
  return classes;
}

double most_votes(std::span<const double> margins) {
  const std::size_t classes = classes_of_pairs(margins.size());
  std::vector<int> votes(classes);
  std::size_t pair = 0;
  for (std::size_t a = 0; a < classes; ++a) {
    for (std::size_t b = a + 1; b < classes; ++b) ++votes[margins[pair++] > 0 ? a : b];
  }
  return static_cast<double>(std::ranges::max_element(votes) - votes.begin());
}

double of_one(const Link& link, Precision precision, double x) {
  switch (link.function) {
    case LinkFunction::logistic:
    case LinkFunction::normalized_logistic:
      return precision == Precision::float32 ? static_cast<double>(logistic(static_cast<float>(link.scale * x)))
                                             : logistic(link.scale * x);
    case LinkFunction::exponential:
      return precision == Precision::float32 ? static_cast<double>(std::exp(static_cast<float>(x))) : std::exp(x);
    case LinkFunction::softplus: return std::log1p(std::exp(x));
    case LinkFunction::signed_square: return x * std::abs(x);
    case LinkFunction::signed_power: return std::copysign(std::pow(std::abs(x), link.scale), x);
    case LinkFunction::step: return x > 0 ? 1 : 0;
    case LinkFunction::nonnegative: return x >= 0 ? 1 : 0;
    default: return x;
  }
}

}  // namespace

std::string_view to_string(LinkFunction function) { return link_names.at(static_cast<std::size_t>(function)); }

bool names_a_class(const Link& link) {
  return link.function == LinkFunction::largest || link.function == LinkFunction::pairwise_votes ||
         link.function == LinkFunction::step || link.function == LinkFunction::nonnegative;
}

std::size_t prediction_count(const Link& link, std::size_t margins) {
  return link.function == LinkFunction::largest || link.function == LinkFunction::pairwise_votes ? 1 : margins;
}

void apply_link(const Link& link, Precision precision, std::span<const double> margins, std::span<double> predictions) {
  STARDOSE_EXPECT(!margins.empty() && predictions.size() == prediction_count(link, margins.size()));
  if (std::ranges::any_of(margins, [](double x) { return std::isnan(x); })) {
    std::ranges::fill(predictions, std::nan(""));  // an unusable row has no class either
    return;
  }
  switch (link.function) {
    case LinkFunction::softmax:
      return precision == Precision::float32 ? softmax<float>(margins, predictions)
                                             : softmax<double>(margins, predictions);
    case LinkFunction::largest:
      predictions[0] = static_cast<double>(std::ranges::max_element(margins) - margins.begin());
      return;
    case LinkFunction::pairwise_votes: predictions[0] = most_votes(margins); return;
    default: break;
  }
  for (std::size_t k = 0; k < margins.size(); ++k) predictions[k] = of_one(link, precision, margins[k]);
  if (link.function == LinkFunction::normalized_logistic) {
    double sum = 0;
    for (const double share : predictions) sum += share;
    for (double& share : predictions) share /= sum;
  }
}

}  // namespace stardose::learning
