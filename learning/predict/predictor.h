// A model applied to people: predictions, intervals, what was unusual about the person, and why the number is what it
// is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "learning/explain/contributions.h"
#include "learning/frame/frame.h"
#include "learning/model/model.h"
#include "learning/model/scorer.h"
#include "learning/predict/prediction.h"

namespace stardose::learning {

/// Fixed once built; safe to use on many threads. A person's prediction depends on nothing but the person.
class Predictor {
 public:
  /// Requires: fault_of(model) found nothing.
  explicit Predictor(Model model);

  [[nodiscard]] const Model& model() const { return model_; }
  /// Returns the columns that people are to have: those that the model says, or its features as numbers.
  [[nodiscard]] const std::vector<ModelColumn>& columns() const { return columns_; }
  /// Returns why there are no contributions, or nothing.
  [[nodiscard]] const std::optional<std::string>& why_no_contributions() const { return why_no_contributions_; }

  /// Returns why people cannot be predicted at all: a column of numbers in place of a category or the other way round,
  /// or in another unit. A column that is not there counts as missing in everybody; others are not looked at.
  [[nodiscard]] std::optional<std::string> fault_of_people(const Frame& people) const;

  /// Returns a prediction for each row. Levels go by their names, in whatever order the frame has them.
  /// Requires: fault_of(people) and fault_of_people(people) found nothing.
  [[nodiscard]] std::vector<Prediction> predict(const Frame& people, bool with_contributions = true) const;

 private:
  [[nodiscard]] RowTable features_of_people(const Frame& people) const;
  void add_interval(Prediction& prediction, const Frame& people, std::size_t row) const;
  void add_contributions(std::vector<Prediction>& predictions, const RowTable& rows) const;

  Model model_;
  std::vector<ModelColumn> columns_;
  std::vector<bool> used_;  ///< of each column, whether a feature depends on it
  Scorer scorer_;
  std::optional<std::string> why_no_contributions_;
  std::optional<Explainer> explainer_;
  std::vector<std::string> inputs_;                  ///< distinct, in the order of the columns
  std::vector<std::vector<std::size_t>> inputs_of_;  ///< of each feature, places in inputs_
};

}  // namespace stardose::learning
