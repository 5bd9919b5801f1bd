// Predictions of people by models that never saw them.
//
// Whatever is learned for a held-out fold - steps, settings, the method - is learned from the other folds alone;
// settings are chosen in inner folds of these. So a change of a held-out row changes nothing but its own prediction.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "learning/evaluate/contender.h"
#include "learning/evaluate/dataset.h"
#include "learning/evaluate/folds.h"
#include "learning/evaluate/objective.h"
#include "learning/prepare/fit_steps.h"

namespace stardose::learning {

struct SearchPlan {
  FoldPlan inner;
  Objective objective = Objective::mean_absolute_error;
  /// Which contenders, by place, may be blended: of several blends the one that is best in inner folds is taken, of
  /// equals the first. None: all contenders.
  std::vector<std::vector<std::size_t>> blends;
};

/// What learning has at hand beside the data.
struct Bench {
  FitFunction fit;
  std::uint64_t seed = 1;
  std::function<void()> fitted;  ///< hears of each method that was fitted, from many threads at once; may be empty
};

/// What was chosen of a contender that is in the blend.
struct Choice {
  std::size_t contender = 0;
  std::size_t candidate = 0;

  bool operator==(const Choice&) const = default;
};

/// A contender that has learned.
struct FittedContender {
  Choice chosen;
  Prepared prepared;
  Fitted fitted;
};

/// Returns what is wrong with contenders for the data, and with which: none, a step's or a learner's fault, a learner
/// that does not learn such targets, a feature that is missing and not filled, a blend of nothing, an objective that
/// does not fit, rows that the plan cannot divide.
[[nodiscard]] std::optional<std::string> fault_of(const std::vector<Contender>& contenders, const SearchPlan& search,
                                                  const Dataset& data);

/// Chooses and learns from all rows; returns those in the blend that was chosen, in their order. Requires:
/// fault_of(contenders, search, data) and fault_of(data) found nothing.
[[nodiscard]] std::vector<FittedContender> learn(const std::vector<Contender>& contenders, const SearchPlan& search,
                                                 const Dataset& data, const Bench& bench);

/// Returns predictions on the learned scale, of classes probabilities: predictions_of(classes) a row, contenders
/// averaged by weight.
[[nodiscard]] std::vector<double> predict(const std::vector<Contender>& contenders,
                                          const std::vector<FittedContender>& fitted, const Frame& people,
                                          std::size_t classes);

struct OutOfFold {
  Folds folds;
  std::vector<double> predictions;          ///< as predict() has them, each by the fold that it was held out in
  std::vector<std::vector<Choice>> chosen;  ///< of each fold, of each contender in the blend
};

/// Returns why the data cannot be divided, also in inner folds, or nothing.
[[nodiscard]] std::optional<std::string> fault_of(const FoldPlan& outer, const std::vector<Contender>& contenders,
                                                  const SearchPlan& search, const Dataset& data);

/// Works out each row's prediction by a model of the other folds; folds and candidates in parallel, the result the same
/// for any number of threads. Requires: both fault_of() found nothing.
[[nodiscard]] OutOfFold cross_validate(const FoldPlan& outer, const std::vector<Contender>& contenders,
                                       const SearchPlan& search, const Dataset& data, const Bench& bench);

/// Returns how often at most a method is fitted to learn() from the data, and for each fold of a cross-validation: what
/// Bench::fitted hears.
[[nodiscard]] std::size_t fits_needed(const std::vector<Contender>& contenders, const SearchPlan& search,
                                      const Dataset& data);

/// Returns how many folds a plan divides the data in.
[[nodiscard]] std::size_t fold_count(const FoldPlan& plan, const Dataset& data);

/// Returns predictions in the target's unit, of classes the probabilities.
[[nodiscard]] std::vector<double> in_own_unit(const std::vector<double>& predictions, const Dataset& data);

}  // namespace stardose::learning
