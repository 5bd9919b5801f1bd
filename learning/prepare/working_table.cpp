// Carrying fitted steps out.
#include "learning/prepare/working_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace stardose::learning {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double effect_of(const RegressionTerm& term, const Prepared& prepared, double value) {
  if (std::isnan(value)) return term.missing;
  return prepared.is_category(term.column) ? term.effects[static_cast<std::size_t>(value)] : term.effects[0] * value;
}

struct CarryOut {
  const Prepared& prepared;
  WorkingTable& table;

  std::vector<double>& make() const { return table.columns.emplace_back(table.rows); }

  void operator()(const FillAll& all) const {
    std::vector<std::vector<double>> columns;
    for (const Fill& fill : all.fills) {
      std::vector<double>& column = columns.emplace_back(table.columns[fill.column]);
      for (std::size_t row = 0; row < table.rows; ++row) {
        if (std::isnan(column[row])) column[row] = filled(fill, prepared, table, row);
      }
    }
    for (std::size_t k = 0; k < columns.size(); ++k) table.columns[all.fills[k].column] = std::move(columns[k]);
  }
  void operator()(const Indicate& step) const {
    std::vector<double>& made = make();
    for (std::size_t row = 0; row < table.rows; ++row) made[row] = std::isnan(table.columns[step.column][row]) ? 1 : 0;
  }
  void operator()(const OneHot& step) const {
    std::int32_t count = step.missing + 1;
    for (const std::int32_t place : step.level) count = std::max(count, place + 1);
    for (std::int32_t k = 0; k < count; ++k) make();
    for (std::size_t row = 0; row < table.rows; ++row) {
      const double value = table.columns[step.column][row];
      const std::int32_t place = std::isnan(value) ? step.missing : step.level[static_cast<std::size_t>(value)];
      if (place >= 0) table.columns[step.first + static_cast<Place>(place)][row] = 1;
      for (std::int32_t k = 0; place == -2 && k < count; ++k)
        table.columns[step.first + static_cast<Place>(k)][row] = missing;
    }
  }
  void operator()(const Product& step) const {
    std::vector<double>& made = make();
    for (std::size_t row = 0; row < table.rows; ++row) {
      made[row] = table.columns[step.left][row] * table.columns[step.right][row];
    }
  }
  void operator()(const Transformed& step) const {
    if (step.made == table.columns.size()) make();
    for (std::size_t row = 0; row < table.rows; ++row) {
      table.columns[step.made][row] = transformed(step.by, table.columns[step.column][row]);
    }
  }
  void operator()(const Standardise& step) const {
    for (std::size_t k = 0; k < step.columns.size(); ++k) {
      for (double& value : table.columns[step.columns[k]]) value = (value - step.centres[k]) / step.scales[k];
      if (step.clip == 0) continue;
      for (double& value : table.columns[step.columns[k]]) {
        if (!std::isnan(value)) value = std::clamp(value, -step.clip, step.clip);
      }
    }
  }
  void operator()(const LeaveOut& /*step*/) const {}
  void operator()(const Components& step) const {
    const std::size_t width = step.columns.size();
    const std::size_t count = width == 0 ? 0 : step.loadings.size() / width;
    for (std::size_t k = 0; k < count; ++k) {
      std::vector<double>& made = make();
      for (std::size_t j = 0; j < width; ++j) {
        const std::vector<double>& column = table.columns[step.columns[j]];
        const double loading = step.loadings[k * width + j];
        for (std::size_t row = 0; row < table.rows; ++row) {
          const double value = std::isnan(column[row]) ? step.means[j] : column[row];
          made[row] += loading * (value - step.centres[j]);
        }
      }
    }
  }
};

struct FilledBy {
  const Prepared& prepared;
  const WorkingTable& table;
  std::size_t row;
  bool of_category;

  [[nodiscard]] double at(Place column) const { return table.columns[column][row]; }

  double operator()(const FillByValue& rule) const { return rule.value; }
  double operator()(const FillByGroup& rule) const {
    const double level = at(rule.group);
    return std::isnan(level) ? rule.otherwise : rule.values[static_cast<std::size_t>(level)];
  }
  double operator()(const FillByRegression& rule) const {
    double sum = rule.intercept;
    for (const RegressionTerm& term : rule.terms) sum += effect_of(term, prepared, at(term.column));
    return sum;
  }
  double operator()(const FillByNeighbours& rule) const {
    const std::vector<std::size_t> nearest = nearest_points(rule);
    if (nearest.empty()) return rule.otherwise;
    if (of_category) return most_frequent(rule, nearest);
    double sum = 0;
    for (const std::size_t point : nearest) sum += rule.values[point];
    return sum / static_cast<double>(nearest.size());
  }

  /// NaN: no column that both know.
  [[nodiscard]] double distance(const FillByNeighbours& rule, std::size_t point) const {
    double sum = 0;
    double known = 0;
    for (std::size_t k = 0; k < rule.on.size(); ++k) {
      const double mine = at(rule.on[k]);
      const double theirs = rule.points[point * rule.on.size() + k];
      if (std::isnan(mine) || std::isnan(theirs)) continue;
      const double step = (mine - theirs) / rule.scales[k];
      sum += prepared.is_category(rule.on[k]) ? (mine == theirs ? 0 : 1) : step * step;
      ++known;
    }
    return known == 0 ? missing : sum / known;
  }
  [[nodiscard]] std::vector<std::size_t> nearest_points(const FillByNeighbours& rule) const {
    std::vector<std::pair<double, std::size_t>> points;
    for (std::size_t point = 0; point < rule.values.size(); ++point) {
      const double away = distance(rule, point);
      if (!std::isnan(away)) points.emplace_back(away, point);
    }
    const auto count = std::min<std::size_t>(points.size(), rule.neighbours);
    std::partial_sort(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(count), points.end());
    std::vector<std::size_t> nearest;
    for (std::size_t k = 0; k < count; ++k) nearest.push_back(points[k].second);
    return nearest;
  }
  /// The level that most of them have, of equals the first.
  static double most_frequent(const FillByNeighbours& rule, const std::vector<std::size_t>& nearest) {
    std::map<double, std::size_t> counts;
    for (const std::size_t point : nearest) ++counts[rule.values[point]];
    return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
  }
};

}  // namespace

double filled(const Fill& fill, const Prepared& prepared, const WorkingTable& table, std::size_t row) {
  return std::visit(FilledBy{prepared, table, row, prepared.is_category(fill.column)}, fill.rule);
}

double transformed(Transform by, double value) {
  switch (by) {
    case Transform::log: return value > 0 ? std::log(value) : missing;
    case Transform::log1p: return value > -1 ? std::log1p(value) : missing;
    case Transform::sqrt: return value >= 0 ? std::sqrt(value) : missing;
    case Transform::square: return value * value;
  }
  return missing;
}

void apply_step(const FittedStep& step, const Prepared& prepared, WorkingTable& table) {
  std::visit(CarryOut{prepared, table}, step);
}

}  // namespace stardose::learning
