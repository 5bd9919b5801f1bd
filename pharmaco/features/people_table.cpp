// From a table's cells to a frame.
#include "pharmaco/features/people_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "genomics/pseudonyms.h"
#include "pharmaco/covariates/delimited_table.h"
#include "pharmaco/covariates/unit.h"
#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

class PeopleReader {
 public:
  PeopleReader(const DelimitedTable& table, const UnitTable& units, std::string id,
               const std::vector<std::string>& missing)
      : table_{table}, units_{units}, id_{std::move(id)}, missing_{missing.begin(), missing.end()} {
    missing_.insert({"", ".", "NA"});
  }

  PeopleTable read(const std::vector<learning::ModelColumn>& columns) {
    read_names();
    std::string absent;
    std::size_t count = 0;
    std::vector<std::string> others;  // columns that are none of the model's
    for (const std::string& heading : table_.header) {
      const auto is_it = [&](const learning::ModelColumn& column) { return column.kind.name == heading; };
      if (heading != name_column() && std::ranges::none_of(columns, is_it)) others.push_back(heading);
    }
    for (const learning::ModelColumn& column : columns) {
      std::optional<std::size_t> place = place_of(column.kind.name);
      if (!place) place = place_with_unit(column.kind);
      if (place) {
        result_.people.columns.push_back(read_column(column.kind, *place));
      } else if (++count <= 5) {
        const std::string meant = genomics::nearest_name(column.kind.name, others);
        absent += (absent.empty() ? "" : ", ") + genomics::printable(column.kind.name) +
                  (meant.empty() ? "" : " (is it " + genomics::printable(meant) + "?)");
      }
    }
    if (result_.people.columns.empty()) {
      table_.fail(table_.header_line, "none of the model's columns is there: " + absent,
                  "`stardose model show` names them; a table of patients is for `--covariates` with `--features`");
    }
    if (count > 0) {
      result_.warnings.push_back(
          table_.path + ": " + std::to_string(count) + " of the model's " + std::to_string(columns.size()) +
          " columns are not there, and missing in everybody: " + absent + (count > 5 ? ", ..." : ""));
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::optional<std::size_t> place_of(const std::string& name) const {
    const auto found = std::ranges::find(table_.header, name);
    if (found == table_.header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - table_.header.begin());
  }

  /// `weight_kg` or `weight (kg)`, of a model's weight in kg. In another unit it is refused.
  [[nodiscard]] std::optional<std::size_t> place_with_unit(const learning::ColumnKind& kind) const {
    const Unit* wanted = units_.find(kind.unit);
    for (std::size_t k = 0; wanted != nullptr && k < table_.header.size(); ++k) {
      std::string_view rest = table_.header[k];
      if (!rest.starts_with(kind.name)) continue;
      rest = trimmed(rest.substr(kind.name.size()));
      if (rest.empty() || std::string_view{"_([,"}.find(rest.front()) == std::string_view::npos) continue;
      rest.remove_prefix(1);
      if (rest.ends_with(')') || rest.ends_with(']')) rest.remove_suffix(1);
      const Unit* unit = units_.find(trimmed(rest));
      if (unit == nullptr || unit->quantity != wanted->quantity) continue;
      if (unit->name == wanted->name) return k;
      table_.fail(table_.header_line,
                  genomics::printable(table_.header[k]) + ": the model's " + genomics::printable(kind.name) +
                      " is in " + wanted->name,
                  "convert the column, or give patients by --covariates and --features, where units are converted");
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string name_column() const { return id_.empty() ? "sample" : id_; }

  void read_names() {
    const auto place = place_of(name_column());
    if (!place && !id_.empty()) {
      const std::string nearest = genomics::nearest_name(id_, table_.header);
      table_.fail(table_.header_line, "there is no column " + genomics::printable(id_),
                  nearest.empty() ? "name the column of people's names with --id" : "did you mean `" + nearest + "`?");
    }
    std::set<std::string> seen;
    for (const DelimitedTable::Row& row : table_.rows) {
      const std::string name = place ? genomics::known_as(row.cells[*place]) : "line " + std::to_string(row.line);
      if (!seen.insert(name).second) {
        table_.fail(row.line, genomics::printable(name) + " is there twice", "give one row a person");
      }
      result_.people.rows.push_back(name);
    }
  }

  learning::Column read_column(const learning::ColumnKind& kind, std::size_t place) const {
    learning::Column column{kind, {}};
    for (const DelimitedTable::Row& row : table_.rows) {
      const std::string& cell = row.cells[place];
      if (missing_.contains(cell)) {
        column.values.push_back(std::numeric_limits<double>::quiet_NaN());
      } else if (kind.is_category()) {
        auto level = std::ranges::find(column.kind.levels, cell);
        if (level == column.kind.levels.end()) level = column.kind.levels.insert(level, cell);
        column.values.push_back(static_cast<double>(level - column.kind.levels.begin()));
      } else {
        column.values.push_back(number(row, kind.name, cell));
      }
    }
    return column;
  }

  [[nodiscard]] double number(const DelimitedTable::Row& row, const std::string& name, const std::string& cell) const {
    double value = 0;
    if (!read_decimal(cell, value) || !std::isfinite(value)) {
      table_.fail(row.line, genomics::printable(name) + " is no number",
                  "write a number with a point, or say `--missing WORD` of a word for missing");
    }
    return value;
  }

  const DelimitedTable& table_;
  const UnitTable& units_;
  std::string id_;
  std::set<std::string> missing_;
  PeopleTable result_;
};

}  // namespace

PeopleTable read_people(const std::string& path, const std::string& id, const std::vector<std::string>& missing,
                        const std::vector<learning::ModelColumn>& columns) {
  const DelimitedTable table = read_delimited(path, "people", "--table");
  CatalogueFaults faults{"embedded"};
  const UnitTable units = load_units(embedded_files(), faults);
  faults.raise();
  return PeopleReader{table, units, id, missing}.read(columns);
}

}  // namespace stardose::pharmaco
