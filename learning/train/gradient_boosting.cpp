// Gradient boosting of trees by XGBoost, whose model is then read as an imported one is.
#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <stdexcept>

#include "learning/import/import_model.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

void check(int status) {
  if (status != 0) throw std::runtime_error{std::string{"XGBoost: "} + XGBGetLastError()};
}

struct FreeMatrix {
  void operator()(void* matrix) const { (void)XGDMatrixFree(matrix); }
};
struct FreeBooster {
  void operator()(void* booster) const { (void)XGBoosterFree(booster); }
};
using Matrix = std::unique_ptr<void, FreeMatrix>;
using Booster = std::unique_ptr<void, FreeBooster>;

/// Floats; what is larger than any counts as the largest.
std::vector<float> floats(std::span<const double> numbers) {
  constexpr auto largest = static_cast<double>(std::numeric_limits<float>::max());
  std::vector<float> result;
  result.reserve(numbers.size());
  for (const double x : numbers) result.push_back(static_cast<float>(std::clamp(x, -largest, largest)));
  return result;
}

Matrix matrix_of(const TrainingData& data) {
  const std::vector<float> values = floats(data.rows.values);
  DMatrixHandle handle = nullptr;
  check(XGDMatrixCreateFromMat_omp(values.data(), data.rows.count(), data.rows.width,
                                   std::numeric_limits<float>::quiet_NaN(), &handle, 1));
  Matrix matrix{handle};
  const std::vector<float> targets = floats(data.targets);
  check(XGDMatrixSetFloatInfo(handle, "label", targets.data(), targets.size()));
  if (!data.weights.empty()) {
    const double mean =
        std::accumulate(data.weights.begin(), data.weights.end(), 0.0) / static_cast<double>(data.weights.size());
    std::vector<float> weights;
    for (const double weight : data.weights) weights.push_back(static_cast<float>(weight / mean));
    check(XGDMatrixSetFloatInfo(handle, "weight", weights.data(), weights.size()));
  }
  return matrix;
}

double mean_of_targets(const Task& task) {
  double sum = 0;
  double weights = 0;
  for (std::size_t row = 0; row < task.data.targets.size(); ++row) {
    sum += task.weight(row) * task.data.targets[row];
    weights += task.weight(row);
  }
  return sum / weights;
}

double median_of_targets(const Task& task) {
  std::vector<std::pair<double, double>> targets;
  double half = 0;
  for (std::size_t row = 0; row < task.data.targets.size(); ++row) {
    targets.emplace_back(task.data.targets[row], task.weight(row));
    half += task.weight(row) / 2;
  }
  std::ranges::sort(targets);
  for (const auto& [target, weight] : targets) {
    half -= weight;
    if (half <= 0) return target;
  }
  return targets.back().first;
}

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// What is learned, and the constant that boosting starts from: what is best without trees.
Parameters objective_of(const Task& task) {
  if (task.data.classes > 2) {
    return {{"objective", "multi:softprob"}, {"num_class", std::to_string(task.data.classes)}};
  }
  if (task.data.classes == 2) {
    return {{"objective", "binary:logistic"}, {"base_score", fmt::format("{}", mean_of_targets(task))}};
  }
  if (task.settings.word("loss") == "squared") {
    return {{"objective", "reg:squarederror"}, {"base_score", fmt::format("{}", mean_of_targets(task))}};
  }
  const std::string median = fmt::format("{}", median_of_targets(task));
  if (task.settings.word("loss") == "absolute") return {{"objective", "reg:absoluteerror"}, {"base_score", median}};
  return {{"objective", "reg:pseudohubererror"},
          {"base_score", median},
          {"huber_slope", fmt::format("{}", task.settings.number("huber_slope"))}};
}

struct Named {
  const char* setting;
  const char* parameter;
};
constexpr std::array<Named, 9> named = {{{"learning_rate", "eta"},
                                         {"depth", "max_depth"},
                                         {"min_child_weight", "min_child_weight"},
                                         {"min_gain", "gamma"},
                                         {"row_share", "subsample"},
                                         {"column_share", "colsample_bytree"},
                                         {"l2", "lambda"},
                                         {"l1", "alpha"},
                                         {"bins", "max_bin"}}};

std::string monotone_constraints(const Task& task) {
  std::vector<std::string_view> signs;
  for (const ColumnPrior& prior : column_priors(task)) {
    signs.push_back(prior.direction == Direction::any ? "0" : prior.direction == Direction::rises ? "1" : "-1");
  }
  return fmt::format("({})", fmt::join(signs, ","));
}

Booster booster_of(const Task& task, const Matrix& matrix) {
  const DMatrixHandle data = matrix.get();
  BoosterHandle handle = nullptr;
  check(XGBoosterCreate(&data, 1, &handle));
  Booster booster{handle};
  // One thread: sums of floats are then in one order, and many fits run side by side.
  Parameters parameters = {
      {"verbosity", "0"}, {"nthread", "1"}, {"tree_method", "hist"}, {"seed", std::to_string(task.seed % 2147483647U)}};
  for (const Named& name : named) {
    parameters.emplace_back(name.parameter, fmt::format("{}", task.settings.number(name.setting)));
  }
  if (!task.spec.columns.empty()) parameters.emplace_back("monotone_constraints", monotone_constraints(task));
  for (const auto& [name, value] : objective_of(task)) parameters.emplace_back(name, value);
  for (const auto& [name, value] : parameters) check(XGBoosterSetParam(handle, name.c_str(), value.c_str()));
  for (std::size_t round = 0; round < task.settings.count("rounds"); ++round) {
    check(XGBoosterUpdateOneIter(handle, static_cast<int>(round), matrix.get()));
  }
  return booster;
}

Fitted learn(const Task& task) {
  const Matrix matrix = matrix_of(task.data);
  const Booster booster = booster_of(task, matrix);
  bst_ulong length = 0;
  const char* bytes = nullptr;
  check(XGBoosterSaveModelToBuffer(booster.get(), R"({"format":"ubj"})", &length, &bytes));
  Model model = import_model_from("XGBoost's model", std::string{bytes, length});
  return {std::move(model.method), model.link};
}

}  // namespace

Entry gradient_boosting_entry() {
  return {
      {.name = "gradient_boosting",
       .title = "Gradient boosting of trees (XGBoost)",
       .quantities = true,
       .classes = true,
       .takes_missing = true,
       .settings = {{"rounds", "trees that are added up (of each class)", 300.0, 1, 10000, true},
                    {"learning_rate", "share of each tree that counts", 0.05, 1e-4, 1},
                    {"depth", "levels of splits", 3.0, 1, 20, true},
                    {"min_child_weight", "least weight of a leaf", 5.0, 0, 1e6},
                    {"min_gain", "least gain of a split", 0.0, 0, 1e9},
                    {"row_share", "share of rows that each tree sees", 0.8, 0.01, 1},
                    {"column_share", "share of features that each tree sees", 0.8, 0.01, 1},
                    {"l2", "penalty on the squares of leaves", 1.0, 0, 1e9},
                    {"l1", "penalty on the absolute values of leaves", 0.0, 0, 1e9},
                    {"bins", "places that a feature may be split at", 256.0, 2, 65536, true},
                    {.name = "loss",
                     .meaning = "of a quantity",
                     .usual = "squared",
                     .words = {"squared", "absolute", "pseudo_huber"}},
                    {"huber_slope", "error from which pseudo_huber turns from squared to absolute", 1.0, 1e-6, 1e9}},
       .takes_directions = true},
      learn};
}

}  // namespace stardose::learning
