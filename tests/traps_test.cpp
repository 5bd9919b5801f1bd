// The table of traps names tests that exist.
#include <doctest/doctest.h>

#include <regex>
#include <sstream>
#include <string>

#include "tests/program/temp_folder.h"

namespace stardose::tests {

TEST_CASE("every trap has its tests, and they are where the table says") {
  const std::string source = std::string{STARDOSE_SOURCE_DIR} + "/";
  std::istringstream table{file_text(source + "tests/traps.md")};
  const std::regex named{"`([^`]+\\.cpp)`|\"([^\"]+)\""};
  int traps = 0;
  for (std::string line; std::getline(table, line);) {
    const std::string begin = "| " + std::to_string(traps + 1) + " | ";
    if (!line.starts_with(begin)) continue;
    ++traps;
    CAPTURE(traps);
    const std::string tests = line.substr(line.find(" | ", begin.size()) + 3);
    int found = 0;
    std::string text;
    for (std::sregex_iterator at{tests.begin(), tests.end(), named}, end; at != end; ++at) {
      if ((*at)[1].matched) {
        text = file_text(source + (*at)[1].str());
        found += text.find("TEST_CASE(") == std::string::npos ? 1 : 0;  // a benchmark, which checks itself
        continue;
      }
      const std::string name = (*at)[2].str();
      CAPTURE(name);
      CHECK(text.find("\"" + name + "\"") != std::string::npos);
      ++found;
    }
    CHECK(found > 0);
  }
  CHECK(traps == 15);
}

}  // namespace stardose::tests
