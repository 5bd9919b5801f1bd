// Reading tab-separated tables.
#include "pharmaco/knowledge/tsv.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "genomics/basics/control_characters.h"

namespace stardose::pharmaco {

namespace {

/// Hands out lines with their numbers, comments left out.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_{text} {}

  bool next(std::string_view& line, std::size_t& number) {
    while (!rest_.empty()) {
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      line = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      number = ++number_;
      if (!line.empty() && line.front() != '#') return true;
    }
    return false;
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

}  // namespace

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> items;
  if (text.empty()) return items;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(separator, at);
    items.push_back(text.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return items;
    at = end + separator.size();
  }
}

bool read_number(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

std::vector<std::string_view> tsv_header(std::string_view text) {
  Lines lines{text};
  std::string_view line;
  std::size_t number = 0;
  return lines.next(line, number) ? split(line, "\t") : std::vector<std::string_view>{};
}

TsvTable read_tsv(const std::string& file, std::string_view text, std::span<const std::string_view> columns,
                  CatalogueFaults& faults) {
  TsvTable table;
  Lines lines{text};
  std::string_view line;
  std::size_t number = 0;
  if (!lines.next(line, number)) {
    faults.add(file, 0, "the table is empty");
    return table;
  }
  if (!std::ranges::equal(split(line, "\t"), columns)) {
    std::string expected;
    for (const std::string_view column : columns) expected += (expected.empty() ? "" : " ") + std::string{column};
    faults.add(file, number, "the header is not: " + expected);
    return table;
  }
  while (lines.next(line, number)) {
    TsvTable::Row row{number, split(line, "\t")};
    const bool has_empty = std::ranges::any_of(row.cells, [](std::string_view cell) { return cell.empty(); });
    if (row.cells.size() != columns.size()) {
      faults.add(file, number,
                 "expected " + std::to_string(columns.size()) + " cells, found " + std::to_string(row.cells.size()));
    } else if (has_empty) {
      faults.add(file, number, "a cell is empty; `.` stands for nothing");
    } else if (std::ranges::any_of(row.cells, genomics::has_control_character)) {
      faults.add(file, number, "a control character in a cell");
    } else {
      for (std::string_view& cell : row.cells) {
        if (cell == ".") cell = {};
      }
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace stardose::pharmaco
