// What a learner's file hands to the table: the learner's description, and how it learns.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "learning/train/learner.h"

namespace stardose::learning {

/// Settings of a spec, the usual ones where it has none.
class Settings {
 public:
  /// Requires: fault_of(spec) found nothing, and spec is of the learner.
  Settings(const Learner& learner, const LearnerSpec& spec);

  [[nodiscard]] double number(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;
  [[nodiscard]] bool yes(std::string_view name) const { return number(name) != 0; }
  [[nodiscard]] const std::string& word(std::string_view name) const;

 private:
  std::map<std::string, Setting, std::less<>> values_;
};

struct Task {
  const LearnerSpec& spec;
  Settings settings;
  TrainingData data;
  std::uint64_t seed = 0;

  [[nodiscard]] double weight(std::size_t row) const { return data.weights.empty() ? 1 : data.weights[row]; }
};

struct Entry {
  Learner about;
  Fitted (*learn)(const Task& task) = nullptr;
};

// One a file, which has its name.
[[nodiscard]] Entry least_squares_entry();
[[nodiscard]] Entry ridge_entry();
[[nodiscard]] Entry lasso_entry();
[[nodiscard]] Entry elastic_net_entry();
[[nodiscard]] Entry quantile_entry();
[[nodiscard]] Entry least_absolute_deviation_entry();
[[nodiscard]] Entry linear_svm_entry();
[[nodiscard]] Entry rbf_svm_entry();
[[nodiscard]] Entry gradient_boosting_entry();
[[nodiscard]] Entry average_entry();
[[nodiscard]] Entry logistic_entry();
[[nodiscard]] Entry kernel_ridge_entry();
[[nodiscard]] Entry decision_tree_entry();
[[nodiscard]] Entry random_forest_entry();
[[nodiscard]] Entry nearest_neighbours_entry();
[[nodiscard]] Entry naive_bayes_entry();
[[nodiscard]] Entry perceptron_entry();

/// Returns what is said of each feature. A name that no feature goes by says nothing: steps may have left it out.
[[nodiscard]] std::vector<ColumnPrior> column_priors(const Task& task);

/// Returns what the penalty on each slope is multiplied by.
[[nodiscard]] Eigen::VectorXd penalty_factors(const Task& task);

/// Returns what is wrong with what a spec says of columns, whatever features there are.
[[nodiscard]] std::optional<std::string> priors_fault(const Learner& learner, const LearnerSpec& spec);

/// Adds those that all machines with kernels have.
void add_kernel_settings(std::vector<SettingKind>& settings);

}  // namespace stardose::learning
