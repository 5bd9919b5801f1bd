// Joining by people's names.
#include "pharmaco/training/joined_tables.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "genomics/input_error.h"

namespace stardose::pharmaco {

namespace {

using RowOf = std::map<std::string, const DelimitedTable::Row*>;

std::size_t place_of(const DelimitedTable& table, const std::string& id, const std::string& file) {
  const auto found = std::ranges::find(table.header, id);
  if (id.empty() || found == table.header.end()) {
    table.fail(table.header_line,
               id.empty() ? "tables are joined by people's names, and no column is said to hold them"
                          : "there is no column " + id + ", which tables are joined by",
               "say the column as `id` in " + file + "; every table has it");
  }
  return static_cast<std::size_t>(found - table.header.begin());
}

RowOf rows_by_name(const DelimitedTable& table, std::size_t id) {
  RowOf rows;
  for (const DelimitedTable::Row& row : table.rows) {
    const auto [first, is_new] = rows.emplace(row.cells[id], &row);
    if (is_new) continue;
    table.fail(
        row.line,
        genomics::printable(row.cells[id]) + " is there twice, first in line " + std::to_string(first->second->line),
        "give one row a person");
  }
  return rows;
}

/// Adds the columns that `into` has not yet; people of `into` who are not in `from` are taken out.
void add_columns(const DelimitedTable& from, std::size_t id, std::size_t own_id, DelimitedTable& into) {
  const RowOf rows = rows_by_name(from, id);
  std::vector<std::size_t> added;
  for (std::size_t k = 0; k < from.header.size(); ++k) {
    if (std::ranges::find(into.header, from.header[k]) != into.header.end()) continue;
    added.push_back(k);
  }
  for (const std::size_t k : added) into.header.push_back(from.header[k]);
  std::erase_if(into.rows, [&](const DelimitedTable::Row& row) { return !rows.contains(row.cells[own_id]); });
  for (DelimitedTable::Row& row : into.rows) {
    const DelimitedTable::Row& more = *rows.at(row.cells[own_id]);
    for (const std::size_t k : added) row.cells.push_back(more.cells[k]);
  }
}

}  // namespace

JoinedTables joined(std::vector<DelimitedTable> tables, const std::string& id, const std::string& file) {
  JoinedTables result{std::move(tables.front()), 0};
  if (tables.size() == 1) return result;
  DelimitedTable& table = result.table;
  const std::size_t own_id = place_of(table, id, file);
  (void)rows_by_name(table, own_id);
  std::set<std::string> people;
  for (const DelimitedTable::Row& row : table.rows) people.insert(row.cells[own_id]);
  for (std::size_t k = 1; k < tables.size(); ++k) {
    const std::size_t place = place_of(tables[k], id, file);
    for (const DelimitedTable::Row& row : tables[k].rows) people.insert(row.cells[place]);
    add_columns(tables[k], place, own_id, table);
    table.path += " with " + tables[k].path;
  }
  if (table.rows.empty()) table.fail(table.header_line, "nobody is in all tables", "names must be the same in each");
  result.left_out = people.size() - table.rows.size();
  return result;
}

}  // namespace stardose::pharmaco
