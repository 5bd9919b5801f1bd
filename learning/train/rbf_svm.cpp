// Support vector machines with the radial basis function: regression, and classes.
#include "learning/solve/landmarks.h"
#include "learning/solve/margin_machine.h"
#include "learning/solve/smo.h"
#include "learning/train/machine_classes.h"

namespace stardose::learning {

namespace {

using Eigen::Index;
using Eigen::VectorXd;

// Of kernels that are kept while a machine is trained: those of 8,000 rows with each other.
constexpr std::size_t most_bytes = std::size_t{256} << 20;

KernelModel model_of(const RowMajor& x, const SmoSolution& solution, double gamma) {
  KernelModel model{.kernel = Kernel::rbf, .gamma = gamma, .offsets = {solution.offset}};
  for (Index row = 0; row < x.rows(); ++row) {
    if (solution.u[row] == 0) continue;
    model.coefficients.push_back(solution.u[row]);
    model.vectors.insert(model.vectors.end(), x.row(row).begin(), x.row(row).end());
  }
  return model;
}

/// With classes targets are 1 and -1.
KernelModel about_rows(const Settings& settings, const TrainingData& data, const RowMajor& x, double gamma) {
  const VectorXd costs = settings.number("cost") * mean_one_weights(data);
  SmoProblem problem{.targets = Eigen::Map<const VectorXd>{data.targets.data(), x.rows()},
                     .lowest = -costs,
                     .highest = costs,
                     .epsilon = settings.number("epsilon"),
                     .tolerance = settings.number("tolerance")};
  if (data.classes > 0) {
    problem.epsilon = 0;
    problem.lowest = (problem.targets.array() > 0).select(VectorXd::Zero(x.rows()), -costs);
    problem.highest = (problem.targets.array() > 0).select(costs, VectorXd::Zero(x.rows()));
  }
  RbfRows kernels{x, gamma, most_bytes};
  return model_of(x, minimise_by_pairs(problem, kernels), gamma);
}

KernelModel about_landmarks(const Settings& settings, const TrainingData& data, const RowMajor& x, double gamma,
                            std::uint64_t seed) {
  const LandmarkFeatures features{landmarks_of(x, settings.count("landmarks"), settings.count("landmark_rows"), seed),
                                  gamma};
  const Eigen::MatrixXd of_rows = features.of(x);
  const Plane plane = minimise_margins({.x = of_rows,
                                        .targets = Eigen::Map<const VectorXd>{data.targets.data(), x.rows()},
                                        .costs = settings.number("cost") * mean_one_weights(data),
                                        .ridge = VectorXd::Ones(of_rows.cols()),
                                        .epsilon = settings.number("epsilon"),
                                        .classes = data.classes > 0});
  return features.model(plane.slopes, plane.intercept);
}

KernelModel machine_of(const Settings& settings, const TrainingData& data, std::uint64_t seed) {
  const RowMajor x = Eigen::Map<const RowMajor>{data.rows.values.data(), static_cast<Index>(data.targets.size()),
                                                static_cast<Index>(data.rows.width)};
  const double gamma = gamma_or_usual(settings.number("gamma"), x);
  if (settings.count("landmarks") == 0) return about_rows(settings, data, x, gamma);
  return about_landmarks(settings, data, x, gamma, seed);
}

Fitted learn(const Task& task) {
  const auto learn_machine = [&](const TrainingData& data, std::uint64_t seed) {
    return machine_of(task.settings, data, seed);
  };
  Fitted fitted =
      task.data.classes > 0 ? learn_classes(task, learn_machine) : Fitted{learn_machine(task.data, task.seed), {}};
  fitted.holds_rows = task.settings.count("landmarks") == 0;
  return fitted;
}

}  // namespace

Entry rbf_svm_entry() {
  std::vector<SettingKind> settings = {{.name = "cost",
                                        .meaning = "how much a loss counts beside the size of the function",
                                        .usual = 1.0,
                                        .lowest = 1e-6,
                                        .highest = 1e6},
                                       {.name = "epsilon",
                                        .meaning = "errors up to this are none, in the units of the target (of a "
                                                   "quantity)",
                                        .usual = 0.1,
                                        .lowest = 0,
                                        .highest = 1e10},
                                       {.name = "tolerance",
                                        .meaning = "of the optimum, in the units of the target",
                                        .usual = 1e-3,
                                        .lowest = 1e-6,
                                        .highest = 1}};
  add_kernel_settings(settings);
  return {{.name = "rbf_svm",
           .title = "Support vector machine with the radial basis function",
           .quantities = true,
           .classes = true,
           .wants_standardised = true,
           .settings = std::move(settings)},
          learn};
}

}  // namespace stardose::learning
