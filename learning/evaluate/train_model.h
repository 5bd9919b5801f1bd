// From people whose outcome is known to a model with intervals and a card.
#pragma once

#include <string>
#include <vector>

#include "learning/evaluate/cross_validate.h"
#include "learning/intervals/intervals.h"
#include "learning/model/model.h"

namespace stardose::learning {

/// A way of dividing people that is reported; the first one's predictions make the intervals.
struct FoldScheme {
  std::string name;  ///< `5-fold`
  FoldPlan plan;
};

/// Ranges of the outcome that are reported as groups of their own: `low` up to the first end, and so on.
struct OutcomeRange {
  std::string name;
  double below = 0;  ///< where it ends, in the target's unit; the last one's is infinite
};

struct TrainingPlan {
  Target target;
  std::vector<Contender> contenders;
  SearchPlan search;
  std::vector<FoldScheme> schemes;
  std::optional<IntervalPlan> intervals;  ///< of a quantity
  std::vector<OutcomeRange> ranges;
  std::vector<ModelColumn> rules;  ///< of columns that have some: required, least, greatest
};

/// What is known of people beside what features are made of, row by row as theirs: sites, ancestry.
struct People {
  Dataset data;
  Frame groups;  ///< categories that figures and intervals are by; one may also be a column of data
};

/// How one scheme went.
struct Validation {
  OutOfFold out;
  std::vector<double> predicted;          ///< in the target's unit, or probabilities
  std::vector<MarginInterval> intervals;  ///< in the target's unit, each from other folds; none without a plan
  CardValidation card;
};

/// Returns what is wrong with the plan for these people, or nothing.
[[nodiscard]] std::optional<std::string> fault_of(const TrainingPlan& plan, const People& people);

/// Cross-validates by a scheme and works out figures: of all, by each category of groups, by range of the outcome.
/// Requires: fault_of(plan, people) found nothing.
[[nodiscard]] Validation validate(const TrainingPlan& plan, const FoldScheme& scheme, const People& people,
                                  const Bench& bench);

/// Learns from everybody. `validations` are of the plan's schemes. The model has no card's text, source or data's sum.
/// Requires: fault_of(plan, people) found nothing.
[[nodiscard]] Model train_model(const TrainingPlan& plan, const People& people,
                                const std::vector<Validation>& validations, const Bench& bench);

}  // namespace stardose::learning
