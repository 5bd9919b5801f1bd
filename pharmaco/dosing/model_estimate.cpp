// Predictions in the words of doses.
#include "pharmaco/dosing/model_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "pharmaco/dosing/dose_model.h"

namespace stardose::pharmaco {

namespace {

using learning::FlagKind;
using learning::Prediction;

std::optional<DoseInterval> interval_by_model(const DosingAlgorithm& algorithm, const Prediction& prediction) {
  if (!prediction.interval) return std::nullopt;
  const learning::PredictionInterval& found = *prediction.interval;
  if (!std::isfinite(found.low) || !std::isfinite(found.high)) return std::nullopt;
  const ReadyDoseModel& ready = algorithm.model->ready();
  const auto patients = ready.patients.find(found.group);
  const auto covered = ready.covered.find(found.group);
  const DoseInput* by = algorithm.find_input(ready.performance.by);
  return DoseInterval{
      .low = std::max(found.low, 0.0),
      .high = found.high,
      .level = found.level,
      .patients = patients == ready.patients.end() ? 0 : patients->second,
      .by = by == nullptr ? std::string{} : by->title,
      .group = found.group,
      .at_other_sites = covered == ready.covered.end() ? std::nullopt : std::optional{covered->second},
      .source =
          "how far the patients of the model's training data were from what models predicted that had not seen "
          "them"};
}

/// What people call an input of the model's: the title of what the algorithm asks for, or the gene.
std::string title_of(const DosingAlgorithm& algorithm, const std::string& input) {
  const DoseInput* asked = algorithm.find_input(input);
  return asked == nullptr ? input : asked->title;
}

ModelShares shares_by_model(const DosingAlgorithm& algorithm, const Prediction& prediction) {
  ModelShares shares{.scale = algorithm.model->ready().scale, .expectation = prediction.expectation, .list = {}};
  shares.sum = prediction.margins.front();
  for (const auto& [input, value] : prediction.contributions) {
    shares.list.push_back({title_of(algorithm, input), value});
  }
  std::ranges::stable_sort(shares.list, std::greater{}, [](const auto& share) { return std::abs(share.value); });
  return shares;
}

}  // namespace

void estimate_by_model(const DosingAlgorithm& algorithm, const InputValues& values, DoseEstimate& estimate) {
  const Prediction prediction = predict(*algorithm.model, values, true);
  for (const auto& flag : prediction.flags) {
    // What is missing is said of inputs; a column more or less that is made of them says nothing new.
    if (flag.kind != FlagKind::filled) estimate.flags.push_back(flag.text);
  }
  estimate.reasons.insert(estimate.reasons.end(), prediction.refused.begin(), prediction.refused.end());
  if (!prediction.refused.empty()) return;
  estimate.value = prediction.values.front();
  estimate.interval = interval_by_model(algorithm, prediction);
  if (!prediction.contributions.empty()) estimate.shares = shares_by_model(algorithm, prediction);
}

double dose_by_model(const DosingAlgorithm& algorithm, const InputValues& values) {
  const Prediction prediction = predict(*algorithm.model, values, false);
  return prediction.refused.empty() ? prediction.values.front() : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace stardose::pharmaco
