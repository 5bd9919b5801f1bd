// Checking fitted steps, and applying them.
#include "learning/prepare/prepared.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "genomics/expect.h"
#include "learning/prepare/working_table.h"

namespace stardose::learning {

namespace {

bool all_finite(const std::vector<double>& numbers) {
  return std::ranges::all_of(numbers, [](double x) { return std::isfinite(x); });
}

/// Follows the steps, knowing how many columns there are so far.
class Check {
 public:
  explicit Check(const Prepared& prepared) : prepared_{prepared}, places_{prepared.columns.size()} {}

  [[nodiscard]] std::size_t places() const { return places_; }

  std::optional<std::string> operator()(const FillAll& step) {
    for (const Fill& fill : step.fills) {
      if (!is_place(fill.column)) return no_place;
      if (auto fault = std::visit([&](const auto& rule) { return rule_fault(fill.column, rule); }, fill.rule))
        return fault;
    }
    return std::nullopt;
  }
  std::optional<std::string> operator()(const Indicate& step) {
    if (!is_place(step.column)) return no_place;
    return makes(step.made, 1);
  }
  std::optional<std::string> operator()(const OneHot& step) {
    if (!is_place(step.column) || !prepared_.is_category(step.column)) return "encodes a column that is no category";
    if (step.level.size() != levels(step.column)) return "has not as many numbers as the category has levels";
    std::set<std::int32_t> used;
    for (const std::int32_t place : step.level) {
      if (place < -1) return "has a level without a column";
      used.insert(place);
    }
    if (step.missing < -2) return "has a missing level without a column";
    used.insert(step.missing);
    std::erase_if(used, [](std::int32_t place) { return place < 0; });
    if (!used.empty() && static_cast<std::size_t>(*used.rbegin()) + 1 != used.size())
      return "makes a column of no level";
    return makes(step.first, used.size());
  }
  std::optional<std::string> operator()(const Product& step) {
    if (!is_number(step.left) || !is_number(step.right)) return no_number;
    return makes(step.made, 1);
  }
  std::optional<std::string> operator()(const Transformed& step) {
    if (!is_number(step.column)) return no_number;
    return step.made == step.column ? std::nullopt : makes(step.made, 1);
  }
  std::optional<std::string> operator()(const Standardise& step) {
    if (!are_numbers(step.columns)) return no_number;
    if (step.centres.size() != step.columns.size() || step.scales.size() != step.columns.size()) return sizes;
    if (!all_finite(step.centres) || !are_scales(step.scales)) return not_finite;
    if (!(step.clip >= 0 && std::isfinite(step.clip))) return not_finite;
    return std::nullopt;
  }
  std::optional<std::string> operator()(const LeaveOut& step) {
    if (!std::ranges::all_of(step.columns, [&](Place place) { return is_place(place); })) return no_place;
    return std::nullopt;
  }
  std::optional<std::string> operator()(const Components& step) {
    if (!are_numbers(step.columns)) return no_number;
    const std::size_t width = step.columns.size();
    if (width == 0 || step.means.size() != width || step.centres.size() != width || step.loadings.size() % width != 0) {
      return sizes;
    }
    if (!all_finite(step.means) || !all_finite(step.centres) || !all_finite(step.loadings)) return not_finite;
    return makes(step.first, step.loadings.size() / width);
  }

  [[nodiscard]] bool is_number(Place place) const { return is_place(place) && !prepared_.is_category(place); }

 private:
  static constexpr const char* no_place = "names a column that is not there yet";
  static constexpr const char* no_number = "takes a category, or a column that is not there yet, for a number";
  static constexpr const char* sizes = "has numbers for other columns";
  static constexpr const char* not_finite = "has a number that is not finite, or a scale that is not positive";

  [[nodiscard]] bool is_place(Place place) const { return place < places_; }
  [[nodiscard]] bool are_numbers(const std::vector<Place>& places) const {
    return std::ranges::all_of(places, [&](Place place) { return is_number(place); });
  }
  static bool are_scales(const std::vector<double>& scales) {
    return std::ranges::all_of(scales, [](double x) { return std::isfinite(x) && x > 0; });
  }
  [[nodiscard]] std::size_t levels(Place place) const {
    return prepared_.is_category(place) ? prepared_.columns[place].levels.size() : 0;
  }
  std::optional<std::string> makes(Place first, std::size_t count) {
    if (first != places_) return "makes a column out of turn";
    places_ += count;
    return std::nullopt;
  }
  /// A level, of a category; else a finite number.
  [[nodiscard]] bool may_be(Place column, double value) const {
    if (!std::isfinite(value)) return false;
    return !prepared_.is_category(column) ||
           (value >= 0 && value == std::floor(value) && value < static_cast<double>(levels(column)));
  }

  [[nodiscard]] std::optional<std::string> rule_fault(Place column, const FillByValue& rule) const {
    if (!may_be(column, rule.value)) return "fills in what the column cannot hold";
    return std::nullopt;
  }
  [[nodiscard]] std::optional<std::string> rule_fault(Place column, const FillByGroup& rule) const {
    if (!is_place(rule.group) || levels(rule.group) == 0 || rule.values.size() != levels(rule.group)) {
      return "fills by a group that is no category, or of other levels";
    }
    const auto fits = [&](double value) { return may_be(column, value); };
    if (!fits(rule.otherwise) || !std::ranges::all_of(rule.values, fits)) return "fills in what the column cannot hold";
    return std::nullopt;
  }
  [[nodiscard]] std::optional<std::string> rule_fault(Place column, const FillByRegression& rule) const {
    if (prepared_.is_category(column)) return "fills a category by regression";
    bool finite = std::isfinite(rule.intercept);
    for (const RegressionTerm& term : rule.terms) {
      if (!is_place(term.column)) return no_place;
      if (term.effects.size() != std::max<std::size_t>(levels(term.column), 1)) return sizes;
      finite = finite && std::isfinite(term.missing) && all_finite(term.effects);
    }
    if (!finite) return not_finite;
    return std::nullopt;
  }
  [[nodiscard]] std::optional<std::string> rule_fault(Place column, const FillByNeighbours& rule) const {
    if (!std::ranges::all_of(rule.on, [&](Place place) { return is_place(place); })) return no_place;
    if (rule.scales.size() != rule.on.size() || rule.points.size() != rule.on.size() * rule.values.size()) return sizes;
    if (!are_scales(rule.scales) || rule.neighbours == 0) return not_finite;
    const auto fits = [&](double value) { return may_be(column, value); };
    if (!fits(rule.otherwise) || !std::ranges::all_of(rule.values, fits)) return "fills in what the column cannot hold";
    if (std::ranges::any_of(rule.points, [](double x) { return std::isinf(x); })) return not_finite;
    return std::nullopt;
  }

  const Prepared& prepared_;
  std::size_t places_;
};

std::optional<std::string> names_fault(const Prepared& prepared) {
  std::set<std::string_view> names;
  for (Place place = 0; place < prepared.places(); ++place) {
    const std::string& name = prepared.name_of(place);
    if (name.empty()) return "prepare: a column has no name";
    if (!names.insert(name).second) return fmt::format("prepare: two columns are named {}", name);
  }
  for (const MadeColumn& made : prepared.made) {
    if (made.inputs.empty()) return fmt::format("prepare: {} comes from no input", made.name);
  }
  return std::nullopt;
}

}  // namespace

bool FillByNeighbours::operator==(const FillByNeighbours& other) const {
  const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  return on == other.on && scales == other.scales && neighbours == other.neighbours && values == other.values &&
         otherwise == other.otherwise && std::ranges::equal(points, other.points, same);
}

const std::string& Prepared::name_of(Place place) const {
  return place < columns.size() ? columns[place].name : made[place - columns.size()].name;
}

std::vector<std::string> Prepared::inputs_of(Place place) const {
  if (place >= columns.size()) return made[place - columns.size()].inputs;
  const ColumnKind& kind = columns[place];
  return {kind.input.empty() ? kind.name : kind.input};
}

std::vector<FeatureLabel> Prepared::labels_of(const std::vector<Place>& places) const {
  std::vector<FeatureLabel> labels;
  labels.reserve(places.size());
  for (const Place place : places) labels.push_back({name_of(place), inputs_of(place)});
  return labels;
}

std::optional<std::string> fault_of(const Prepared& prepared) {
  if (auto fault = names_fault(prepared)) return fault;
  Check check{prepared};
  for (std::size_t k = 0; k < prepared.steps.size(); ++k) {
    if (auto fault = std::visit(check, prepared.steps[k])) return fmt::format("prepare step {}: {}", k + 1, *fault);
  }
  if (check.places() != prepared.places()) return "prepare: a column that no step makes";
  std::set<Place> features;
  for (const Place place : prepared.features) {
    if (!check.is_number(place)) return "prepare: a feature that is no number";
    if (!features.insert(place).second) return "prepare: a feature twice";
  }
  if (features.empty()) return "prepare: no features";
  return std::nullopt;
}

RowTable apply(const Prepared& prepared, const Frame& people) {
  WorkingTable table{people.rows.size(), {}};
  table.columns.reserve(prepared.places());
  for (const ColumnKind& kind : prepared.columns) {
    const Column* column = people.find(kind.name);
    STARDOSE_EXPECT(column != nullptr && column->kind.levels == kind.levels && column->values.size() == table.rows);
    table.columns.push_back(column->values);
  }
  for (const FittedStep& step : prepared.steps) apply_step(step, prepared, table);
  RowTable rows{{}, prepared.features.size()};
  rows.values.resize(table.rows * rows.width);
  for (std::size_t k = 0; k < rows.width; ++k) {
    const std::vector<double>& column = table.columns[prepared.features[k]];
    for (std::size_t row = 0; row < table.rows; ++row) rows.values[row * rows.width + k] = column[row];
  }
  return rows;
}

}  // namespace stardose::learning
