// Support vector regression with the radial basis function.
#include "learning/solve/design.h"
#include "learning/solve/smo.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

using Eigen::Index;
using Eigen::VectorXd;

// Of kernels that are kept while a machine is trained: those of 8,000 rows with each other.
constexpr std::size_t most_bytes = std::size_t{256} << 20;

/// 1 / (features x mean of their variances), as is usual, where none is set.
double gamma_of(const Task& task, const Eigen::MatrixXd& x) {
  const double set = task.settings.number("gamma");
  if (set > 0) return set;
  const double squares = (x.rowwise() - x.colwise().mean()).squaredNorm() / static_cast<double>(x.rows());
  return squares > 0 ? 1 / squares : 1;
}

KernelModel model_of(const RowMajor& x, const SmoSolution& solution, double gamma) {
  KernelModel model{.kernel = Kernel::rbf, .gamma = gamma, .offsets = {solution.offset}};
  for (Index row = 0; row < x.rows(); ++row) {
    if (solution.u[row] == 0) continue;
    model.coefficients.push_back(solution.u[row]);
    model.vectors.insert(model.vectors.end(), x.row(row).begin(), x.row(row).end());
  }
  return model;
}

Fitted learn(const Task& task) {
  const auto rows = static_cast<Index>(task.data.targets.size());
  const RowMajor x =
      Eigen::Map<const RowMajor>{task.data.rows.values.data(), rows, static_cast<Index>(task.data.rows.width)};
  const double gamma = gamma_of(task, x);
  const VectorXd costs = task.settings.number("cost") * mean_one_weights(task.data);
  const SmoProblem problem{.targets = Eigen::Map<const VectorXd>{task.data.targets.data(), rows},
                           .lowest = -costs,
                           .highest = costs,
                           .epsilon = task.settings.number("epsilon"),
                           .tolerance = task.settings.number("tolerance")};
  RbfRows kernels{x, gamma, most_bytes};
  return {model_of(x, minimise_by_pairs(problem, kernels), gamma), {}, true};
}

}  // namespace

Entry rbf_svm_entry() {
  return {
      {.name = "rbf_svm",
       .title = "Support vector machine with the radial basis function",
       .quantities = true,
       .wants_standardised = true,
       .settings = {{.name = "cost",
                     .meaning = "how much a loss counts beside the size of the function",
                     .usual = 1.0,
                     .lowest = 1e-6,
                     .highest = 1e6},
                    {.name = "gamma",
                     .meaning = "the kernel is exp(-gamma x squared distance); 0: 1 / sum of the features' variances",
                     .usual = 0.0,
                     .lowest = 0,
                     .highest = 1e6},
                    {.name = "epsilon",
                     .meaning = "errors up to this are none, in the units of the target",
                     .usual = 0.1,
                     .lowest = 0,
                     .highest = 1e10},
                    {.name = "tolerance",
                     .meaning = "of the optimum, in the units of the target",
                     .usual = 1e-3,
                     .lowest = 1e-6,
                     .highest = 1}}},
      learn};
}

}  // namespace stardose::learning
