// Learners of classes, and those that are no straight lines, held to what their optimum or definition asks for.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "learning/solve/landmarks.h"
#include "learning/train/learner.h"
#include "tests/builders/training_data.h"

using namespace stardose::learning;
using namespace stardose::test;

namespace {

double squared_errors(const std::vector<double>& said, const std::vector<double>& targets) {
  double sum = 0;
  for (std::size_t row = 0; row < targets.size(); ++row) sum += std::pow(said[row] - targets[row], 2);
  return sum;
}

/// What no straight line tells: both features high or both low.
MadeRows crossed(unsigned seed, std::size_t count) {
  MadeRows made = make_rows(seed, count, 2);
  for (std::size_t row = 0; row < count; ++row) {
    made.values[row * 2] = static_cast<double>((row * 37) % 101) / 50 - 1;
    made.values[row * 2 + 1] = static_cast<double>((row * 59) % 97) / 48 - 1;
    made.targets[row] = made.values[row * 2] * made.values[row * 2 + 1] > 0 ? 1 : 0;
  }
  return made;
}

double right_share(const LearnerSpec& spec, const MadeRows& made) {
  const auto said = predictions(fit(spec, made.data(2), 1), made.rows());
  double right = 0;
  for (std::size_t row = 0; row < said.size(); ++row) {
    right += (said[row] > 0.5) == (made.targets[row] == 1) ? 1 : 0;
  }
  return right / static_cast<double>(said.size());
}

}  // namespace

TEST_CASE("logistic: what errors have in common with a feature is its penalty's slope") {
  for (const std::size_t classes : {2, 3, 4}) {
    const MadeRows made = with_classes(make_rows(2, 200, 5), classes);
    const double penalty = 0.003;
    const LearnerSpec spec{
        .name = "logistic", .settings = {{"penalty", penalty}}, .columns = {{"f1", {.penalty_factor = 7}}}};
    const Fitted fitted = fit(spec, made.weighted(classes), 1);
    const auto& model = std::get<LinearModel>(fitted.method);
    const auto said = predictions(fitted, made.rows());
    const std::size_t outputs = predictions_of(classes);
    double all = 0;
    for (const double weight : made.weights) all += weight;
    for (std::size_t k = 0; k < outputs; ++k) {
      for (std::size_t j = 0; j <= made.width; ++j) {
        double common = 0;
        for (std::size_t row = 0; row < made.targets.size(); ++row) {
          const bool own = made.targets[row] == static_cast<double>(outputs == 1 ? 1 : k);
          const double error = (own ? 1 : 0) - said[row * outputs + k];
          common += made.weights[row] / all * error * (j == made.width ? 1 : made.rows().row(row)[j]);
        }
        const double slope = j == made.width ? 0 : model.weights[k * made.width + j];
        CHECK(std::abs(common - penalty * (j == 1 ? 7 : 1) * slope) < 1e-7);
      }
    }
  }
}

TEST_CASE("logistic: sides that a line tells without fault have finite odds") {
  const MadeRows made{.values = {-2, -1, 1, 2}, .targets = {0, 0, 1, 1}, .width = 1};
  const auto said =
      predictions(fit({.name = "logistic", .settings = {{"penalty", 1e-10}}}, made.data(2), 1), made.rows());
  CHECK((said[0] < 1e-3 && said[3] > 1 - 1e-3 && std::isfinite(said[0])));
}

TEST_CASE("what no line tells, machines with kernels, trees, neighbours and networks do") {
  const MadeRows made = crossed(1, 400);
  CHECK(right_share({.name = "logistic"}, made) < 0.65);
  for (const char* name : {"rbf_svm", "random_forest", "nearest_neighbours", "perceptron"}) {
    CAPTURE(name);
    CHECK(right_share({.name = name}, made) > 0.9);
  }
  CHECK(right_share({.name = "rbf_svm", .settings = {{"landmarks", 40.0}}}, made) > 0.9);
  CHECK(right_share({.name = "decision_tree", .settings = {{"depth", 8.0}, {"min_leaf", 5.0}}}, made) > 0.9);
}

TEST_CASE("machines' probabilities are right as often as they say") {
  // Of each class as many as the odds say, along one feature.
  MadeRows made{.width = 1};
  for (std::size_t row = 0; row < 1500; ++row) {
    const double x = static_cast<double>(row % 61) / 10 - 3;
    made.values.push_back(x);
    const double share = static_cast<double>((row * 7919) % 1500) / 1500;
    made.targets.push_back(share < 1 / (1 + std::exp(-1.5 * x)) ? 1 : 0);
  }
  // Margins of curved machines draw towards -1 and 1, which a straight line does not undo.
  for (const auto& [name, most] : {std::pair{"linear_svm", 0.12}, std::pair{"rbf_svm", 0.17}}) {
    CAPTURE(std::string{name});
    const auto said = predictions(fit({.name = std::string{name}}, made.data(2), 1), made.rows());
    for (std::size_t row = 0; row < 61; ++row) {
      CHECK(std::abs(said[row] - 1 / (1 + std::exp(-1.5 * made.values[row]))) < most);
    }
  }
}

TEST_CASE("machines with several classes: probabilities that tell which") {
  const MadeRows made = with_classes(make_rows(8, 240, 4), 3);
  for (const LearnerSpec& spec : {LearnerSpec{.name = "linear_svm"}, LearnerSpec{.name = "rbf_svm"},
                                  LearnerSpec{.name = "rbf_svm", .settings = {{"landmarks", 30.0}}}}) {
    const Fitted fitted = fit(spec, made.data(3), 1);
    const auto said = predictions(fitted, made.rows());
    double right = 0;
    for (std::size_t row = 0; row < made.targets.size(); ++row) {
      const auto first = said.begin() + static_cast<std::ptrdiff_t>(3 * row);
      right += static_cast<double>(std::max_element(first, first + 3) - first) == made.targets[row] ? 1 : 0;
    }
    CHECK(right / 240 > 0.55);
  }
}

TEST_CASE("a machine with one row of a class") {
  MadeRows made = make_rows(3, 30, 3);
  std::ranges::fill(made.targets, 0.0);
  made.targets[4] = 1;
  for (const char* name : {"linear_svm", "rbf_svm", "logistic", "naive_bayes", "decision_tree"}) {
    CAPTURE(name);
    for (const double said : predictions(fit({.name = name}, made.data(2), 1), made.rows())) {
      CHECK((said >= 0 && said <= 1));
    }
  }
}

TEST_CASE("kernel ridge: errors are what the penalty makes of the coefficients") {
  const MadeRows made = make_rows(5, 80, 4);
  const double penalty = 0.02;
  const Fitted fitted =
      fit({.name = "kernel_ridge", .settings = {{"penalty", penalty}, {"gamma", 0.2}}}, made.weighted(), 1);
  CHECK(fitted.holds_rows);
  const auto& model = std::get<KernelModel>(fitted.method);
  const auto said = predictions(fitted, made.rows());
  double all = 0;
  for (const double weight : made.weights) all += weight;
  for (std::size_t row = 0; row < said.size(); ++row) {
    const double error = made.weights[row] / all * (made.targets[row] - said[row]);
    CHECK(std::abs(error - penalty * model.coefficients[row]) < 1e-10);
  }
}

TEST_CASE("landmarks: every one the mean of several rows, and none of them a row") {
  const MadeRows made = make_rows(11, 300, 4);
  const RowMajor rows = Eigen::Map<const RowMajor>{made.values.data(), 300, 4};
  for (const std::size_t each : {2, 5, 40}) {
    const RowMajor landmarks = landmarks_of(rows, 50, each, 3);
    CHECK(landmarks.rows() <= 50);
    CHECK(static_cast<std::size_t>(landmarks.rows()) * each <= 300);
    CHECK(landmarks.rows() >= (each == 40 ? 2 : 20));
    // Each is the mean of the rows that are nearest to it, as many as are asked for.
    std::vector<std::size_t> sizes(static_cast<std::size_t>(landmarks.rows()), 0);
    for (Eigen::Index row = 0; row < 300; ++row) {
      Eigen::Index nearest = 0;
      const double distance = (landmarks.rowwise() - rows.row(row)).rowwise().squaredNorm().minCoeff(&nearest);
      CHECK(distance > 1e-12);
      ++sizes[static_cast<std::size_t>(nearest)];
    }
    CHECK(landmarks.colwise().minCoeff().minCoeff() >= rows.minCoeff());
  }
  CHECK_EQ(landmarks_of(rows.topRows(3), 50, 5, 3).rows(), 1);
  CHECK((landmarks_of(rows.topRows(3), 50, 5, 3).row(0) - rows.topRows(3).colwise().mean()).norm() < 1e-12);
}

TEST_CASE("machines about landmarks: no row in the model, and nearly what machines about rows say") {
  MadeRows made = make_rows(12, 400, 3);
  for (const char* name : {"rbf_svm", "kernel_ridge"}) {
    CAPTURE(name);
    const std::map<std::string, Setting, std::less<>> settings{{"gamma", 0.05}};
    auto few = settings;
    few["landmarks"] = 60.0;
    const Fitted about_rows = fit({.name = name, .settings = settings}, made.data(), 1);
    const Fitted about_landmarks = fit({.name = name, .settings = few}, made.data(), 1);
    CHECK(about_rows.holds_rows);
    CHECK_FALSE(about_landmarks.holds_rows);
    const auto& model = std::get<KernelModel>(about_landmarks.method);
    std::set<std::vector<double>> rows;
    for (std::size_t row = 0; row < 400; ++row) rows.insert({made.rows().row(row).begin(), made.rows().row(row).end()});
    for (std::size_t k = 0; k < model.coefficients.size(); ++k) {
      const Rows vectors{model.vectors, 3};
      CHECK_FALSE(rows.contains({vectors.row(k).begin(), vectors.row(k).end()}));
    }
    const double all = squared_errors(predictions(about_rows, made.rows()), made.targets);
    const double near = squared_errors(predictions(about_landmarks, made.rows()), made.targets);
    CHECK(near < 1.1 * all);
  }
}

TEST_CASE("naive Bayes learns from what is known: a missing value changes nothing in its feature's other rows") {
  const MadeRows made{.values = {1, 5, 2, NAN, 3, 7, 9, 1, 8, NAN, 7, 3}, .targets = {0, 0, 0, 1, 1, 1}, .width = 2};
  const auto model = std::get<NaiveBayes>(fit({.name = "naive_bayes"}, made.data(2), 1).method);
  CHECK_EQ(model.first, std::vector<double>{2, 6, 8, 2});
  CHECK(std::abs(model.second[1] - 1) < 1e-6);
}

TEST_CASE("networks: several are averaged, and one is itself") {
  const MadeRows made = make_rows(4, 60, 3);
  const auto networks = [&](double count) {
    return fit({.name = "perceptron", .settings = {{"networks", count}, {"epochs", 20.0}}}, made.data(), 9);
  };
  const Fitted one = networks(1);
  CHECK(std::holds_alternative<NeuralNetwork>(one.method));
  const auto blend = std::get<Blend>(networks(3).method);
  REQUIRE_EQ(blend.members.size(), 3);
  CHECK(blend.members[0].method == one.method);
  CHECK_FALSE(blend.members[1].method == one.method);
}
