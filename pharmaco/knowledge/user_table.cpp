// Reading tables that users bring.
#include "pharmaco/knowledge/user_table.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "genomics/basics/table_cell.h"
#include "genomics/io/whole_text.h"
#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

using genomics::Fault;
using genomics::InputError;

namespace {

std::string listed(const ColumnNames& names) {
  std::string text;
  for (const std::string_view name : names.required) text += (text.empty() ? "" : ", ") + std::string{name};
  for (const std::string_view name : names.optional) text += ", " + std::string{name} + " (optional)";
  return text;
}

bool is_digit(std::string_view text) { return !text.empty() && text.front() >= '0' && text.front() <= '9'; }

bool is_same_column(std::string_view written, std::string_view name) { return folded(written) == folded(name); }

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string folded(std::string_view text) {
  text = trimmed(text);
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    // -1 is a usual word for missing, and is no 1; day -1 is no day 1.
    const bool is_sign = i == 0 || (c == '-' && text[i - 1] == ' ' && is_digit(text.substr(i + 1, 1)));
    if (!is_sign && (c == ' ' || c == '_' || c == '-')) {
      if (result.back() != ' ') result += ' ';
    } else {
      result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return result;
}

void refuse_long_cell(const std::string& path, std::size_t line, std::size_t column, std::size_t longest) {
  throw InputError{Fault::input,
                   {path, std::to_string(line) + ":" + std::to_string(column),
                    "a cell of more than " + std::to_string(longest) + " characters begins here",
                    "look for a tab, a quote or a line end that is missing"}};
}

UserTable::UserTable(std::string path, const std::string& what, const std::string& option, std::size_t longest)
    : path_{std::move(path)}, longest_{longest} {
  const std::string whole = genomics::whole_text(path_, what, option);
  text_.assign(whole.begin(), whole.end());
  std::string_view rest{text_.data(), text_.size()};
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (trimmed(text).empty() || text.front() == '#') continue;
    Row row{line, split(text, "\t")};
    for (std::string_view& cell : row.cells) {
      if (long_line_ == 0 && cell.size() > longest_) {
        long_line_ = line;
        long_column_ = static_cast<std::size_t>(cell.data() - text.data()) + 1;
      }
      cell = genomics::text_of_cell(trimmed(cell));
    }
    rows_.push_back(std::move(row));
  }
}

const std::vector<UserTable::Row>& UserTable::rows() const {
  if (long_line_ != 0) refuse_long_cell(path_, long_line_, long_column_, longest_);
  return rows_;
}

void UserTable::fail(const Row& row, const std::string& why, const std::string& help) const {
  throw InputError{Fault::input, {path_, std::to_string(row.line), why, help}};
}

std::vector<std::size_t> find_columns(const UserTable& table, const UserTable::Row& header, const ColumnNames& names) {
  std::vector<std::string_view> wanted{names.required.begin(), names.required.end()};
  wanted.insert(wanted.end(), names.optional.begin(), names.optional.end());
  std::vector<std::size_t> places(wanted.size(), absent);
  const std::string help = "the columns are: " + listed(names);
  for (std::size_t column = 0; column < header.cells.size(); ++column) {
    const auto name =
        std::ranges::find_if(wanted, [&](std::string_view one) { return is_same_column(header.cells[column], one); });
    if (name == wanted.end()) {
      if (names.others_allowed) continue;
      table.fail(header, "unknown column: " + std::string{header.cells[column]}, help);
    }
    std::size_t& place = places[static_cast<std::size_t>(name - wanted.begin())];
    if (place != absent) table.fail(header, "the column is there twice: " + std::string{*name}, help);
    place = column;
  }
  for (std::size_t i = 0; i < names.required.size(); ++i) {
    if (places[i] == absent) table.fail(header, "no column named " + std::string{wanted[i]}, help);
  }
  return places;
}

}  // namespace stardose::pharmaco
