// Tables of numbers beside models: commas, tabs or blanks between them.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "learning/document/field.h"

namespace stardose::test {

struct NumbersFile {
  std::vector<double> values;
  std::size_t width = 0;
};

/// Reads a file, without its first `skipped` lines; `nan` and an empty cell are NaN, of
/// `index:value` the value counts, words that are no numbers fail.
inline NumbersFile read_numbers(const std::string& path, int skipped = 0) {
  std::ifstream file{path};
  if (!file) throw std::runtime_error{"cannot read " + path};
  NumbersFile table;
  for (std::string line; std::getline(file, line);) {
    if (skipped-- > 0) continue;
    for (char& c : line) c = c == '\t' || c == ' ' ? ',' : c;
    std::stringstream cells{line + (line.ends_with(',') ? "," : "")};
    std::size_t width = 0;
    for (std::string cell; std::getline(cells, cell, ','); ++width) {
      cell = cell.substr(cell.find(':') + 1);  // npos + 1 is 0
      if (cell.empty() || cell == "nan") cell = "NaN";
      const auto number = learning::parse_number<double>(cell);
      if (!number) throw std::runtime_error{"no number in " + path + ": " + cell};
      table.values.push_back(*number);
    }
    if (table.width != 0 && width != table.width) throw std::runtime_error{"uneven rows in " + path};
    table.width = width;
  }
  return table;
}

}  // namespace stardose::test
