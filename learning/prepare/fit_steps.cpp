// Fitting steps, one after the other.
#include "learning/prepare/fit_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "genomics/expect.h"
#include "learning/prepare/fit_components.h"
#include "learning/prepare/fit_fills.h"
#include "learning/prepare/fit_filters.h"
#include "learning/prepare/fitting.h"

namespace stardose::learning {

namespace {

void fit_step(const IndicateStep& step, Fitting& fitting) {
  for (const Place column : fitting.pick(step.columns, Wanted::any)) {
    const auto missing = std::ranges::count_if(fitting.values(column), [](double x) { return std::isnan(x); });
    if (!fitting.is_rehearsal() && missing < static_cast<std::ptrdiff_t>(step.fewest)) continue;
    const Place made = fitting.make(fitting.prepared().name_of(column) + " missing", {column});
    fitting.add(Indicate{column, made});
  }
}

void encode(const OneHotStep& step, Place column, Fitting& fitting) {
  const std::vector<std::string> levels = fitting.levels(column);
  const std::string name = fitting.prepared().name_of(column);
  if (!step.reference.empty() && std::ranges::find(levels, step.reference) == levels.end()) {
    return;  // of several categories, the one that has the level
  }
  std::vector<std::size_t> counts(levels.size());
  for (const double value : fitting.values(column)) {
    if (!std::isnan(value)) ++counts[static_cast<std::size_t>(value)];
  }
  const auto is_rare = [&](std::size_t level) {
    return !fitting.is_rehearsal() && counts[level] < step.fewest && levels[level] != step.reference;
  };
  std::size_t rare = 0;
  for (std::size_t level = 0; level < levels.size(); ++level) rare += is_rare(level) ? 1 : 0;
  const bool joins = rare > 1;
  OneHot encoded{
      column, static_cast<Place>(fitting.prepared().places()), {}, step.missing == MissingLevel::stays ? -2 : -1};
  const auto make = [&](const std::string& level) {
    return static_cast<std::int32_t>(fitting.make(name + "=" + level, {column}) - encoded.first);
  };
  std::int32_t other = -1;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    if (levels[level] == step.reference) {
      encoded.level.push_back(-1);
    } else if (joins && is_rare(level)) {
      if (other < 0) other = make("(other)");
      encoded.level.push_back(other);
    } else {
      encoded.level.push_back(make(levels[level]));
    }
  }
  if (step.missing == MissingLevel::level) encoded.missing = make("(missing)");
  fitting.add(std::move(encoded));
  fitting.leave_out({column}, "encoded");
}

void fit_step(const OneHotStep& step, Fitting& fitting) {
  const std::vector<Place> columns = fitting.pick(step.columns, Wanted::categories);
  const auto has_reference = [&](Place column) {
    const auto& levels = fitting.levels(column);
    return step.reference.empty() || std::ranges::find(levels, step.reference) != levels.end();
  };
  if (!std::ranges::all_of(columns, has_reference)) fitting.fault("a category has no level '" + step.reference + "'");
  for (const Place column : columns) encode(step, column, fitting);
}

void fit_step(const ProductStep& step, Fitting& fitting) {
  const std::vector<Place> left = fitting.pick(step.left, Wanted::numbers);
  const std::vector<Place> right = fitting.pick(step.right, Wanted::numbers);
  std::set<std::pair<Place, Place>> done;
  for (const Place a : left) {
    for (const Place b : right) {
      const auto origin = fitting.only_origin(a);
      const bool is_same_category =
          origin && origin == fitting.only_origin(b) && fitting.prepared().is_category(*origin);
      if (a == b || is_same_category || !done.insert({std::min(a, b), std::max(a, b)}).second) continue;
      const auto& prepared = fitting.prepared();
      const Place made = fitting.make(prepared.name_of(a) + " * " + prepared.name_of(b), {a, b});
      fitting.add(Product{a, b, made});
    }
  }
}

std::string transformed_name(Transform by, const std::string& name) {
  switch (by) {
    case Transform::log: return "log(" + name + ")";
    case Transform::log1p: return "log1p(" + name + ")";
    case Transform::sqrt: return "sqrt(" + name + ")";
    case Transform::square: return "square(" + name + ")";
  }
  return name;
}

void fit_step(const TransformStep& step, Fitting& fitting) {
  for (const Place column : fitting.pick(step.columns, Wanted::numbers)) {
    const std::string name = transformed_name(step.by, fitting.prepared().name_of(column));
    const Place made = step.beside ? fitting.make(name, {column}) : column;
    fitting.add(Transformed{column, made, step.by});
  }
}

void fit_step(const StandardiseStep& step, Fitting& fitting) {
  if (!(step.clip >= 0)) return fitting.fault("clips at a number below 0");
  Standardise fitted{fitting.pick(step.columns, Wanted::numbers), {}, {}, step.clip};
  for (const Place column : fitted.columns) {
    const Moments moments = moments_of(fitting.values(column));
    fitted.centres.push_back(moments.mean);
    fitted.scales.push_back(moments.deviation > 0 ? moments.deviation : 1);
  }
  fitting.add(std::move(fitted));
}

void fit_step(const ScaleStep& step, Fitting& fitting) {
  if (!(step.by > 0)) return fitting.fault("scales by a number that is not above 0");
  Standardise fitted{fitting.pick(step.columns, Wanted::numbers), {}, {}, 0};
  fitted.centres.assign(fitted.columns.size(), 0);
  fitted.scales.assign(fitted.columns.size(), 1 / step.by);
  fitting.add(std::move(fitted));
}

void fit_step(const KeepStep& step, Fitting& fitting) {
  const std::vector<Place> kept = fitting.pick(step.columns, Wanted::any);
  std::vector<Place> out;
  std::ranges::set_difference(fitting.pick({}, Wanted::any), kept, std::back_inserter(out));
  fitting.leave_out(out, "not kept");
}

void fit_step(const DropStep& step, Fitting& fitting) {
  if (step.columns.empty()) return fitting.fault("drops all columns");
  fitting.leave_out(fitting.pick(step.columns, Wanted::any), "dropped");
}

/// What a step may need beside the columns.
struct FitStep {
  Fitting& fitting;
  const Selection* selection;
  std::uint64_t seed;

  void operator()(const SelectStep& step) const { fit_step(step, fitting, selection); }
  void operator()(const ComponentsStep& step) const { fit_step(step, fitting, seed); }
  template <class Other>
  void operator()(const Other& step) const {
    fit_step(step, fitting);
  }
};

Frame nobody_of(const std::vector<ColumnKind>& columns) {
  Frame nobody;
  for (const ColumnKind& kind : columns) nobody.columns.push_back({kind, {}});
  return nobody;
}

}  // namespace

std::optional<std::string> fault_of(const std::vector<Step>& steps, const std::vector<ColumnKind>& columns) {
  const Frame nobody = nobody_of(columns);
  if (auto fault = fault_of(nobody)) return fault;
  Fitting fitting{nobody, true};
  for (std::size_t k = 0; k < steps.size(); ++k) {
    std::visit(FitStep{fitting, nullptr, 0}, steps[k]);
    if (fitting.fault()) return fmt::format("step {}: {}", k + 1, *fitting.fault());
  }
  (void)fitting.take();
  return fitting.fault();
}

Prepared rehearse_steps(const std::vector<Step>& steps, const std::vector<ColumnKind>& columns) {
  Fitting fitting{nobody_of(columns), true};
  for (const Step& step : steps) std::visit(FitStep{fitting, nullptr, 0}, step);
  return fitting.take();
}

Prepared fit_steps(const std::vector<Step>& steps, const Frame& people, const Outcomes& outcomes, std::uint64_t seed,
                   const FitFunction& fit) {
  STARDOSE_EXPECT(outcomes.targets.size() == people.rows.size());
  Fitting fitting{people, false};
  const Selection selection{outcomes, seed, fit};
  for (const Step& step : steps) std::visit(FitStep{fitting, &selection, seed}, step);
  return fitting.take();
}

}  // namespace stardose::learning
