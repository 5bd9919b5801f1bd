// Ridge regression with the radial basis function.
#include <Eigen/Cholesky>

#include "learning/solve/landmarks.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

struct Problem {
  RowMajor x;
  VectorXd weights;  ///< of mean 1
  VectorXd targets;  ///< less their mean
  double mean = 0;
  double penalty = 0;
  double gamma = 0;

  explicit Problem(const Task& task)
      : x{Eigen::Map<const RowMajor>{task.data.rows.values.data(), static_cast<Index>(task.data.targets.size()),
                                     static_cast<Index>(task.data.rows.width)}},
        weights{mean_one_weights(task.data)},
        targets{Eigen::Map<const VectorXd>{task.data.targets.data(), x.rows()}},
        mean{weights.dot(targets) / static_cast<double>(x.rows())},
        penalty{task.settings.number("penalty") * static_cast<double>(x.rows())},
        gamma{gamma_or_usual(task.settings.number("gamma"), x)} {
    targets.array() -= mean;
  }
};

KernelModel about_rows(const Problem& problem) {
  MatrixXd kernels = rbf_kernels(problem.x, problem.x, problem.gamma);
  kernels.diagonal() += problem.penalty * problem.weights.cwiseInverse();
  const VectorXd coefficients = kernels.llt().solve(problem.targets);
  return {.kernel = Kernel::rbf,
          .gamma = problem.gamma,
          .vectors = {problem.x.data(), problem.x.data() + problem.x.size()},
          .coefficients = {coefficients.begin(), coefficients.end()},
          .offsets = {-problem.mean}};
}

KernelModel about_landmarks(const Problem& problem, RowMajor landmarks) {
  const LandmarkFeatures features{std::move(landmarks), problem.gamma};
  const MatrixXd of_rows = features.of(problem.x);
  const MatrixXd weighted = problem.weights.cwiseSqrt().asDiagonal() * of_rows;
  MatrixXd normal = MatrixXd::Zero(weighted.cols(), weighted.cols());
  normal.selfadjointView<Eigen::Lower>().rankUpdate(weighted.transpose());
  normal.diagonal().array() += problem.penalty;
  const VectorXd slopes = normal.llt().solve(of_rows.transpose() * problem.weights.cwiseProduct(problem.targets));
  return features.model(slopes, problem.mean);
}

Fitted learn(const Task& task) {
  const Problem problem{task};
  const std::size_t landmarks = task.settings.count("landmarks");
  if (landmarks == 0) return {about_rows(problem), {}, true};
  const std::size_t rows_each = task.settings.count("landmark_rows");
  return {about_landmarks(problem, landmarks_of(problem.x, landmarks, rows_each, task.seed)), {}};
}

}  // namespace

void add_kernel_settings(std::vector<SettingKind>& settings) {
  settings.push_back({.name = "gamma",
                      .meaning = "the kernel is exp(-gamma x squared distance); 0: 1 / sum of the features' variances",
                      .usual = 0.0,
                      .lowest = 0,
                      .highest = 1e6});
  settings.push_back(
      {.name = "landmarks",
       .meaning = "kernels are about so many means of rows, and no row stands in the model; 0: about rows",
       .usual = 0.0,
       .lowest = 0,
       .highest = 10'000,
       .whole = true});
  settings.push_back({.name = "landmark_rows",
                      .meaning = "least rows of which a landmark is the mean",
                      .usual = 5.0,
                      .lowest = 2,
                      .highest = 1e6,
                      .whole = true});
}

Entry kernel_ridge_entry() {
  std::vector<SettingKind> settings = {
      {.name = "penalty",
       .meaning = "least is mean squared error / 2 + penalty x squared size of the function / 2",
       .usual = 0.01,
       .lowest = 1e-8,
       .highest = 1e10}};
  add_kernel_settings(settings);
  return {{.name = "kernel_ridge",
           .title = "Kernel ridge regression with the radial basis function",
           .quantities = true,
           .wants_standardised = true,
           .settings = std::move(settings)},
          learn};
}

}  // namespace stardose::learning
