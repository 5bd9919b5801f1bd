// Metrics by group.
#include "learning/evaluate/card_figures.h"

#include <cmath>

#include "learning/evaluate/metrics.h"

namespace stardose::learning {

namespace {

using Places = std::vector<std::size_t>;

struct Figures {
  const TrainingPlan& plan;
  const Dataset& data;
  const std::vector<double>& predicted;
  const std::vector<MarginInterval>& intervals;

  [[nodiscard]] CardGroup of(const std::string& column, const std::string& level, const Places& rows) const {
    CardGroup group{column, level, rows.size(), {}};
    data.classes == 0 ? quantity(rows, group.figures) : classes(rows, group.figures);
    return group;
  }

 private:
  void quantity(const Places& rows, std::vector<CardFigure>& figures) const {
    const QuantityMetrics metrics = quantity_metrics(observed(rows), predictions(rows, 1));
    const std::string& unit = plan.target.unit;
    figures = {{"MAE", unit, metrics.mean_absolute_error},
               {"within 20 %", "%", 100 * metrics.within_20_percent},
               {"RMSE", unit, metrics.root_mean_square_error},
               {"bias", unit, metrics.bias},
               {"R2", "", metrics.r2},
               {"r", "", metrics.pearson},
               {"over 20 %", "%", 100 * metrics.over_20_percent},
               {"under 20 %", "%", 100 * metrics.under_20_percent},
               {"calibration slope", "", metrics.calibration_slope}};
    if (intervals.empty()) return;
    double covered = 0;
    double width = 0;
    for (const std::size_t row : rows) {
      if (data.targets[row] >= intervals[row].low && data.targets[row] <= intervals[row].high) ++covered;
      width += intervals[row].high - intervals[row].low;
    }
    const auto count = static_cast<double>(rows.size());
    figures.push_back({"covered", "%", 100 * covered / count});
    figures.push_back({"interval width", unit, width / count});
  }
  void classes(const Places& rows, std::vector<CardFigure>& figures) const {
    const ClassMetrics metrics =
        class_metrics(observed(rows), predictions(rows, predictions_of(data.classes)), data.classes);
    figures = {{"AUROC", "", metrics.auroc},
               {"Brier", "", metrics.brier},
               {"log loss", "", metrics.log_loss},
               {"accuracy", "%", 100 * metrics.accuracy},
               {"calibration slope", "", metrics.calibration_slope}};
  }
  [[nodiscard]] std::vector<double> observed(const Places& rows) const {
    std::vector<double> values;
    for (const std::size_t row : rows) values.push_back(data.targets[row]);
    return values;
  }
  [[nodiscard]] std::vector<double> predictions(const Places& rows, std::size_t each) const {
    std::vector<double> values;
    for (const std::size_t row : rows) {
      for (std::size_t k = 0; k < each; ++k) values.push_back(predicted[row * each + k]);
    }
    return values;
  }
};

std::size_t range_of(const std::vector<OutcomeRange>& ranges, double target) {
  std::size_t k = 0;
  while (k + 1 < ranges.size() && target >= ranges[k].below) ++k;
  return k;
}

void add_levels(const Figures& figures, const Column& column, CardValidation& card) {
  std::vector<Places> of_level(column.kind.levels.size() + 1);
  for (std::size_t row = 0; row < column.values.size(); ++row) {
    const double code = column.values[row];
    of_level[std::isnan(code) ? column.kind.levels.size() : static_cast<std::size_t>(code)].push_back(row);
  }
  for (std::size_t level = 0; level < of_level.size(); ++level) {
    if (of_level[level].empty()) continue;
    const std::string name = level < column.kind.levels.size() ? column.kind.levels[level] : "(missing)";
    card.groups.push_back(figures.of(column.kind.name, name, of_level[level]));
  }
}

}  // namespace

CardValidation card_validation(const std::string& name, const TrainingPlan& plan, const People& people,
                               const std::vector<double>& predicted, const std::vector<MarginInterval>& intervals) {
  const Dataset& data = people.data;
  const Figures figures{plan, data, predicted, intervals};
  Places all(data.targets.size());
  for (std::size_t row = 0; row < all.size(); ++row) all[row] = row;
  CardValidation card{name, {figures.of("", "", all)}, {}, {}};
  for (const Column& column : people.groups.columns) add_levels(figures, column, card);
  if (data.classes == 0) {
    std::vector<Places> of_range(plan.ranges.size());
    for (const std::size_t row : all) {
      if (!of_range.empty()) of_range[range_of(plan.ranges, data.targets[row])].push_back(row);
    }
    for (std::size_t k = 0; k < of_range.size(); ++k) {
      if (!of_range[k].empty()) card.groups.push_back(figures.of(plan.target.name, plan.ranges[k].name, of_range[k]));
    }
  }
  if (predictions_of(data.classes) == 1) {
    for (const CalibrationBin& bin : calibration_bins(data.targets, predicted)) {
      card.calibration.push_back({bin.rows, bin.predicted, bin.observed});
    }
  }
  return card;
}

}  // namespace stardose::learning
