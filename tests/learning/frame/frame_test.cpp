// Frames: what may stand in one, and taking rows.
#include "learning/frame/frame.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace stardose::learning;

namespace {

Frame small_frame() {
  return {{"ann", "bob", "eve"},
          {{{"weight", "kg", {}, {}}, {70, NAN, 55}}, {{"sex", {}, {"female", "male"}, {}}, {0, 1, NAN}}}};
}

}  // namespace

TEST_CASE("a frame of numbers and categories with missing values has no fault") {
  CHECK(!fault_of(small_frame()));
  CHECK(small_frame().find("sex")->kind.is_category());
  CHECK(small_frame().find("height") == nullptr);
}

TEST_CASE("what is wrong with a frame is said with its place") {
  Frame frame = small_frame();
  SUBCASE("lengths") {
    frame.columns[0].values.pop_back();
    CHECK(fault_of(frame) == "column weight: 2 values for 3 rows");
  }
  SUBCASE("a code that is no level") {
    frame.columns[1].values[1] = 2;
    CHECK(fault_of(frame) == "column sex, row 2: no level 2");
  }
  SUBCASE("a code between levels") {
    frame.columns[1].values[1] = 0.5;
    CHECK(fault_of(frame) == "column sex, row 2: no level 0.5");
  }
  SUBCASE("an infinity") {
    frame.columns[0].values[0] = std::numeric_limits<double>::infinity();
    CHECK(fault_of(frame) == "column weight, row 1: not finite");
  }
  SUBCASE("names") {
    frame.columns[1].kind.name = "weight";
    CHECK(fault_of(frame) == "two columns are named weight");
  }
  SUBCASE("people") {
    frame.rows[2] = "ann";
    CHECK(fault_of(frame) == "two rows are named ann");
  }
  SUBCASE("levels") {
    frame.columns[1].kind.levels = {"male", "male"};
    CHECK(fault_of(frame) == "column sex: a level twice");
  }
}

TEST_CASE("rows are taken in the order asked for") {
  const Frame taken = rows_of(small_frame(), {2, 0});
  CHECK(taken.rows == std::vector<std::string>{"eve", "ann"});
  CHECK(taken.columns[0].values == std::vector<double>{55, 70});
  CHECK(std::isnan(taken.columns[1].values[0]));
  CHECK(taken.columns[1].values[1] == 0);
}
