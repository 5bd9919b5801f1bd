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
#include "pharmaco/covariates/delimited_table.h"
#include "pharmaco/covariates/unit.h"

namespace stardose::pharmaco {

namespace {

class PeopleReader {
 public:
  PeopleReader(const DelimitedTable& table, std::string id, const std::vector<std::string>& missing)
      : table_{table}, id_{std::move(id)}, missing_{missing.begin(), missing.end()} {
    missing_.insert({"", ".", "NA"});
  }

  PeopleTable read(const std::vector<learning::ModelColumn>& columns) {
    read_names();
    std::string absent;
    std::size_t count = 0;
    for (const learning::ModelColumn& column : columns) {
      const auto place = place_of(column.kind.name);
      if (place) {
        result_.people.columns.push_back(read_column(column.kind, *place));
      } else if (++count <= 5) {
        absent += (absent.empty() ? "" : ", ") + genomics::printable(column.kind.name);
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

  void read_names() {
    const auto place = place_of(id_.empty() ? "sample" : id_);
    if (!place && !id_.empty()) {
      const std::string nearest = genomics::nearest_name(id_, table_.header);
      table_.fail(table_.header_line, "there is no column " + genomics::printable(id_),
                  nearest.empty() ? "name the column of people's names with --id" : "did you mean `" + nearest + "`?");
    }
    std::set<std::string> seen;
    for (const DelimitedTable::Row& row : table_.rows) {
      const std::string name = place ? row.cells[*place] : "line " + std::to_string(row.line);
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
      table_.fail(row.line, genomics::printable(name) + " is no number: " + genomics::printable(cell),
                  "write a number with a point, or say `--missing WORD` of a word for missing");
    }
    return value;
  }

  const DelimitedTable& table_;
  std::string id_;
  std::set<std::string> missing_;
  PeopleTable result_;
};

}  // namespace

PeopleTable read_people(const std::string& path, const std::string& id, const std::vector<std::string>& missing,
                        const std::vector<learning::ModelColumn>& columns) {
  const DelimitedTable table = read_delimited(path, "people", "--table");
  return PeopleReader{table, id, missing}.read(columns);
}

}  // namespace stardose::pharmaco
