// How deep a JSON text may go.
#include "genomics/basics/json_nesting.h"

#include <doctest/doctest.h>

#include <string>

using stardose::genomics::deepest_json;
using stardose::genomics::is_nested_too_deeply;

TEST_CASE("lists and objects count as far as they are in each other") {
  const std::string deep(deepest_json, '[');
  CHECK_FALSE(is_nested_too_deeply(deep));
  CHECK(is_nested_too_deeply(deep + "{"));
  std::string beside;
  for (int k = 0; k < 1000; ++k) beside += "[{}],";
  CHECK_FALSE(is_nested_too_deeply(beside));
}

TEST_CASE("brackets in texts do not count, whatever stands before their end") {
  const std::string deep(deepest_json + 1, '[');
  CHECK_FALSE(is_nested_too_deeply("\"" + deep + "\""));
  CHECK_FALSE(is_nested_too_deeply("\"\\\"" + deep + "\""));
  CHECK(is_nested_too_deeply("[\"" + std::string(1000, ']') + "\"," + deep));
  CHECK(is_nested_too_deeply("\"\\\\\"" + deep));
}
