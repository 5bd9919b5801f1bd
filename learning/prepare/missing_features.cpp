// Following what is missing through the steps, without values.
#include "learning/prepare/missing_features.h"

#include <algorithm>
#include <cmath>

#include "genomics/expect.h"
#include "learning/prepare/fit_steps.h"

namespace stardose::learning {

namespace {

struct Follow {
  std::vector<bool>& missing;  // of each column so far

  void operator()(const FillAll& step) const {
    for (const Fill& fill : step.fills) missing[fill.column] = false;
  }
  void operator()(const Indicate& /*step*/) const { missing.push_back(false); }
  void operator()(const OneHot& step) const {
    const std::int32_t last = std::max(step.missing, *std::ranges::max_element(step.level));
    for (std::int32_t k = 0; k <= last; ++k) missing.push_back(step.missing == -2 && missing[step.column]);
  }
  void operator()(const Product& step) const { missing.push_back(missing[step.left] || missing[step.right]); }
  void operator()(const Transformed& step) const {
    const bool may_be = step.by != Transform::square || missing[step.column];
    if (step.made == missing.size()) missing.push_back(false);
    missing[step.made] = may_be;
  }
  void operator()(const Standardise& /*step*/) const {}
  void operator()(const LeaveOut& /*step*/) const {}
  void operator()(const Components& step) const {
    missing.resize(missing.size() + step.loadings.size() / step.columns.size(), false);
  }
};

}  // namespace

std::vector<bool> may_be_missing(const Prepared& prepared, const std::vector<bool>& columns) {
  STARDOSE_EXPECT(columns.size() == prepared.columns.size());
  std::vector<bool> missing = columns;
  for (const FittedStep& step : prepared.steps) std::visit(Follow{missing}, step);
  std::vector<bool> of_features;
  for (const Place place : prepared.features) of_features.push_back(missing[place]);
  return of_features;
}

std::optional<std::string> unfilled_feature(const std::vector<Step>& steps, const Frame& people) {
  std::vector<bool> columns;
  std::vector<ColumnKind> kinds;
  for (const Column& column : people.columns) {
    columns.push_back(std::ranges::any_of(column.values, [](double x) { return std::isnan(x); }));
    kinds.push_back(column.kind);
  }
  const Prepared prepared = rehearse_steps(steps, kinds);
  const std::vector<bool> missing = may_be_missing(prepared, columns);
  const auto found = std::ranges::find(missing, true);
  if (found == missing.end()) return std::nullopt;
  return prepared.name_of(prepared.features[static_cast<std::size_t>(found - missing.begin())]);
}

}  // namespace stardose::learning
