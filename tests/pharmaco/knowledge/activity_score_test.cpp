// Activity scores as numbers and as text.
#include "pharmaco/knowledge/activity_score.h"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace stardose::pharmaco;

namespace {

std::string again(const char* text) {
  const auto score = read_activity_score(text);
  return score ? to_string(*score) : "none";
}

}  // namespace

TEST_CASE("scores are written with one decimal at least") {
  CHECK(to_string(ActivityScore{0, false}) == "0.0");
  CHECK(to_string(ActivityScore{100, false}) == "1.0");
  CHECK(to_string(ActivityScore{150, false}) == "1.5");
  CHECK(to_string(ActivityScore{125, false}) == "1.25");
  CHECK(to_string(ActivityScore{105, false}) == "1.05");
  CHECK(to_string(ActivityScore{300, true}) == ">=3.0");
}

TEST_CASE("scores are read in every way in which they are written") {
  CHECK(again("2") == "2.0");
  CHECK(again("2.0") == "2.0");
  CHECK(again("0.25") == "0.25");
  CHECK(again("1.50") == "1.5");
  CHECK(again(">=3") == ">=3.0");
  CHECK(again("\u22653.0") == ">=3.0");
  CHECK(again("0") == "0.0");
}

TEST_CASE("anything else is not a score") {
  for (const char* text : {"", ".", "1.", "1.234", "-1", "+1", "1,5", "1.2.3", "n/a", ">= 3", ">3", ">=", "=3", "1e2",
                           " 1", "1 ", "12345678901", "\u2265"}) {
    INFO(text);
    CHECK(again(text) == "none");
  }
}

TEST_CASE("every score of hundredths reads back as itself") {
  for (int hundredths = 0; hundredths < 1000; ++hundredths) {
    for (const bool at_least : {false, true}) {
      const ActivityScore score{hundredths, at_least};
      REQUIRE(read_activity_score(to_string(score)) == score);
    }
  }
}

TEST_CASE("sums are exact and stay at least what a part is at least") {
  ActivityScore sum;
  for (int k = 0; k < 10; ++k) sum = sum + ActivityScore{10, false};
  CHECK(sum == ActivityScore{100, false});
  CHECK(sum + ActivityScore{200, true} == ActivityScore{300, true});
}
