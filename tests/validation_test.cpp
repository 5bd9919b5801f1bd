// The table of promises names tests that exist.
#include <doctest/doctest.h>

#include "tests/named_tests.h"

namespace stardose::tests {

TEST_CASE("every promise has its tests, and they are where the table says") {
  const int promises = check_named_tests("docs/validation.md", [](const std::string& text, const std::string& name) {
    return text.find("TEST_CASE(\"" + name + "\")") != std::string::npos ||
           text.find("def " + name + "(") != std::string::npos;
  });
  CHECK(promises == 25);
}

}  // namespace stardose::tests
