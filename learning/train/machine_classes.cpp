// Each class against the others, and lines from margins to log odds.
#include "learning/train/machine_classes.h"

#include <algorithm>
#include <map>

#include "learning/model/method_scorer.h"
#include "learning/solve/design.h"
#include "learning/solve/logits.h"
#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

using Eigen::Index;

constexpr std::size_t parts = 5;

struct Line {
  double slope = 1;
  double intercept = 0;
};

/// Which part each row belongs to: as even a share of both sides in each as there can be.
std::vector<std::size_t> parts_of(const std::vector<double>& sides, std::uint64_t seed) {
  SeededRandom random{seed};
  std::vector<std::pair<std::pair<double, std::uint64_t>, std::size_t>> order;
  for (std::size_t row = 0; row < sides.size(); ++row) order.push_back({{sides[row], random.next()}, row});
  std::ranges::sort(order);
  std::vector<std::size_t> result(sides.size());
  for (std::size_t k = 0; k < order.size(); ++k) result[order[k].second] = k % parts;
  return result;
}

/// Margins of rows by machines that were not shown them. A part without which there is one side only has none.
struct Unseen {
  std::vector<double> margins;
  std::vector<std::size_t> rows;
};

Unseen unseen_margins(const TrainingData& data, std::span<const double> sides, std::uint64_t seed,
                      const LearnSides& learn) {
  const std::vector<std::size_t> part_of = parts_of({sides.begin(), sides.end()}, seed);
  Unseen unseen;
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<double> values;
    std::vector<double> others;
    std::vector<double> targets;
    std::vector<double> weights;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < sides.size(); ++row) {
      const auto of_row = data.rows.row(row);
      std::vector<double>& into = part_of[row] == part ? others : values;
      into.insert(into.end(), of_row.begin(), of_row.end());
      if (part_of[row] == part) {
        rows.push_back(row);
        continue;
      }
      targets.push_back(sides[row]);
      if (!data.weights.empty()) weights.push_back(data.weights[row]);
    }
    const auto is_first = [&](double side) { return side == targets.front(); };
    if (rows.empty() || targets.empty() || std::ranges::all_of(targets, is_first)) continue;
    const Method machine = learn({{values, data.rows.width}, targets, weights, 2}, seed_of(seed, part + 1));
    const std::size_t first = unseen.margins.size();
    unseen.margins.resize(first + rows.size());
    MethodScorer{machine}.margins({others, data.rows.width}, std::span{unseen.margins}.subspan(first));
    unseen.rows.insert(unseen.rows.end(), rows.begin(), rows.end());
  }
  return unseen;
}

/// Shares are drawn in from 1 and 0 by one row of each side (Platt), so that sides that are told without fault still
/// have finite odds. Margins that tell nothing, or the wrong side, leave the odds of the sides alone.
Line line_of(const Unseen& unseen, const TrainingData& data, std::span<const double> sides) {
  if (unseen.rows.empty()) return {};
  const auto rows = static_cast<Index>(unseen.rows.size());
  Eigen::VectorXd weights(rows);
  double ones = 0;
  double others = 0;
  const Eigen::VectorXd mean_one = mean_one_weights(data);
  for (Index k = 0; k < rows; ++k) {
    const std::size_t row = unseen.rows[static_cast<std::size_t>(k)];
    weights[k] = mean_one[static_cast<Index>(row)];
    (sides[row] > 0 ? ones : others) += weights[k];
  }
  Eigen::MatrixXd x(rows, 2);
  Eigen::MatrixXd shares(rows, 1);
  for (Index k = 0; k < rows; ++k) {
    const auto at = static_cast<std::size_t>(k);
    x.row(k) << 1, unseen.margins[at];
    shares(k, 0) = sides[unseen.rows[at]] > 0 ? (ones + 1) / (ones + 2) : 1 / (others + 2);
  }
  const Eigen::VectorXd each = weights / weights.sum();
  const auto fitted = [&](const Eigen::MatrixXd& of) {
    return minimise_logits({.x = of, .weights = each, .shares = shares, .penalties = Eigen::VectorXd::Zero(of.cols())});
  };
  const Eigen::MatrixXd b = fitted(x);
  if (b(1, 0) > 0) return {b(1, 0), b(0, 0)};
  return {0, fitted(x.leftCols(1))(0, 0)};
}

void add_output(LinearModel& all, const LinearModel& one, const Line& line) {
  for (const double weight : one.weights) all.weights.push_back(line.slope * weight);
  all.intercepts.push_back(line.slope * one.intercepts[0] + line.intercept);
}

/// Kernels of several machines: one list of vectors, with a coefficient for each machine.
class JoinedKernels {
 public:
  void add(const KernelModel& one, const Line& line, std::size_t width) {
    model_.kernel = one.kernel;
    model_.gamma = one.gamma;
    model_.offsets.push_back(line.slope * one.offsets[0] - line.intercept);
    std::vector<double>& coefficients = by_output_.emplace_back();
    for (std::size_t k = 0; k < one.coefficients.size(); ++k) {
      const Rows vectors{one.vectors, width};
      const auto values = vectors.row(k);
      const auto [found, is_new] = places_.try_emplace({values.begin(), values.end()}, places_.size());
      if (is_new) model_.vectors.insert(model_.vectors.end(), values.begin(), values.end());
      coefficients.resize(std::max(coefficients.size(), found->second + 1), 0.0);
      coefficients[found->second] += line.slope * one.coefficients[k];
    }
  }

  KernelModel take() {
    for (std::vector<double>& coefficients : by_output_) {
      coefficients.resize(places_.size(), 0.0);
      model_.coefficients.insert(model_.coefficients.end(), coefficients.begin(), coefficients.end());
    }
    return std::move(model_);
  }

 private:
  KernelModel model_;
  std::vector<std::vector<double>> by_output_;
  std::map<std::vector<double>, std::size_t> places_;
};

}  // namespace

Fitted learn_classes(const Task& task, const LearnSides& learn) {
  const std::size_t outputs = predictions_of(task.data.classes);
  LinearModel linear;
  JoinedKernels kernels;
  bool is_linear = false;
  for (std::size_t k = 0; k < outputs; ++k) {
    const double own = outputs == 1 ? 1 : static_cast<double>(k);
    std::vector<double> sides;
    for (const double target : task.data.targets) sides.push_back(target == own ? 1 : -1);
    const TrainingData data{task.data.rows, sides, task.data.weights, 2};
    // The same seed for all: where vectors are drawn by it, all machines then share them.
    const Method machine = learn(data, task.seed);
    const Line line = line_of(unseen_margins(data, sides, seed_of(task.seed, k), learn), data, sides);
    is_linear = std::holds_alternative<LinearModel>(machine);
    if (is_linear) add_output(linear, std::get<LinearModel>(machine), line);
    if (!is_linear) kernels.add(std::get<KernelModel>(machine), line, task.data.rows.width);
  }
  const Link link{outputs == 1 ? LinkFunction::logistic : LinkFunction::normalized_logistic, 1};
  if (is_linear) return {std::move(linear), link};
  return {kernels.take(), link};
}

}  // namespace stardose::learning
