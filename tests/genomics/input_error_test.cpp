// The wording of errors and the loudness of bugs.
#include "genomics/input_error.h"

#include <doctest/doctest.h>

#include <string>

#include "genomics/expect.h"

using namespace stardose::genomics;

TEST_CASE("an error reads file, place, why, and leaves out what is empty") {
  CHECK(std::string{InputError{Fault::input, {"a.vcf", "chr1:5", "malformed record", "help"}}.what()} ==
        "a.vcf: chr1:5: malformed record");
  CHECK(std::string{InputError{Fault::usage, {"", "", "no input given", ""}}.what()} == "no input given");
}

TEST_CASE("an error stays on one line and of bearable length whatever a file holds") {
  const InputError error{Fault::input, {"a\nb.vcf", "chr\t1", std::string(1000, 'x'), ""}};
  const std::string text = error.what();
  CHECK(text.starts_with("a?b.vcf: chr?1: xxx"));
  CHECK(text.ends_with("xxx..."));
  CHECK(text.size() < 450);
  CHECK(printable("\x1b[31m\x7f") == "?[31m?");
}

TEST_CASE("a broken invariant names itself and its place") {
  const auto broken = [] { STARDOSE_EXPECT(1 + 1 == 3); };
  CHECK_THROWS_AS(broken(), std::logic_error);
  try {
    broken();
  } catch (const std::logic_error& error) {
    CHECK(std::string{error.what()}.find("expected 1 + 1 == 3") != std::string::npos);
    CHECK(std::string{error.what()}.find("input_error_test.cpp:") != std::string::npos);
  }
}
