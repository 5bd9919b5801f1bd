// Checking a frame, and taking rows of it.
#include "learning/frame/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

#include "genomics/expect.h"

namespace stardose::learning {

namespace {

std::optional<std::string> fault_of(const Column& column, std::size_t rows) {
  if (column.values.size() != rows) {
    return fmt::format("column {}: {} values for {} rows", column.kind.name, column.values.size(), rows);
  }
  for (std::size_t row = 0; row < rows; ++row) {
    const double value = column.values[row];
    if (std::isnan(value)) continue;
    if (!std::isfinite(value)) return fmt::format("column {}, row {}: not finite", column.kind.name, row + 1);
    if (!column.kind.is_category()) continue;
    if (value != std::floor(value) || value < 0 || value >= static_cast<double>(column.kind.levels.size())) {
      return fmt::format("column {}, row {}: no level {}", column.kind.name, row + 1, value);
    }
  }
  return std::nullopt;
}

}  // namespace

const Column* Frame::find(std::string_view name) const {
  const auto found = std::ranges::find_if(columns, [&](const Column& column) { return column.kind.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

std::optional<std::string> fault_of(const Frame& frame) {
  std::set<std::string_view> names;
  for (const std::string& row : frame.rows) {
    if (!names.insert(row).second) return fmt::format("two rows are named {}", row);
  }
  names.clear();
  for (const Column& column : frame.columns) {
    if (column.kind.name.empty()) return "a column has no name";
    if (!names.insert(column.kind.name).second) return fmt::format("two columns are named {}", column.kind.name);
    const std::set<std::string_view> levels{column.kind.levels.begin(), column.kind.levels.end()};
    if (levels.size() != column.kind.levels.size()) return fmt::format("column {}: a level twice", column.kind.name);
    if (auto fault = fault_of(column, frame.rows.size())) return fault;
  }
  return std::nullopt;
}

Frame rows_of(const Frame& frame, const std::vector<std::size_t>& places) {
  STARDOSE_EXPECT(std::ranges::all_of(places, [&](std::size_t place) { return place < frame.rows.size(); }));
  Frame taken;
  taken.rows.reserve(places.size());
  for (const std::size_t place : places) taken.rows.push_back(frame.rows[place]);
  for (const Column& column : frame.columns) {
    Column& copy = taken.columns.emplace_back(Column{column.kind, {}});
    copy.values.reserve(places.size());
    for (const std::size_t place : places) copy.values.push_back(column.values[place]);
  }
  return taken;
}

void append(Frame& frame, Frame rows) {
  if (frame.columns.empty()) {
    frame = std::move(rows);
    return;
  }
  STARDOSE_EXPECT(frame.columns.size() == rows.columns.size());
  std::ranges::move(rows.rows, std::back_inserter(frame.rows));
  for (std::size_t k = 0; k < rows.columns.size(); ++k) {
    std::vector<double>& values = frame.columns[k].values;
    values.insert(values.end(), rows.columns[k].values.begin(), rows.columns[k].values.end());
  }
}

}  // namespace stardose::learning
