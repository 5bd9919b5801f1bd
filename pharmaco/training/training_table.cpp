// Reading a table by a recipe.
#include "pharmaco/training/training_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string_view>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "genomics/pseudonyms.h"
#include "learning/frame/name_pattern.h"
#include "pharmaco/covariates/unit.h"

namespace stardose::pharmaco {

namespace {

using learning::Column;
using learning::ColumnKind;
using learning::ModelColumn;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

class Reader {
 public:
  Reader(const Recipe& recipe, const DelimitedTable& table, const std::vector<std::string>& targets)
      : recipe_{recipe}, table_{table} {
    for (const std::string& target : targets) targets_.push_back(place_of(target));
  }

  /// Of one target.
  TrainingTask read() {
    read_people();
    task_.people.data.targets = outcomes(targets_.front());
    task_.people.data.scale.power = recipe_.target.power;
    task_.people.data.classes = recipe_.target.classes.size();
    fill_plan();
    refuse(fault_of(task_.plan, task_.people));
    return std::move(task_);
  }
  learning::ResponseStudy read_study() {
    read_people();
    learning::ResponseStudy study{.plan = *recipe_.responses,
                                  .data = {},
                                  .groups = std::move(task_.people.groups),
                                  .labels = std::move(task_.people.data.groups),
                                  .schemes = recipe_.folds,
                                  .ranges = recipe_.ranges,
                                  .target = {"", recipe_.target.unit, {recipe_.target.power}, {}}};
    study.data.people = std::move(task_.people.data.people);
    study.data.values.resize(rows_.size() * targets_.size());
    for (std::size_t k = 0; k < targets_.size(); ++k) {
      study.data.names.push_back(table_.header[targets_[k]]);
      const std::vector<double> values = outcomes(targets_[k]);
      for (std::size_t row = 0; row < values.size(); ++row) {
        study.data.values[row * targets_.size() + k] =
            std::isnan(values[row]) ? missing : to_scale(study.target.scale, values[row]);
      }
    }
    refuse(fault_of(study));
    return study;
  }

 private:
  void read_people() {
    find_rows();
    const std::size_t id = recipe_.id.empty() ? table_.header.size() : place_of(recipe_.id);
    for (const DelimitedTable::Row* row : rows_) {
      task_.people.data.people.rows.push_back(id < row->cells.size() ? genomics::known_as(row->cells[id])
                                                                     : "line " + std::to_string(row->line));
    }
    check_names(task_.people.data.people.rows);
    task_.people.groups.rows = task_.people.data.people.rows;
    read_columns();
    read_groups();
  }
  /// One person in two rows would be learned from and predicted at once.
  void check_names(const std::vector<std::string>& names) const {
    std::map<std::string_view, std::size_t> line_of;
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (names[k].empty()) {
        table_.fail(rows_[k]->line, "the row names nobody", "write a name, or leave `id` out of " + recipe_.file);
      }
      const auto [first, is_new] = line_of.emplace(names[k], rows_[k]->line);
      if (is_new) continue;
      table_.fail(rows_[k]->line,
                  fmt::format("{} is there twice, first in line {}", genomics::printable(names[k]), first->second),
                  fmt::format("give one row a person, or another `id` in {}", recipe_.file));
    }
  }
  void refuse(const std::optional<std::string>& fault) const {
    if (!fault) return;
    throw genomics::InputError{genomics::Fault::input,
                               {recipe_.file, "", *fault, "change the recipe, or give a table that fits it"}};
  }
  [[nodiscard]] std::size_t place_of(const std::string& name) const {
    const auto found = std::ranges::find(table_.header, name);
    if (found != table_.header.end()) return static_cast<std::size_t>(found - table_.header.begin());
    const auto with_unit = std::ranges::find_if(  // `weight_lb` is no `height`, near as the words are
        table_.header, [&](const std::string& heading) { return heading.starts_with(name + "_"); });
    const std::string nearest =
        with_unit != table_.header.end() ? *with_unit : genomics::nearest_name(name, table_.header);
    table_.fail(table_.header_line, fmt::format("there is no column {}, which {} names", name, recipe_.file),
                nearest.empty() ? "give a table with the recipe's columns" : "did you mean `" + nearest + "`?");
  }
  [[nodiscard]] bool is_missing(const std::string& cell) const {
    return std::ranges::find(recipe_.missing, cell) != recipe_.missing.end();
  }
  [[nodiscard]] double number(const DelimitedTable::Row& row, std::size_t place) const {
    const std::string& cell = row.cells[place];
    if (is_missing(cell)) return missing;
    double value = 0;
    if (!read_decimal(cell, value)) {
      table_.fail(row.line, fmt::format("{} is no number", table_.header[place]),
                  "write a number with a point, or declare the word in the recipe: `missing: [NA, ...]`");
    }
    return value;
  }
  [[nodiscard]] double level(const DelimitedTable::Row& row, std::size_t place,
                             const std::vector<std::string>& levels) const {
    const std::string& cell = row.cells[place];
    const auto found = std::ranges::find(levels, cell);
    if (found != levels.end()) return static_cast<double>(found - levels.begin());
    if (!is_missing(cell)) {
      table_.fail(row.line, fmt::format("{} is none of the recipe's levels", table_.header[place]),
                  "add it to the levels, or to `missing`");
    }
    return missing;
  }

  [[nodiscard]] bool keeps(const DelimitedTable::Row& row) const {
    for (std::size_t k = 0; k < recipe_.keep.size(); ++k) {
      const RowFilter& filter = recipe_.keep[k];
      const std::string& cell = row.cells[filters_[k]];
      if (!filter.is.empty() && std::ranges::find(filter.is, cell) == filter.is.end()) return false;
      if (!filter.least && !filter.below) {
        if (filter.is.empty() && is_missing(cell)) return false;
        continue;
      }
      const double value = number(row, filters_[k]);
      if (std::isnan(value) || (filter.least && value < *filter.least) || (filter.below && value >= *filter.below)) {
        return false;
      }
    }
    return std::ranges::any_of(targets_, [&](std::size_t target) { return !is_missing(row.cells[target]); });
  }
  void find_rows() {
    for (const RowFilter& filter : recipe_.keep) filters_.push_back(place_of(filter.column));
    for (const DelimitedTable::Row& row : table_.rows) {
      if (keeps(row)) rows_.push_back(&row);
    }
    if (rows_.empty()) table_.fail(table_.header_line, "no row is left that the recipe keeps", "look at its `keep`");
  }

  [[nodiscard]] std::vector<double> outcomes(std::size_t target) const {
    const std::vector<std::string>& classes = recipe_.target.classes;
    std::vector<double> values;
    for (const DelimitedTable::Row* row : rows_) {
      values.push_back(classes.empty() ? number(*row, target) : level(*row, target, classes));
      if (!classes.empty() || std::isnan(values.back())) continue;
      if (const auto fault = learning::fault_of(learning::TargetScale{recipe_.target.power}, values.back())) {
        table_.fail(row->line, fmt::format("{}: {}", table_.header[target], *fault),
                    "leave the row out with `keep`, or choose another `power`");
      }
    }
    return values;
  }

  [[nodiscard]] Column column(const ColumnKind& kind) const {
    const std::size_t place = place_of(kind.name);
    Column column{kind, {}};
    for (const DelimitedTable::Row* row : rows_) {
      column.values.push_back(kind.is_category() ? level(*row, place, kind.levels) : number(*row, place));
    }
    return column;
  }
  [[nodiscard]] std::set<std::string> named_elsewhere() const {
    std::set<std::string> names{recipe_.report_by.begin(), recipe_.report_by.end()};
    names.insert({recipe_.id, recipe_.group});
    for (const RowFilter& filter : recipe_.keep) names.insert(filter.column);
    for (const RecipeColumn& other : recipe_.columns) names.insert(other.rule.kind.name);
    return names;
  }
  void read_columns() {
    std::set<std::string> taken = named_elsewhere();
    for (const RecipeColumn& declared : recipe_.columns) {
      const std::string& name = declared.rule.kind.name;
      if (name.find('*') == std::string::npos) {
        add(declared.rule);
        continue;
      }
      for (const std::string& header : table_.header) {
        if (!learning::is_like(name, header) || learning::is_like(recipe_.target.column, header) ||
            !taken.insert(header).second)
          continue;
        ModelColumn rule = declared.rule;
        rule.kind.name = header;
        add(rule);
      }
    }
  }
  void add(const ModelColumn& rule) {
    task_.people.data.people.columns.push_back(column(rule.kind));
    task_.plan.rules.push_back(rule);
  }

  /// A category of the recipe's columns, or whatever words the table's column has.
  [[nodiscard]] Column category(const std::string& name) const {
    for (const RecipeColumn& declared : recipe_.columns) {
      if (declared.rule.kind.name == name && declared.rule.kind.is_category()) return column(declared.rule.kind);
    }
    const std::size_t place = place_of(name);
    std::set<std::string> words;
    for (const DelimitedTable::Row* row : rows_) {
      if (!is_missing(row->cells[place])) words.insert(row->cells[place]);
    }
    if (words.empty()) table_.fail(table_.header_line, fmt::format("{} is missing in every row", name), "leave it out");
    return column({name, "", {words.begin(), words.end()}, ""});
  }
  void read_groups() {
    std::vector<std::string> names = recipe_.report_by;
    if (recipe_.intervals && !recipe_.intervals->group.empty()) names.push_back(recipe_.intervals->group);
    for (const std::string& name : names) {
      if (task_.people.groups.find(name) == nullptr) task_.people.groups.columns.push_back(category(name));
    }
    if (recipe_.group.empty()) return;
    const Column groups = category(recipe_.group);
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (std::isnan(groups.values[row])) {
        table_.fail(rows_[row]->line, fmt::format("{} is missing, and folds are by it", recipe_.group),
                    "leave the row out with `keep`");
      }
      task_.people.data.groups.push_back(static_cast<std::uint32_t>(groups.values[row]));
    }
  }

  void fill_plan() {
    learning::TrainingPlan& plan = task_.plan;
    plan.target = {recipe_.target.name.empty() ? table_.header[targets_.front()] : recipe_.target.name,
                   recipe_.target.unit,
                   {recipe_.target.power},
                   recipe_.target.classes};
    plan.contenders = recipe_.contenders;
    plan.search = recipe_.search;
    plan.schemes = recipe_.folds;
    plan.ranges = recipe_.ranges;
    if (!recipe_.intervals) return;
    const RecipeIntervals& intervals = *recipe_.intervals;
    plan.intervals = {.level = intervals.level,
                      .group = intervals.group,
                      .bands_of = intervals.bands_of,
                      .edges = {},
                      .misses = intervals.misses,
                      .level_of_group = intervals.level_of_group,
                      .fewest = intervals.fewest};
    for (const double edge : intervals.edges) {
      if (const auto fault = learning::fault_of(plan.target.scale, edge)) {
        throw genomics::InputError{genomics::Fault::input, {recipe_.file, "", "intervals: edges: " + *fault, ""}};
      }
      plan.intervals->edges.push_back(to_scale(plan.target.scale, edge));
    }
  }

  const Recipe& recipe_;
  const DelimitedTable& table_;
  std::vector<std::size_t> targets_, filters_;
  std::vector<const DelimitedTable::Row*> rows_;
  TrainingTask task_;
};

}  // namespace

std::vector<std::string> target_columns(const Recipe& recipe, const DelimitedTable& table) {
  std::vector<std::string> names;
  for (const std::string& name : table.header) {
    if (learning::is_like(recipe.target.column, name)) names.push_back(name);
  }
  if (names.empty()) {
    table.fail(table.header_line, "there is no column " + recipe.target.column + ", which is to be predicted",
               "give a table with the recipe's columns");
  }
  return names;
}

TrainingTask training_task(const Recipe& recipe, const DelimitedTable& table, const std::string& target) {
  return Reader{recipe, table, {target}}.read();
}

learning::ResponseStudy response_study(const Recipe& recipe, const DelimitedTable& table,
                                       const std::vector<std::string>& targets) {
  return Reader{recipe, table, targets}.read_study();
}

}  // namespace stardose::pharmaco
