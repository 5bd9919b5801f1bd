// Means, medians, modes, regressions and neighbours of the training rows.
#include "learning/prepare/fit_fills.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>

namespace stardose::learning {

namespace {

std::vector<double> known_of(const std::vector<double>& values) {
  std::vector<double> known;
  std::ranges::copy_if(values, std::back_inserter(known), [](double x) { return !std::isnan(x); });
  return known;
}

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double mode_of(const std::vector<double>& values) {
  std::map<double, std::size_t> counts;
  for (const double value : values) ++counts[value];
  if (counts.empty()) return 0;
  return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
}

/// Mean, median or mode of the known values.
double middle_of(FillBy by, const std::vector<double>& values) {
  const std::vector<double> known = known_of(values);
  if (by == FillBy::mode) return mode_of(known);
  return by == FillBy::median ? median_of(known) : moments_of(known).mean;
}

FillRule by_group(FillBy by, Place column, Place group, const Fitting& fitting) {
  const double overall = middle_of(by, fitting.values(column));
  std::vector<std::vector<double>> of_level(fitting.levels(group).size());
  for (std::size_t row = 0; row < fitting.table().rows; ++row) {
    const double level = fitting.values(group)[row];
    if (!std::isnan(level)) of_level[static_cast<std::size_t>(level)].push_back(fitting.values(column)[row]);
  }
  FillByGroup rule{group, {}, overall};
  for (const auto& values : of_level) rule.values.push_back(known_of(values).empty() ? overall : middle_of(by, values));
  return rule;
}

/// What rows have in the columns of a regression, around the mean: standardised numbers, and for a category a 1 at the
/// level less the level's share. What is missing is 0.
class Design {
 public:
  Design(const std::vector<Place>& on, const std::vector<std::size_t>& rows, const Fitting& fitting)
      : on_{on}, fitting_{fitting} {
    for (const Place place : on) {
      std::vector<double> values;
      values.reserve(rows.size());
      for (const std::size_t row : rows) values.push_back(fitting.values(place)[row]);
      Part& part = parts_.emplace_back();
      if (is_category(place)) {
        part.centres.resize(fitting.levels(place).size());
        const std::vector<double> known = known_of(values);
        for (const double level : known)
          part.centres[static_cast<std::size_t>(level)] += 1 / static_cast<double>(known.size());
      } else {
        const Moments moments = moments_of(values);
        part.centres = {moments.mean};
        if (moments.deviation > 0) part.scale = moments.deviation;
      }
      width_ += static_cast<Eigen::Index>(part.centres.size());
    }
  }

  [[nodiscard]] Eigen::Index width() const { return width_; }
  [[nodiscard]] Eigen::VectorXd row(std::size_t row) const {
    Eigen::VectorXd design = Eigen::VectorXd::Zero(width_);
    Eigen::Index at = 0;
    for (std::size_t k = 0; k < on_.size(); ++k) {
      const double value = fitting_.values(on_[k])[row];
      for (std::size_t level = 0; level < parts_[k].centres.size(); ++level, ++at) {
        if (std::isnan(value)) continue;
        const double here = is_category(on_[k]) ? (static_cast<std::size_t>(value) == level ? 1 : 0) : value;
        design[at] = (here - parts_[k].centres[level]) / parts_[k].scale;
      }
    }
    return design;
  }
  [[nodiscard]] FillByRegression rule(const Eigen::VectorXd& weights, double intercept) const {
    FillByRegression rule{intercept, {}};
    Eigen::Index at = 0;
    for (std::size_t k = 0; k < on_.size(); ++k) {
      RegressionTerm term{on_[k], {}, 0};
      for (const double centre : parts_[k].centres) {
        term.effects.push_back(weights[at++] / parts_[k].scale);
        term.missing += term.effects.back() * centre;
      }
      rule.intercept -= term.missing;
      rule.terms.push_back(std::move(term));
    }
    return rule;
  }

 private:
  struct Part {
    std::vector<double> centres;  ///< of a category the share of each level
    double scale = 1;
  };
  [[nodiscard]] bool is_category(Place place) const { return fitting_.prepared().is_category(place); }

  const std::vector<Place>& on_;
  const Fitting& fitting_;
  std::vector<Part> parts_;
  Eigen::Index width_ = 0;
};

/// Rows where the column is known and so is everything it is filled from, if that are rows enough; else all with it.
std::vector<std::size_t> rows_to_learn_from(Place column, const std::vector<Place>& on, const Fitting& fitting) {
  std::vector<std::size_t> known;
  std::vector<std::size_t> complete;
  for (std::size_t row = 0; row < fitting.table().rows; ++row) {
    if (std::isnan(fitting.values(column)[row])) continue;
    known.push_back(row);
    if (std::ranges::none_of(on, [&](Place place) { return std::isnan(fitting.values(place)[row]); }))
      complete.push_back(row);
  }
  return complete.size() >= 10 * (on.size() + 1) ? complete : known;
}

FillRule by_regression(Place column, std::vector<Place> on, const Fitting& fitting) {
  std::erase(on, column);
  const std::vector<std::size_t> rows = rows_to_learn_from(column, on, fitting);
  std::vector<double> targets;
  targets.reserve(rows.size());
  for (const std::size_t row : rows) targets.push_back(fitting.values(column)[row]);
  const double mean = moments_of(targets).mean;
  if (rows.empty() || on.empty()) return FillByValue{mean};
  const Design design{on, rows, fitting};
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(design.width(), design.width());
  Eigen::VectorXd with_target = Eigen::VectorXd::Zero(design.width());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const Eigen::VectorXd x = design.row(rows[k]);
    products += x * x.transpose();
    with_target += (targets[k] - mean) * x;
  }
  // The levels of a category add up to nothing, so the least squares have many solutions: a millionth of a ridge picks
  // the smallest.
  products.diagonal().array() += 1e-6 * static_cast<double>(rows.size());
  return design.rule(products.ldlt().solve(with_target), mean);
}

FillRule by_neighbours(const FillStep& step, Place column, std::vector<Place> on, const Fitting& fitting) {
  std::erase(on, column);
  const bool is_category = fitting.prepared().is_category(column);
  FillByNeighbours rule{on, {}, step.neighbours, {}, {}, 0};
  for (const Place place : on) {
    const double deviation = moments_of(fitting.values(place)).deviation;
    rule.scales.push_back(fitting.prepared().is_category(place) || deviation == 0 ? 1 : deviation);
  }
  for (std::size_t row = 0; row < fitting.table().rows; ++row) {
    const double value = fitting.values(column)[row];
    if (std::isnan(value)) continue;
    rule.values.push_back(value);
    for (const Place place : on) rule.points.push_back(fitting.values(place)[row]);
  }
  rule.otherwise = middle_of(is_category ? FillBy::mode : FillBy::mean, rule.values);
  return rule;
}

FillRule constant(const FillStep& step, Place column, Fitting& fitting) {
  if (!fitting.prepared().is_category(column)) return FillByValue{step.value};
  const auto& levels = fitting.levels(column);
  const auto found = std::ranges::find(levels, step.level);
  if (found == levels.end()) fitting.fault(fitting.prepared().name_of(column) + " has no level '" + step.level + "'");
  return FillByValue{found == levels.end() ? 0 : static_cast<double>(found - levels.begin())};
}

Wanted wanted_by(const FillStep& step) {
  if (step.by == FillBy::mean || step.by == FillBy::median || step.by == FillBy::regression) return Wanted::numbers;
  return Wanted::any;
}

}  // namespace

Moments moments_of(const std::vector<double>& values) {
  Moments moments;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    moments.mean += value;
    ++moments.known;
  }
  if (moments.known == 0) return moments;
  moments.mean /= static_cast<double>(moments.known);
  for (const double value : values) {
    if (!std::isnan(value)) moments.deviation += (value - moments.mean) * (value - moments.mean);
  }
  moments.deviation = std::sqrt(moments.deviation / static_cast<double>(moments.known));
  if (moments.deviation < 1e-12 * std::abs(moments.mean)) moments.deviation = 0;  // the mean of equals is rounded
  return moments;
}

namespace {

/// What a step asks for that does not go together; null: nothing.
const char* fault_of(const FillStep& step) {
  const bool wants_others = step.by == FillBy::regression || step.by == FillBy::neighbours;
  if (wants_others && step.on.empty()) return "says not which columns to fill from (on)";
  if (step.by == FillBy::neighbours && step.neighbours == 0) return "fills from 0 neighbours";
  const bool has_groups = !wants_others && step.by != FillBy::constant;
  return step.group.empty() || has_groups ? nullptr : "fills by a group what is no mean, median or mode";
}

}  // namespace

void fit_step(const FillStep& step, Fitting& fitting) {
  std::vector<Place> on;
  for (const std::string& name : step.on) {
    if (const auto place = fitting.find(name)) on.push_back(*place);
  }
  std::optional<Place> group;
  if (!step.group.empty()) group = fitting.find(step.group);
  if (group && !fitting.prepared().is_category(*group)) return fitting.fault(step.group + " is no category");
  if (const char* fault = fault_of(step)) return fitting.fault(fault);
  FillAll all;
  for (const Place column : fitting.pick(step.columns, wanted_by(step))) {
    switch (step.by) {
      case FillBy::constant: all.fills.push_back({column, constant(step, column, fitting)}); break;
      case FillBy::regression: all.fills.push_back({column, by_regression(column, on, fitting)}); break;
      case FillBy::neighbours: all.fills.push_back({column, by_neighbours(step, column, on, fitting)}); break;
      default:
        all.fills.push_back({column, group ? by_group(step.by, column, *group, fitting)
                                           : FillRule{FillByValue{middle_of(step.by, fitting.values(column))}}});
    }
  }
  fitting.add(std::move(all));
}

}  // namespace stardose::learning
