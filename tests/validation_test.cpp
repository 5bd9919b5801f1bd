// The table of promises names tests that exist.
#include <doctest/doctest.h>

#include <regex>
#include <sstream>
#include <string>

#include "tests/program/temp_folder.h"

namespace stardose::tests {

TEST_CASE("every promise has its tests, and they are where the table says") {
  const std::string source = std::string{STARDOSE_SOURCE_DIR} + "/";
  std::istringstream table{file_text(source + "docs/validation.md")};
  const std::regex named{"`([^`]+\\.cpp)`|\"([^\"]+)\""};
  int promises = 0;
  for (std::string line; std::getline(table, line);) {
    const std::string begin = "| " + std::to_string(promises + 1) + " | ";
    if (!line.starts_with(begin)) continue;
    ++promises;
    CAPTURE(promises);
    const std::string tests = line.substr(line.find(" | ", begin.size()) + 3);
    int found = 0;
    std::string text;
    for (std::sregex_iterator at{tests.begin(), tests.end(), named}, end; at != end; ++at) {
      if ((*at)[1].matched) {
        text = file_text(source + (*at)[1].str());
        continue;
      }
      const std::string name = (*at)[2].str();
      CAPTURE(name);
      CHECK(text.find("TEST_CASE(\"" + name + "\")") != std::string::npos);
      ++found;
    }
    CHECK(found > 0);
  }
  CHECK_EQ(promises, 21);
}

}  // namespace stardose::tests
