// Tables in Markdown whose rows, numbered from 1, end in the tests that hold them: `file.cpp` or `file.py`, and "test
// case".
#pragma once

#include <doctest/doctest.h>

#include <regex>
#include <sstream>
#include <string>

#include "tests/program/temp_folder.h"

namespace stardose::tests {

/// Checks that each row names tests which exist, and returns how many rows there are. `is_test(text, name)`: the file's
/// text has such a test. A file without test cases is a benchmark that checks itself, and counts by its name.
template <typename IsTest>
int check_named_tests(const std::string& table_file, const IsTest& is_test) {
  const std::string source = std::string{STARDOSE_SOURCE_DIR} + "/";
  std::istringstream table{file_text(source + table_file)};
  const std::regex named{"`([^`]+\\.(?:cpp|py))`|\"([^\"]+)\""};
  int rows = 0;
  for (std::string line; std::getline(table, line);) {
    const std::string begin = "| " + std::to_string(rows + 1) + " | ";
    if (!line.starts_with(begin)) continue;
    ++rows;
    CAPTURE(rows);
    const std::string tests = line.substr(line.find(" | ", begin.size()) + 3);
    int found = 0;
    std::string text;
    for (std::sregex_iterator at{tests.begin(), tests.end(), named}, end; at != end; ++at) {
      if ((*at)[1].matched) {
        text = file_text(source + (*at)[1].str());
        found += text.find("TEST_CASE(") == std::string::npos ? 1 : 0;
        continue;
      }
      const std::string name = (*at)[2].str();
      CAPTURE(name);
      CHECK(is_test(text, name));
      ++found;
    }
    CHECK(found > 0);
  }
  return rows;
}

}  // namespace stardose::tests
