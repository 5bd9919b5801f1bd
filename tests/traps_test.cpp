// The table of traps names tests that exist.
#include <doctest/doctest.h>

#include "tests/named_tests.h"

namespace stardose::tests {

TEST_CASE("every trap has its tests, and they are where the table says") {
  const int traps = check_named_tests("tests/traps.md", [](const std::string& text, const std::string& name) {
    return text.find("\"" + name + "\"") != std::string::npos;
  });
  CHECK(traps == 15);
}

}  // namespace stardose::tests
