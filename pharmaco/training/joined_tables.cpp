// Joining by people's names.
#include "pharmaco/training/joined_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "genomics/pseudonyms.h"

namespace stardose::pharmaco {

namespace {

using genomics::printable;

/// A table with where its people are.
struct People {
  const DelimitedTable& table;
  std::size_t id = 0;  ///< the column of names
  std::map<std::string_view, const DelimitedTable::Row*> rows;
};

std::size_t place_of(const DelimitedTable& table, const std::string& id, const std::string& file) {
  if (id.empty()) {
    table.fail(table.header_line, "tables are joined by people's names, and " + file + " says no column of them",
               "say it as `id`; every table has it");
  }
  const auto found = std::ranges::find(table.header, id);
  if (found == table.header.end()) {
    const std::string nearest = genomics::nearest_name(id, table.header);
    table.fail(table.header_line, fmt::format("there is no column {}, by which tables are joined", printable(id)),
               (nearest.empty() ? "" : "did you mean `" + nearest + "`? ") +
                   fmt::format("every table has the column that {} calls `id`", file));
  }
  return static_cast<std::size_t>(found - table.header.begin());
}

People people_of(const DelimitedTable& table, const std::string& id, const std::string& file) {
  People people{table, place_of(table, id, file), {}};
  for (const DelimitedTable::Row& row : table.rows) {
    const std::string& name = row.cells[people.id];
    if (name.empty()) table.fail(row.line, id + " is empty", "tables are joined by it");
    const auto [first, is_new] = people.rows.emplace(name, &row);
    if (is_new) continue;
    table.fail(
        row.line,
        fmt::format("{} is there twice, first in line {}", printable(genomics::known_as(name)), first->second->line),
        "give one row a person");
  }
  return people;
}

/// Throws where somebody of `some` is not among `others`.
void check_all_in(const People& some, const People& others) {
  const DelimitedTable::Row* first = nullptr;
  std::size_t missing = 0;
  for (const DelimitedTable::Row& row : some.table.rows) {
    if (others.rows.contains(row.cells[some.id])) continue;
    if (first == nullptr) first = &row;
    ++missing;
  }
  if (first == nullptr) return;
  some.table.fail(
      first->line,
      fmt::format("{}{} not in {}", printable(genomics::known_as(first->cells[some.id])),
                  missing == 1 ? " is" : fmt::format(" and {} more are", missing - 1), printable(others.table.path)),
      "give both tables the same people: a row where what is not known is NA, or none in either");
}

void check_same(const People& from, std::size_t column, const DelimitedTable& into, std::size_t own_column,
                std::size_t own_id) {
  for (const DelimitedTable::Row& row : into.rows) {
    const DelimitedTable::Row& other = *from.rows.at(row.cells[own_id]);
    if (other.cells[column] == row.cells[own_column]) continue;
    from.table.fail(other.line,
                    fmt::format("{} of {} is another in {}", printable(from.table.header[column]),
                                printable(genomics::known_as(row.cells[own_id])), printable(into.path)),
                    "leave the column out of one of the tables, or give it another name there");
  }
}

/// Requires: both have the same people.
void add_columns(const People& from, std::size_t own_id, DelimitedTable& into) {
  std::map<std::string_view, std::size_t> own;
  for (std::size_t k = 0; k < into.header.size(); ++k) own.emplace(into.header[k], k);
  std::vector<std::size_t> added;
  for (std::size_t k = 0; k < from.table.header.size(); ++k) {
    if (from.table.header[k].empty()) continue;  // a column that nobody can ask for
    if (const auto found = own.find(from.table.header[k]); found != own.end()) {
      check_same(from, k, into, found->second, own_id);
    } else {
      added.push_back(k);
    }
  }
  for (const std::size_t k : added) into.header.push_back(from.table.header[k]);
  for (DelimitedTable::Row& row : into.rows) {
    const DelimitedTable::Row& more = *from.rows.at(row.cells[own_id]);
    for (const std::size_t k : added) row.cells.push_back(more.cells[k]);
  }
}

}  // namespace

DelimitedTable joined(std::vector<DelimitedTable> tables, const std::string& id, const std::string& file) {
  for (const DelimitedTable& table : tables) table.check_header();
  if (tables.size() == 1) return std::move(tables.front());
  DelimitedTable all = tables.front();
  const People first = people_of(tables.front(), id, file);
  for (std::size_t k = 1; k < tables.size(); ++k) {
    const People more = people_of(tables[k], id, file);
    check_all_in(first, more);
    check_all_in(more, first);
    add_columns(more, first.id, all);
    all.path += " with " + tables[k].path;
    all.sha256 += " " + tables[k].sha256;
  }
  return all;
}

}  // namespace stardose::pharmaco
