// The suggestion for a mistyped name.
#include "genomics/nearest_name.h"

#include <doctest/doctest.h>

using stardose::genomics::nearest_name;

TEST_CASE("a mistyped name finds the one that was meant") {
  const std::vector<std::string> names = {"input", "index", "samples", "samples-file", "output", "threads"};
  CHECK(nearest_name("outptu", names) == "output");
  CHECK(nearest_name("thread", names) == "threads");
  CHECK(nearest_name("sample", names) == "samples");
  CHECK(nearest_name("samples_file", names) == "samples-file");
  CHECK(nearest_name("OUTPUT", names) == "output");
  CHECK(nearest_name("inp", names) == "input");
}

TEST_CASE("a name that is not near enough finds none") {
  const std::vector<std::string> names = {"input", "output"};
  CHECK(nearest_name("vcf", names).empty());
  CHECK(nearest_name("", names).empty());
  CHECK(nearest_name("xy", {"a", "b"}).empty());
  CHECK(nearest_name("input", {}).empty());
  CHECK(nearest_name(std::string(100'000, 'x'), names).empty());
}

TEST_CASE("of two equally near names the first wins, and an exact one beats both") {
  CHECK(nearest_name("cat", {"bat", "hat"}) == "bat");
  CHECK(nearest_name("sample", {"samples", "sample"}) == "sample");
}
