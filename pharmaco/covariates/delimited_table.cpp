// Reading separated cells.
#include "pharmaco/covariates/delimited_table.h"

#include <algorithm>
#include <set>
#include <utility>

#include "genomics/basics/sha256.h"
#include "genomics/basics/table_cell.h"
#include "genomics/input_error.h"
#include "genomics/io/whole_text.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

using genomics::Fault;
using genomics::InputError;

namespace {

/// Names of columns may hold a comma or a semicolon, so the more frequent one separates.
char separator_of(std::string_view header) {
  if (header.find('\t') != std::string_view::npos) return '\t';
  return std::ranges::count(header, ';') > std::ranges::count(header, ',') ? ';' : ',';
}

/// A quote inside quotes is written twice. An unclosed one ends with the line. `line_number` is for messages.
std::vector<std::string> cells_of(const std::string& path, std::size_t line_number, std::string_view line,
                                  char separator) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && separator != '\t') {
      const bool doubled = quoted && i + 1 < line.size() && line[i + 1] == '"';
      if (doubled) cells.back() += line[++i];
      if (!doubled) quoted = !quoted;
    } else if (c == separator && !quoted) {
      cells.emplace_back();
      begin = i + 1;
    } else {
      cells.back() += c;
      if (cells.back().size() > longest_cell) refuse_long_cell(path, line_number, begin + 1, longest_cell);
    }
  }
  for (std::string& cell : cells) cell = std::string{genomics::text_of_cell(trimmed(cell))};
  return cells;
}

void drop_empty_end(std::vector<std::string>& cells, std::size_t wanted) {
  while (cells.size() > wanted && cells.back().empty()) cells.pop_back();
}

}  // namespace

void DelimitedTable::fail(std::size_t line, const std::string& why, const std::string& help) const {
  throw InputError{Fault::input, {path, std::to_string(line), why, help}};
}

void DelimitedTable::check_header() const {
  std::set<std::string_view> names;
  for (const std::string& name : header) {
    if (name.empty() || names.insert(name).second) continue;
    fail(header_line, "two columns are called " + genomics::printable(name), "give each a name of its own");
  }
}

DelimitedTable read_delimited(const std::string& path, const std::string& what, const std::string& option) {
  const std::string text = genomics::whole_text(path, what, option);
  DelimitedTable table{.path = path};
  genomics::Sha256 sum;
  sum.update(text);
  table.sha256 = sum.hex();
  char separator = '\t';
  std::string_view rest = text;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view row = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (trimmed(row).empty() || row.front() == '#') continue;
    if (table.header.empty()) {
      separator = separator_of(row);
      table.header = cells_of(path, line, row, separator);
      drop_empty_end(table.header, 1);
      table.header_line = line;
      continue;
    }
    DelimitedTable::Row cells{line, cells_of(path, line, row, separator)};
    drop_empty_end(cells.cells, table.header.size());
    if (cells.cells.size() != table.header.size()) {
      table.fail(
          line,
          std::to_string(cells.cells.size()) + " cells where the header has " + std::to_string(table.header.size()),
          "give one cell for each column; an empty one or NA for what is not known");
    }
    table.rows.push_back(std::move(cells));
  }
  if (table.rows.empty()) {
    throw InputError{Fault::input,
                     {path, "", "the " + what + " have no rows", "give a header line and a line a patient"}};
  }
  return table;
}

}  // namespace stardose::pharmaco
