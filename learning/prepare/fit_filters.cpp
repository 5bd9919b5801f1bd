// Variance, correlation, and what a learner makes use of.
#include "learning/prepare/fit_filters.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>

#include "learning/model/method_scorer.h"
#include "learning/prepare/fit_fills.h"

namespace stardose::learning {

namespace {

/// Standardised, a missing value as the mean; all zero where nothing varies.
Eigen::VectorXd standardised(const std::vector<double>& values) {
  const Moments moments = moments_of(values);
  Eigen::VectorXd column = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(values.size()));
  if (moments.deviation == 0) return column;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!std::isnan(values[row])) column[static_cast<Eigen::Index>(row)] = (values[row] - moments.mean);
  }
  return column / column.norm();
}

/// Nodes of a tree from the leaves up: the mean of the leaves below, by cover.
void add_gains(const Tree& tree, std::vector<double>& uses) {
  std::vector<double> means(tree.nodes.size());
  for (std::size_t k = tree.nodes.size(); k-- > 0;) {
    const TreeNode& node = tree.nodes[k];
    if (node.is_leaf()) {
      means[k] = node.value;
      continue;
    }
    const auto left = static_cast<std::size_t>(node.left);
    const auto right = static_cast<std::size_t>(node.right);
    const std::array<double, 2> covers = {tree.nodes[left].cover, tree.nodes[right].cover};
    const double cover = covers[0] + covers[1];
    if (cover <= 0) continue;
    means[k] = (covers[0] * means[left] + covers[1] * means[right]) / cover;
    const double step = means[left] - means[right];
    uses[static_cast<std::size_t>(node.feature)] += covers[0] * covers[1] / cover * step * step;
  }
}

struct UseOf {
  const Rows& rows;

  std::vector<double> operator()(const LinearModel& linear) const {
    std::vector<double> uses(rows.width);
    for (std::size_t k = 0; k < rows.width; ++k) {
      std::vector<double> values;
      for (std::size_t row = 0; row < rows.count(); ++row) values.push_back(rows.row(row)[k]);
      const double deviation = moments_of(values).deviation;
      for (std::size_t w = k; w < linear.weights.size(); w += rows.width) {
        uses[k] += std::abs(linear.weights[w]) * deviation;
      }
    }
    return uses;
  }
  std::vector<double> operator()(const TreeEnsemble& ensemble) const {
    std::vector<double> uses(rows.width);
    for (const Tree& tree : ensemble.trees) add_gains(tree, uses);
    return uses;
  }
  /// How far margins move when a feature's values go one row on.
  template <class Other>
  std::vector<double> operator()(const Other& method) const {
    const MethodScorer scorer{Method{method}};
    const std::size_t count = rows.count();
    std::vector<double> margins(count * margin_count(Method{method}));
    scorer.margins(rows, margins);
    std::vector<double> uses(rows.width);
    for (std::size_t k = 0; k < rows.width; ++k) {
      std::vector<double> values{rows.values.begin(), rows.values.end()};
      for (std::size_t row = 0; row < count; ++row) values[row * rows.width + k] = rows.row((row + 1) % count)[k];
      std::vector<double> moved(margins.size());
      scorer.margins({values, rows.width}, moved);
      for (std::size_t at = 0; at < moved.size(); ++at) uses[k] += std::abs(moved[at] - margins[at]);
    }
    return uses;
  }
};

/// A missing value counts as the mean.
std::vector<double> rows_of_columns(const Fitting& fitting, const std::vector<Place>& columns) {
  std::vector<double> values(fitting.table().rows * columns.size());
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const std::vector<double>& column = fitting.values(columns[k]);
    const double mean = moments_of(column).mean;
    for (std::size_t row = 0; row < column.size(); ++row) {
      values[row * columns.size() + k] = std::isnan(column[row]) ? mean : column[row];
    }
  }
  return values;
}

}  // namespace

void fit_step(const VarianceFilterStep& step, Fitting& fitting) {
  std::vector<Place> out;
  for (const Place place : fitting.pick(step.columns, Wanted::numbers)) {
    const double deviation = moments_of(fitting.values(place)).deviation;
    if (deviation * deviation <= step.lowest) out.push_back(place);
  }
  if (!fitting.is_rehearsal()) fitting.leave_out(out, fmt::format("variance not above {}", step.lowest));
}

void fit_step(const CorrelationFilterStep& step, Fitting& fitting) {
  const std::vector<Place> places = fitting.pick(step.columns, Wanted::numbers);
  if (fitting.is_rehearsal()) return;
  const auto rows = static_cast<Eigen::Index>(fitting.table().rows);
  Eigen::MatrixXd stay(rows, static_cast<Eigen::Index>(places.size()));
  Eigen::Index staying = 0;
  std::vector<Place> out;
  for (const Place place : places) {
    const Eigen::VectorXd column = standardised(fitting.values(place));
    if (staying > 0 && (stay.leftCols(staying).transpose() * column).cwiseAbs().maxCoeff() > step.highest) {
      out.push_back(place);
    } else {
      stay.col(staying++) = column;
    }
  }
  fitting.leave_out(out, fmt::format("correlation above {} with a column before", step.highest));
}

std::vector<double> use_of_features(const Method& method, const Rows& rows) { return std::visit(UseOf{rows}, method); }

void fit_step(const SelectStep& step, Fitting& fitting, const Selection* selection) {
  if (step.most == 0) fitting.fault("selects 0 columns");
  if (const auto fault = fault_of(step.learner)) fitting.fault(*fault);
  const std::vector<Place> places = fitting.pick(step.columns, Wanted::numbers);
  const std::vector<FeatureLabel> labels = fitting.prepared().labels_of(places);
  if (selection == nullptr && !fitting.fault()) {
    if (const auto fault = columns_fault(step.learner, labels, 0)) fitting.fault(*fault);
  }
  if (selection == nullptr || places.empty()) return;
  const std::vector<double> values = rows_of_columns(fitting, places);
  const Outcomes& outcomes = selection->outcomes;
  const TrainingData data{{values, places.size()}, outcomes.targets, outcomes.weights, outcomes.classes, labels};
  const std::vector<double> uses =
      use_of_features(selection->fit(step.learner, data, selection->seed).method, data.rows);
  std::vector<std::size_t> order(places.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t k) { return uses[k]; });
  std::vector<Place> out;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const bool stays = rank < step.most && (rank == 0 || uses[order[rank]] > 0);
    if (!stays) out.push_back(places[order[rank]]);
  }
  std::ranges::sort(out);
  fitting.leave_out(out, fmt::format("of little use to {}", step.learner.name));
}

}  // namespace stardose::learning
