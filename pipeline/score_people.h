// A model's predictions for a cohort, on many threads, into files.
#pragma once

#include <cstdio>
#include <set>
#include <stop_token>
#include <string>

#include "learning/frame/frame.h"
#include "learning/predict/predictor.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

struct PredictionsSummary {
  std::size_t people = 0;
  std::size_t refused = 0;
  bool stopped = false;
};

/// Writes predictions.tsv, predictions.json and, with contributions, contributions.tsv into `folder`; an empty folder:
/// the table to `out`. That one of the `unsaid` columns is missing is no flag. Throws InputError (mismatch): the
/// people's columns cannot be read as the model's; (output).
[[nodiscard]] PredictionsSummary score_people(const learning::Predictor& predictor, const learning::Frame& people,
                                              const std::set<std::string>& unsaid, const std::string& folder,
                                              std::FILE* out, const Limits& limits, const std::stop_token& stop);

}  // namespace stardose::pipeline
