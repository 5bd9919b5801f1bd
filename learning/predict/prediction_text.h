// Predictions as lines of tables and as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "learning/model/model.h"
#include "learning/predict/prediction.h"

namespace stardose::learning {

/// `sample`, `status` (`predicted` or `refused`), a column for each output (or `class`, its name), `low`, `high`,
/// `level`, `group`, `flags` and `refused`; sentences are separated by `; `, and what there is not is NA, of an
/// interval's open end `inf`.
[[nodiscard]] std::string predictions_header(const Model& model);
[[nodiscard]] std::string prediction_row(const Model& model, std::string_view sample, const Prediction& prediction);

/// `sample`, `input` and `contribution`, on the learned scale: an input a line, before them `(expectation)`, with which
/// they add up to the margin. A refused person has none, nor has anybody by a model that cannot be explained.
[[nodiscard]] std::string contributions_header();
[[nodiscard]] std::string contribution_rows(std::string_view sample, const Prediction& prediction);

/// An object for a person, without a line end.
[[nodiscard]] std::string prediction_json(const Model& model, std::string_view sample, const Prediction& prediction);
/// What the predictions are of: an object without a line end. `why_no_contributions` is empty where there are some.
[[nodiscard]] std::string model_summary_json(const Model& model, std::string_view why_no_contributions);

}  // namespace stardose::learning
