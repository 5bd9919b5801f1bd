// Tables with a model's own columns: units, names that are nearly right, what is refused.
#include "pharmaco/features/people_table.h"

#include <doctest/doctest.h>

#include <cmath>

#include "genomics/input_error.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

std::vector<learning::ModelColumn> columns() {
  std::vector<learning::ModelColumn> columns(3);
  columns[0].kind = {"weight", "kg", {}, {}};
  columns[1].kind = {"race", {}, {"White", "Asian"}, {}};
  columns[2].kind = {"count", {}, {}, {}};
  return columns;
}

pharmaco::PeopleTable read(const std::string& text) {
  const TempFolder folder;
  return pharmaco::read_people(folder.write("t.tsv", text), "", {}, columns());
}

std::string refusal_of(const std::string& text) {
  try {
    (void)read(text);
  } catch (const genomics::InputError& error) {
    return error.parts().place + ": " + error.parts().why;
  }
  return "read";
}

}  // namespace

TEST_SUITE("people table") {
  TEST_CASE("a heading may have the model's unit, and no other") {
    for (const std::string heading : {"weight", "weight_kg", "weight (kg)", "weight [kg]", "weight,kg"}) {
      CAPTURE(heading);
      const auto table = read("sample\t" + heading + "\trace\tcount\nA\t80\tAsian\t1\n");
      CHECK(table.warnings.empty());
      CHECK_EQ(table.people.columns[0].values, std::vector<double>{80});
      CHECK_EQ(table.people.columns[0].kind.name, "weight");
    }
    CHECK_EQ(refusal_of("sample\tweight_lb\trace\tcount\nA\t80\tAsian\t1\n"),
             "1: weight_lb: the model's weight is in kg");
    CHECK_EQ(refusal_of("sample\tweight (g)\trace\nA\t80\tAsian\n"), "1: weight (g): the model's weight is in kg");
  }

  TEST_CASE("a column that is not there is told with the one that was probably meant") {
    const auto table = read("sample\twieght\trace\tcount\nA\t80\tAsian\t1\n");
    REQUIRE_EQ(table.warnings.size(), 1);
    CHECK(table.warnings[0].ends_with(
        "1 of the model's 3 columns are not there, and missing in everybody: weight (is it wieght?)"));
    CHECK_EQ(table.people.columns.size(), 2);
    // A column of the model's own is never taken for another.
    CHECK(read("sample\tcount\nA\t1\n").warnings[0].ends_with("missing in everybody: weight, race"));
  }

  TEST_CASE("missing values are missing, other words of a category are kept apart") {
    const auto table = read("weight\trace\tcount\n.\tMartian\tNA\n");
    CHECK_EQ(table.people.rows, std::vector<std::string>{"line 2"});
    CHECK(std::isnan(table.people.columns[0].values[0]));
    CHECK_EQ(table.people.columns[1].values[0], 2);
    CHECK_EQ(table.people.columns[1].kind.levels.back(), "Martian");
    CHECK_EQ(refusal_of("weight\nheavy\n"), "2: weight is no number");
    CHECK(refusal_of("height\n1\n").starts_with("1: none of the model's columns is there: weight"));
  }

  TEST_CASE("which of two columns is meant nobody can say, whether the model knows them or not") {
    CHECK_EQ(refusal_of("sample,count,count\nA,1,9\n"), "1: two columns are called count");
    CHECK_EQ(refusal_of("sample,count,site,site\nA,1,9,9\n"), "1: two columns are called site");
    CHECK_EQ(refusal_of("sample,sample,count\nA,B,1\n"), "1: two columns are called sample");
    CHECK_EQ(refusal_of("weight\tweight_kg\n80\t90\n"), "1: two columns of weight: weight and weight_kg");
    CHECK_EQ(refusal_of("weight (kg)\tweight_kg\n80\t90\n"), "1: two columns of weight: weight (kg) and weight_kg");
    CHECK_EQ(refusal_of("weight,,,count\n80,x,y,1\n"), "read");  // without names they are nobody's
  }

  TEST_CASE("a row of nobody is refused") {
    CHECK_EQ(refusal_of("sample\tcount\nA\t1\n\t2\n"), "3: the row names nobody");
  }
}

}  // namespace stardose::tests
