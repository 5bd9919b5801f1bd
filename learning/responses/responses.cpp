// Kernels of features, and models of responses.
#include "learning/responses/responses.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <cmath>

#include "genomics/expect.h"
#include "learning/evaluate/assemble_model.h"
#include "learning/prepare/fit_steps.h"
#include "learning/prepare/missing_features.h"
#include "learning/solve/landmarks.h"

namespace stardose::learning {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;

RowMajor matrix_of(const RowTable& table) {
  const auto width = static_cast<Index>(table.width);
  return Eigen::Map<const RowMajor>{table.values.data(), static_cast<Index>(table.rows().count()), width};
}

MatrixXd kernel_of(const ResponsePlan& plan, const std::vector<RowTable>& left, const std::vector<RowTable>& right) {
  MatrixXd sum;
  for (std::size_t k = 0; k < plan.parts.size(); ++k) {
    const KernelPart& part = plan.parts[k];
    const RowMajor u = matrix_of(left[k]);
    const RowMajor v = matrix_of(right[k]);
    const MatrixXd kernels = part.kernel == Kernel::rbf ? rbf_kernels(u, v, part.gamma) : MatrixXd{u * v.transpose()};
    sum = k == 0 ? MatrixXd{part.weight * kernels} : MatrixXd{sum + part.weight * kernels};
  }
  return sum;
}

ResponseData rows_of(const ResponseData& data, const std::vector<std::size_t>& places) {
  ResponseData some{rows_of(data.people, places), data.names, {}};
  for (const std::size_t place : places) {
    for (std::size_t k = 0; k < data.names.size(); ++k) some.values.push_back(data.at(place, k));
  }
  return some;
}

/// No step here learns from outcomes: fault_of() refuses those that would.
Prepared prepare(const KernelPart& part, const Frame& people) {
  const std::vector<double> nothing(people.rows.size());
  return fit_steps(part.steps, people, {nothing, {}, 0}, 1, {});
}

std::optional<std::string> part_fault(const KernelPart& part, const Frame& people) {
  for (const Step& step : part.steps) {
    if (std::holds_alternative<SelectStep>(step)) return "selects features by one outcome, and there are several";
  }
  std::vector<ColumnKind> kinds;
  for (const Column& column : people.columns) kinds.push_back(column.kind);
  if (auto fault = fault_of(part.steps, kinds)) return fault;
  if (const auto feature = unfilled_feature(part.steps, people)) {
    return fmt::format("a kernel takes no missing values, and {} has some: fill them first", *feature);
  }
  if (part.kernel != Kernel::linear && part.kernel != Kernel::rbf) return "a kernel that is neither linear nor rbf";
  if (!(part.weight > 0 && std::isfinite(part.weight))) return "a weight that is not above 0";
  if (!(part.gamma > 0 && std::isfinite(part.gamma))) return "a gamma that is not above 0";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> fault_of(const ResponsePlan& plan, const ResponseData& data) {
  if (plan.parts.empty()) return "no kernel to learn by";
  if (auto fault = fault_of(data.people)) return fault;
  for (const KernelPart& part : plan.parts) {
    if (auto fault = part_fault(part, data.people)) return fmt::format("{}: {}", part.name, *fault);
  }
  if (data.names.empty()) return "no responses";
  if (data.values.size() != data.names.size() * data.people.rows.size()) return "responses that are not one a person";
  if (data.people.rows.size() < 2) return "fewer than two people";
  return fault_of(plan.ridge);
}

FittedResponses learn(const ResponsePlan& plan, const ResponseData& data) {
  FittedResponses fitted;
  for (const KernelPart& part : plan.parts) {
    fitted.prepared.push_back(prepare(part, data.people));
    fitted.rows.push_back(apply(fitted.prepared.back(), data.people));
  }
  const auto responses = static_cast<Index>(data.names.size());
  const RowMajor values =
      Eigen::Map<const RowMajor>{data.values.data(), static_cast<Index>(data.people.rows.size()), responses};
  fitted.ridge = fit_joint_ridge(kernel_of(plan, fitted.rows, fitted.rows), values, plan.ridge);
  return fitted;
}

std::vector<double> predict(const ResponsePlan& plan, const FittedResponses& fitted, const Frame& people) {
  std::vector<RowTable> rows;
  for (const Prepared& prepared : fitted.prepared) rows.push_back(apply(prepared, people));
  RowMajor predicted = kernel_of(plan, rows, fitted.rows) * fitted.ridge.coefficients;
  predicted.rowwise() += fitted.ridge.offsets.transpose();
  return {predicted.data(), predicted.data() + predicted.size()};
}

std::vector<double> cross_validate(const ResponsePlan& plan, const ResponseData& data, const Folds& folds,
                                   const std::function<void()>& learned) {
  const std::size_t each = data.names.size();
  std::vector<double> predictions(data.values.size());
  tbb::parallel_for(std::uint32_t{0}, folds.count, [&](std::uint32_t fold) {
    const FittedResponses fitted = learn(plan, rows_of(data, folds.others(fold)));
    const std::vector<std::size_t> held_out = folds.held_out(fold);
    const std::vector<double> some = predict(plan, fitted, rows_of(data.people, held_out));
    for (std::size_t k = 0; k < held_out.size(); ++k) {
      std::copy_n(some.begin() + static_cast<std::ptrdiff_t>(k * each), each,
                  predictions.begin() + static_cast<std::ptrdiff_t>(held_out[k] * each));
    }
    if (learned) learned();
  });
  return predictions;
}

Model response_model(const ResponsePlan& plan, const FittedResponses& fitted, const ResponseData& data,
                     std::size_t response, const Target& target) {
  STARDOSE_EXPECT(response < data.names.size());
  // Contenders are averaged: each part counts as many times as there are parts, so that they add up.
  const auto parts = static_cast<double>(plan.parts.size());
  const Eigen::VectorXd coefficients = fitted.ridge.coefficients.col(static_cast<Index>(response));
  std::vector<Contender> contenders;
  std::vector<FittedContender> learned;
  for (std::size_t k = 0; k < plan.parts.size(); ++k) {
    const KernelPart& part = plan.parts[k];
    const Eigen::VectorXd weighted = parts * part.weight * coefficients;
    const double offset = k == 0 ? parts * fitted.ridge.offsets[static_cast<Index>(response)] : 0;
    contenders.push_back({part.name, {}, 1, 1});
    learned.push_back({.chosen = {k, 0}, .prepared = fitted.prepared[k], .fitted = {}});
    if (part.kernel == Kernel::linear) {
      const Eigen::VectorXd slopes = matrix_of(fitted.rows[k]).transpose() * weighted;
      learned.back().fitted = {LinearModel{{slopes.begin(), slopes.end()}, {offset}}, {}, false};
    } else {
      learned.back().fitted = {KernelModel{.kernel = Kernel::rbf,
                                           .gamma = part.gamma,
                                           .vectors = fitted.rows[k].values,
                                           .coefficients = {weighted.begin(), weighted.end()},
                                           .offsets = {-offset}},
                               {},
                               true};
    }
  }
  Dataset known{data.people, std::vector<double>(data.people.rows.size()), 0, target.scale, {}, {}};
  return assemble_model(contenders, std::move(learned), target, known);
}

}  // namespace stardose::learning
