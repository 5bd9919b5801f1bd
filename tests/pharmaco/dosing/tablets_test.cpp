// Doses made up of tablets.
#include "pharmaco/dosing/tablets.h"

#include <doctest/doctest.h>

namespace stardose::pharmaco {

namespace {

std::string made_up(double mg, Tablets tablets = {{1, 2, 2.5, 3, 4, 5, 6, 7.5, 10}, 3, ""}) {
  const auto dose = nearest_tablets(tablets, mg);
  return dose ? to_text(*dose) : "none";
}

}  // namespace

TEST_SUITE("tablets") {
  TEST_CASE("the nearest sum, with the fewest tablets") {
    CHECK(made_up(5) == "5 mg");
    CHECK(made_up(6.69) == "4 + 2.5 mg");
    CHECK(made_up(3.63) == "2.5 + 1 mg");
    CHECK(made_up(9.1) == "6 + 3 mg");
    CHECK(made_up(13.5, {{0.5, 1, 5}, 6, ""}) == "5 + 5 + 1 + 1 + 1 + 0.5 mg");
  }

  TEST_CASE("of two that are as near the lower") { CHECK(made_up(5.25, {{5, 5.5}, 1, ""}) == "5 mg"); }

  TEST_CASE("a dose that tablets would change by more than a tenth has none") {
    CHECK(made_up(0.73) == "none");
    CHECK(made_up(1.13) == "none");
    CHECK(made_up(0.95) == "1 mg");
    CHECK(made_up(45) == "none");
  }
}

}  // namespace stardose::pharmaco
