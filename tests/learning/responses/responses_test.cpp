// Many responses at once: the ridge, what missing ones gain from known ones, models of each.
#include "learning/responses/responses.h"

#include <doctest/doctest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <Eigen/LU>
#include <cmath>

#include "learning/evaluate/metrics.h"
#include "learning/predict/predictor.h"
#include "learning/responses/study.h"
#include "learning/train/seeded_random.h"
#include "tests/builders/made_up_people.h"

using namespace stardose::learning;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

MatrixXd random_matrix(Index rows, Index columns, std::uint64_t seed) {
  SeededRandom random{seed};
  MatrixXd made{rows, columns};
  for (Index k = 0; k < made.size(); ++k) made.data()[k] = random.normal();
  return made;
}

MatrixXd centred(const MatrixXd& kernel) {
  const MatrixXd centring = MatrixXd::Identity(kernel.rows(), kernel.rows()) -
                            MatrixXd::Constant(kernel.rows(), kernel.rows(), 1.0 / static_cast<double>(kernel.rows()));
  return centring * kernel * centring;
}

/// Sum of squared errors where each person in turn is predicted by the others, worked out one by one.
double left_out(const MatrixXd& kernel, const VectorXd& y, double penalty) {
  double sum = 0;
  for (Index out = 0; out < y.size(); ++out) {
    std::vector<Index> others;
    for (Index k = 0; k < y.size(); ++k) {
      if (k != out) others.push_back(k);
    }
    MatrixXd inner = kernel(others, others);
    inner.diagonal().array() += penalty;
    const VectorXd coefficients = inner.partialPivLu().solve(VectorXd{y(others)});
    const double error = y[out] - VectorXd{kernel(others, std::vector<Index>{out}).col(0)}.dot(coefficients);
    sum += error * error;
  }
  return sum;
}

/// Each response depends on age, weight and sex; the second is known of few people, and is the first with some noise.
ResponseData people_with_responses(std::size_t count, std::uint64_t seed) {
  const Dataset made = stardose::test::made_up_people(count, seed);
  SeededRandom random{seed + 100};
  ResponseData data{made.people, {"first", "second", "noise"}, {}};
  for (std::size_t row = 0; row < count; ++row) {
    const double root = std::sqrt(made.targets[row]);
    data.values.push_back(root);
    data.values.push_back(row % 10 == 0 ? 10 - 3 * root + 0.1 * random.normal() : missing);
    data.values.push_back(random.normal());
  }
  return data;
}

std::vector<Step> encoded(std::vector<Step> more = {}) {
  std::vector<Step> steps = {FillStep{}, OneHotStep{.missing = MissingLevel::zeros}, StandardiseStep{}};
  steps.insert(steps.end(), more.begin(), more.end());
  return steps;
}

ResponsePlan plan() {
  return {{{"sums", encoded(), Kernel::linear, 1, 1}, {"near", encoded({ScaleStep{{"age"}, 2}}), Kernel::rbf, 0.05, 3}},
          {}};
}

}  // namespace

TEST_CASE("a response that everybody has is learned by ridge regression, its penalty by leaving one out") {
  const MatrixXd x = random_matrix(30, 4, 1);
  const MatrixXd kernel = x * x.transpose();
  VectorXd y = x.col(0) - 0.5 * x.col(2) + 0.8 * random_matrix(30, 1, 2).col(0);
  y.array() += 5 - y.mean();
  const JointRidge ridge = fit_joint_ridge(kernel, y, {.penalties = {0.1, 3, 200}});
  const double deviation = std::sqrt((y.array() - 5).square().mean());
  const VectorXd scaled = (y.array() - 5) / deviation;
  double best = 0;
  double least = INFINITY;
  for (const double penalty : {0.1, 3.0, 200.0}) {
    const double errors = left_out(centred(kernel), scaled, penalty);
    if (errors < least) best = penalty;
    least = std::min(least, errors);
  }
  MatrixXd inner = centred(kernel);
  inner.diagonal().array() += best;
  const VectorXd expected =
      VectorXd::Constant(30, 5) + deviation * centred(kernel) * inner.partialPivLu().solve(scaled);
  const VectorXd said = (kernel * ridge.coefficients.col(0)).array() + ridge.offsets[0];
  CHECK((said - expected).cwiseAbs().maxCoeff() < 1e-9);
  CHECK_EQ(ridge.directions, 1);
}

TEST_CASE("what nothing predicts is predicted as its mean") {
  const MatrixXd x = random_matrix(40, 3, 3);
  const JointRidge ridge =
      fit_joint_ridge(x * x.transpose(), VectorXd{random_matrix(40, 1, 8).col(0)}, {.penalties = {1e-3}});
  CHECK_EQ(ridge.directions, 0);
  CHECK(ridge.coefficients.isZero());
  CHECK(ridge.offsets[0] == doctest::Approx(random_matrix(40, 1, 8).mean()));
}

TEST_CASE("responses that go along with each other are learned better together than each alone") {
  const ResponseData made = people_with_responses(200, 5);
  SeededRandom random{12};
  ResponseData together{made.people, {}, {}};
  for (int k = 0; k < 12; ++k) together.names.push_back("r" + std::to_string(k));
  for (std::size_t row = 0; row < 200; ++row) {
    for (int k = 0; k < 12; ++k) {
      const double value = (k % 2 == 0 ? 1 : -1) * made.at(row, 0) + 1.5 * random.normal();
      together.values.push_back(random.share() < 0.3 ? missing : value);
    }
  }
  const Folds folds = make_folds({FoldKind::random, 5, 2}, std::vector<std::uint32_t>(200));
  REQUIRE_EQ(fault_of(plan(), together), std::nullopt);
  std::vector<double> truth;
  for (std::size_t row = 0; row < 200; ++row) truth.push_back(made.at(row, 0));
  const auto pearson = [&](const std::vector<double>& predicted, std::size_t each, std::size_t place) {
    std::vector<double> said;
    for (std::size_t row = 0; row < 200; ++row) said.push_back(predicted[row * each + place]);
    return quantity_metrics(truth, said).pearson;
  };
  const auto joint = cross_validate(plan(), together, folds, {});
  double gain = 0;
  for (std::size_t k = 0; k < 12; k += 2) {
    ResponseData alone{made.people, {together.names[k]}, {}};
    for (std::size_t row = 0; row < 200; ++row) alone.values.push_back(together.at(row, k));
    gain += (pearson(joint, 12, k) - pearson(cross_validate(plan(), alone, folds, {}), 1, 0)) / 6;
    CHECK(pearson(joint, 12, k) > 0.7);
  }
  CHECK(gain > 0.03);
}

TEST_CASE(
    "held-out responses and columns change nothing in what predicts others of their fold; threads change nothing") {
  ResponseData data = people_with_responses(100, 6);
  const Folds folds = make_folds({FoldKind::random, 4, 2}, std::vector<std::uint32_t>(100));
  const auto before = cross_validate(plan(), data, folds, {});
  for (const int threads : {1, 3}) {
    tbb::task_arena arena{threads};
    arena.execute([&] { CHECK_EQ(cross_validate(plan(), data, folds, {}), before); });
  }
  const auto held_out = folds.held_out(1);
  for (std::size_t k = 1; k < held_out.size(); ++k) {
    data.people.columns[0].values[held_out[k]] += 500;
    for (std::size_t response = 0; response < 3; ++response) data.values[held_out[k] * 3 + response] = 77;
  }
  data.values[held_out[0] * 3] = -50;
  const auto after = cross_validate(plan(), data, folds, {});
  for (std::size_t response = 0; response < 3; ++response) {
    CHECK_EQ(after[held_out[0] * 3 + response], before[held_out[0] * 3 + response]);
  }
  CHECK_NE(after[folds.others(1)[0] * 3], before[folds.others(1)[0] * 3]);
}

TEST_CASE("the model of a response says what was learned, and whether rows are in it") {
  const ResponseData data = people_with_responses(80, 7);
  const FittedResponses fitted = learn(plan(), data);
  const std::vector<double> said = predict(plan(), fitted, data.people);
  const Model model = response_model(plan(), fitted, data, 1, {"second", "", {1}, {}});
  REQUIRE_EQ(fault_of(model), std::nullopt);
  CHECK_EQ(model.remarks.size(), 1);
  const auto predictions = Predictor{model}.predict(data.people);
  for (std::size_t row = 0; row < 80; ++row) {
    CHECK(predictions[row].values.front() == doctest::Approx(said[row * 3 + 1]).epsilon(1e-9));
  }
  ResponsePlan sums = plan();
  sums.parts.pop_back();
  CHECK(response_model(sums, learn(sums, data), data, 0, {"first", "", {1}, {}}).remarks.empty());
}

TEST_CASE("figures are of the people who have the response") {
  ResponseStudy study{.plan = plan(),
                      .data = people_with_responses(120, 8),
                      .groups = {},
                      .labels = {},
                      .schemes = {{"5-fold", {}}},
                      .ranges = {},
                      .target = {"", "ln uM", {1}, {}}};
  study.groups.rows = study.data.people.rows;
  REQUIRE_EQ(fault_of(study), std::nullopt);
  const auto validations = validate(study, study.schemes[0], {});
  REQUIRE_EQ(validations.size(), 3);
  CHECK_EQ(validations[0].groups[0].rows, 120);
  CHECK_EQ(validations[1].groups[0].rows, 12);
  CHECK_EQ(fold_count(study, {}), 5);
  study.schemes = {{"by site", {FoldKind::grouped, 3, 1}}};
  CHECK_EQ(fault_of(study), "by site: folds by group, but the rows have no groups");
  study.schemes = {{"5-fold", {}}};
  for (std::size_t row = 1; row < 120; ++row) study.data.values[row * 3 + 2] = missing;
  CHECK_EQ(fault_of(study), "5-fold: noise: fewer than two people have it outside of a fold");
}

TEST_CASE("what cannot be learned together is said") {
  const ResponseData data = people_with_responses(40, 9);
  ResponsePlan wrong = plan();
  wrong.parts[1].steps.insert(wrong.parts[1].steps.begin(), SelectStep{});
  CHECK_EQ(fault_of(wrong, data), "near: selects features by one outcome, and there are several");
  wrong = plan();
  wrong.parts[0].steps.erase(wrong.parts[0].steps.begin());
  CHECK_EQ(fault_of(wrong, data), "sums: a kernel takes no missing values, and weight has some: fill them first");
  wrong = plan();
  wrong.parts[1].gamma = 0;
  CHECK_EQ(fault_of(wrong, data), "near: a gamma that is not above 0");
  wrong = plan();
  wrong.ridge.penalties = {1, 0};
  CHECK_EQ(fault_of(wrong, data), "a penalty that is not above 0");
  CHECK_EQ(fault_of({}, data), "no kernel to learn by");
}
