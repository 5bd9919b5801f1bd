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
    table_.check_header();
    read_names();
    std::string absent;
    std::size_t count = 0;
    std::vector<std::string> others;  // columns that are none of the model's
    std::set<std::string> own;
    for (const learning::ModelColumn& column : columns) own.insert(column.kind.name);
    for (const std::string& heading : table_.header) {
      if (heading != name_column() && !own.contains(heading)) others.push_back(heading);
    }
    for (const learning::ModelColumn& column : columns) {
      if (const auto place = only_place_of(column.kind, own)) {
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

  /// The unit of `weight_kg` or `weight (kg)`; nullptr of what is no weight with a unit.
  [[nodiscard]] const Unit* unit_in(std::string_view heading, const std::string& name) const {
    if (!heading.starts_with(name)) return nullptr;
    std::string_view rest = trimmed(heading.substr(name.size()));
    if (rest.empty() || std::string_view{"_([,"}.find(rest.front()) == std::string_view::npos) return nullptr;
    rest.remove_prefix(1);
    if (rest.ends_with(')') || rest.ends_with(']')) rest.remove_suffix(1);
    return units_.find(trimmed(rest));
  }

  /// `weight`, `weight_kg` or `weight (kg)`, of a model's weight in kg. Two of them are refused, and one in another
  /// unit where there is none without. A column of the model's own (`own`) is never taken for another.
  [[nodiscard]] std::optional<std::size_t> only_place_of(const learning::ColumnKind& kind,
                                                         const std::set<std::string>& own) const {
    std::optional<std::size_t> place = place_of(kind.name);
    const bool is_plain = place.has_value();
    const Unit* wanted = units_.find(kind.unit);
    for (std::size_t k = 0; wanted != nullptr && k < table_.header.size(); ++k) {
      const std::string& heading = table_.header[k];
      const Unit* unit = own.contains(heading) ? nullptr : unit_in(heading, kind.name);
      if (unit == nullptr || unit->quantity != wanted->quantity) continue;
      if (unit->name == wanted->name) {
        if (place) refuse_both(kind.name, table_.header[*place], heading);
        place = k;
      } else if (!is_plain) {
        refuse_unit(kind.name, heading, *wanted);
      }
    }
    return place;
  }

  [[noreturn]] void refuse_both(const std::string& name, const std::string& one, const std::string& other) const {
    table_.fail(table_.header_line,
                "two columns of " + genomics::printable(name) + ": " + genomics::printable(one) + " and " +
                    genomics::printable(other),
                "remove one of them");
  }
  [[noreturn]] void refuse_unit(const std::string& name, const std::string& heading, const Unit& wanted) const {
    table_.fail(table_.header_line,
                genomics::printable(heading) + ": the model's " + genomics::printable(name) + " is in " + wanted.name,
                "convert the column, or give patients by --covariates and --features, where units are converted");
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
      if (name.empty()) table_.fail(row.line, "the row names nobody", "write a name, each person's own");
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
