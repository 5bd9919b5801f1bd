// Linear learners are held to the conditions of their optimum, which no other slopes meet.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "learning/train/learner.h"
#include "tests/builders/training_data.h"

using namespace stardose::learning;
using namespace stardose::test;

namespace {

LinearModel linear(const LearnerSpec& spec, const TrainingData& data) {
  return std::get<LinearModel>(fit(spec, data, 1).method);
}

std::vector<double> residuals(const LinearModel& model, const MadeRows& made) {
  std::vector<double> said(made.targets.size());
  linear_margins(model, made.rows(), said);
  for (std::size_t row = 0; row < said.size(); ++row) said[row] = made.targets[row] - said[row];
  return said;
}

/// Weighted mean of values times column j; of the column of ones where j is the width.
double mean_with(const MadeRows& made, const std::vector<double>& values, std::size_t j) {
  double sum = 0;
  double weights = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    const double weight = made.weights[row];
    sum += weight * values[row] * (j == made.width ? 1 : made.rows().row(row)[j]);
    weights += weight;
  }
  return sum / weights;
}

double mean_loss(const MadeRows& made, const LinearModel& model, double quantile) {
  double sum = 0;
  double weights = 0;
  const auto errors = residuals(model, made);
  for (std::size_t row = 0; row < errors.size(); ++row) {
    sum += made.weights[row] * (errors[row] > 0 ? quantile * errors[row] : (quantile - 1) * errors[row]);
    weights += made.weights[row];
  }
  return sum / weights;
}

}  // namespace

TEST_CASE("least squares: errors have nothing in common with any feature") {
  const MadeRows made = make_rows(1, 300, 8);
  const LinearModel model = linear({.name = "least_squares"}, made.weighted());
  const auto errors = residuals(model, made);
  for (std::size_t j = 0; j <= made.width; ++j) CHECK(std::abs(mean_with(made, errors, j)) < 1e-10);
}

TEST_CASE("ridge, lasso, elastic net: what errors have in common with a feature is its penalty's slope") {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    // With more features than rows too.
    const MadeRows made = seed % 2 == 0 ? make_rows(seed, 300, 8) : make_rows(seed, 30, 50);
    for (const double l1_ratio : {0.0, 0.3, 1.0}) {
      const double penalty = 0.02;
      LearnerSpec spec{.name = "elastic_net", .settings = {{"penalty", penalty}, {"l1_ratio", l1_ratio}}};
      if (l1_ratio == 0) spec = {.name = "ridge", .settings = {{"penalty", penalty}}};
      if (l1_ratio == 1) spec = {.name = "lasso", .settings = {{"penalty", penalty}}};
      spec.columns = {{"f1", {.penalty_factor = 0}}, {"i2", {.penalty_factor = 0.5}}, {"i3", {.penalty_factor = 3}}};
      const std::vector<double> factors = {1, 1e-6, 0.5, 3};
      const LinearModel model = linear(spec, made.weighted());
      const auto errors = residuals(model, made);
      CHECK(std::abs(mean_with(made, errors, made.width)) < 1e-9);
      std::size_t zeros = 0;
      for (std::size_t j = 0; j < made.width; ++j) {
        const double slope = model.weights[j];
        const double own = penalty * (j < factors.size() ? factors[j] : 1);
        const double common = mean_with(made, errors, j) - own * (1 - l1_ratio) * slope;
        if (slope == 0) {
          ++zeros;
          CHECK(std::abs(common) <= own * l1_ratio + 1e-9);
        } else {
          CHECK(std::abs(common - std::copysign(own * l1_ratio, slope)) < 1e-7);
        }
      }
      if (l1_ratio == 1) CHECK(zeros > 0);
    }
  }
}

TEST_CASE("more columns than have their products kept: the same lasso") {
  // 30 features beside 1,500 that say nothing: they change nothing but the way.
  const MadeRows made = make_rows(9, 60, 30);
  MadeRows wide{.targets = made.targets, .weights = made.weights, .width = 1531};
  for (std::size_t row = 0; row < made.targets.size(); ++row) {
    const auto values = made.rows().row(row);
    wide.values.insert(wide.values.end(), values.begin(), values.end());
    wide.values.resize((row + 1) * wide.width, 1.0);
  }
  const LearnerSpec spec{.name = "lasso", .settings = {{"penalty", 0.03}}};
  const LinearModel narrow = linear(spec, made.weighted());
  const LinearModel same = linear(spec, wide.weighted());
  for (std::size_t j = 0; j < made.width; ++j) CHECK(std::abs(narrow.weights[j] - same.weights[j]) < 1e-8);
  for (std::size_t j = made.width; j < wide.width; ++j) CHECK_EQ(same.weights[j], 0);
}

TEST_CASE(
    "quantiles: no nudge makes it better; where one plane is best it goes through as many rows as it has slopes") {
  int through_rows = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const MadeRows made = make_rows(seed, 200 + 50 * seed, 6);
    const double quantile = seed % 3 == 0 ? 0.5 : seed % 3 == 1 ? 0.1 : 0.85;
    LearnerSpec spec{.name = "quantile", .settings = {{"quantile", quantile}}};
    if (quantile == 0.5) spec = {.name = "least_absolute_deviation"};
    const LinearModel model = linear(spec, made.weighted());
    const auto errors = residuals(model, made);
    if (std::ranges::count_if(errors, [](double e) { return std::abs(e) < 1e-12; }) >= 7) ++through_rows;
    double below = 0;
    double at_most = 0;
    double weights = 0;
    for (std::size_t row = 0; row < errors.size(); ++row) {
      weights += made.weights[row];
      if (errors[row] < -1e-9) below += made.weights[row];
      if (errors[row] < 1e-9) at_most += made.weights[row];
    }
    CHECK(below <= quantile * weights);
    CHECK(at_most >= quantile * weights);
    // The loss is convex: a point that no small step along many directions improves.
    const double least = mean_loss(made, model, quantile);
    std::mt19937 random{seed};
    for (int nudge = 0; nudge < 300; ++nudge) {
      LinearModel other = model;
      for (double& weight : other.weights) weight += (static_cast<double>(random() % 2001) - 1000) * 1e-7;
      other.intercepts[0] += (static_cast<double>(random() % 2001) - 1000) * 1e-7;
      CHECK(mean_loss(made, other, quantile) >= least - 1e-13);
    }
  }
  CHECK(through_rows >= 9);
}

TEST_CASE("a quantile without features is the quantile, with weights as copies") {
  MadeRows made{
      .values = std::vector<double>(5, 1.0), .targets = {5, 1, 2, 9, 7}, .weights = {1, 1, 3, 1, 1}, .width = 1};
  CHECK(std::abs(linear({.name = "least_absolute_deviation"}, made.weighted()).intercepts[0] - 2) < 1e-12);
  CHECK(std::abs(linear({.name = "least_absolute_deviation"}, made.data()).intercepts[0] - 5) < 1e-12);
}

TEST_CASE("weights count as copies of rows") {
  const MadeRows made = make_rows(4, 120, 5);
  const MadeRows copies = repeated(made);
  for (const char* name : {"least_squares", "ridge", "lasso", "elastic_net", "least_absolute_deviation", "quantile"}) {
    CAPTURE(name);
    const LinearModel one = linear({.name = name}, made.weighted());
    const LinearModel other = linear({.name = name}, copies.data());
    for (std::size_t j = 0; j < made.width; ++j) CHECK(std::abs(one.weights[j] - other.weights[j]) < 1e-7);
  }
}

TEST_CASE("linear and other support vector machines: no nudge makes the loss less") {
  const MadeRows made = make_rows(6, 150, 4);
  const double cost = 0.7;
  const double epsilon = 0.2;
  const LearnerSpec spec{.name = "linear_svm", .settings = {{"cost", cost}, {"epsilon", epsilon}}};
  const auto objective = [&](const LinearModel& model) {
    double sum = 0;
    for (const double weight : model.weights) sum += weight * weight / 2;
    for (const double error : residuals(model, made)) sum += cost * std::max(0.0, std::abs(error) - epsilon);
    return sum;
  };
  const LinearModel model = linear(spec, made.data());
  const double least = objective(model);
  std::mt19937 random{1};
  for (int nudge = 0; nudge < 500; ++nudge) {
    LinearModel other = model;
    for (double& weight : other.weights) weight += (static_cast<double>(random() % 2001) - 1000) * 1e-6;
    other.intercepts[0] += (static_cast<double>(random() % 2001) - 1000) * 1e-6;
    CHECK(objective(other) >= least - 1e-9);
  }
}
