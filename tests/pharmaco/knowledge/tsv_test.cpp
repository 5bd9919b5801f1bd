// Tables of the catalogue.
#include "pharmaco/knowledge/tsv.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>

using namespace stardose::pharmaco;
using Items = std::vector<std::string_view>;
using Texts = std::vector<std::string>;

namespace {

constexpr std::array<std::string_view, 2> columns = {"name", "value"};

Texts faults_of(const std::string& text) {
  CatalogueFaults faults{"test"};
  (void)read_tsv("t.tsv", text, columns, faults);
  return faults.lines();
}

}  // namespace

TEST_CASE("rows are read with their line numbers, comments and empty lines left out") {
  CatalogueFaults faults{"test"};
  const std::string text = "# source\nname\tvalue\n\na\t1\n# more\nb\t.\n";
  const TsvTable table = read_tsv("t.tsv", text, columns, faults);
  CHECK(faults.none());
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].line == 4);
  CHECK(table.rows[0].cells == Items{"a", "1"});
  CHECK(table.rows[1].line == 6);
  CHECK(table.rows[1].cells == Items{"b", ""});
}

TEST_CASE("the last line needs no end") {
  CatalogueFaults faults{"test"};
  const std::string text = "name\tvalue\na\t1";
  CHECK(read_tsv("t.tsv", text, columns, faults).rows.size() == 1);
}

TEST_CASE("each fault of a table is named with its line") {
  CHECK(faults_of("") == Texts{"t.tsv: the table is empty"});
  CHECK(faults_of("# only a comment\n") == Texts{"t.tsv: the table is empty"});
  CHECK(faults_of("name\tother\na\t1\n") == Texts{"t.tsv:1: the header is not: name value"});
  CHECK(faults_of("value\tname\n").size() == 1);
  CHECK(faults_of("name\tvalue\textra\n").size() == 1);
  CHECK(faults_of("name\tvalue\na\nb\t1\t2\n") ==
        Texts{"t.tsv:2: expected 2 cells, found 1", "t.tsv:3: expected 2 cells, found 3"});
  const std::string zero = std::string{"name\tvalue\na\t1"} + '\0' + "\n";
  for (const std::string& text : {zero, std::string{"name\tvalue\na\x01\t1\n"}, std::string{"name\tvalue\na\t1\r\n"}}) {
    CHECK(faults_of(text) == Texts{"t.tsv:2: a control character in a cell"});
  }
  CHECK(faults_of("name\tvalue\na\t\n") == Texts{"t.tsv:2: a cell is empty; `.` stands for nothing"});
}

TEST_CASE("faulty rows are left out and good ones kept") {
  CatalogueFaults faults{"test"};
  const std::string text = "name\tvalue\na\nb\t1\n";
  CHECK(read_tsv("t.tsv", text, columns, faults).rows.size() == 1);
}

TEST_CASE("a text splits at every separator") {
  CHECK(split("", ",").empty());
  CHECK(split("a", ",") == Items{"a"});
  CHECK(split("a,,b,", ",") == Items{"a", "", "b", ""});
  CHECK(split("a | b | c", " | ") == Items{"a", "b", "c"});
}

TEST_CASE("only a whole number is a number") {
  std::int64_t number = 0;
  CHECK(read_number("42", number));
  CHECK(number == 42);
  CHECK(read_number("-7", number));
  for (const char* text : {"", "4x", "x4", " 4", "4 ", "4.0", "+4", "99999999999999999999"}) {
    CHECK_FALSE(read_number(text, number));
  }
}

TEST_CASE("a table's header is its first line that is no comment") {
  CHECK(tsv_header("# c\na\tb\nc\td\n") == Items{"a", "b"});
  CHECK(tsv_header("").empty());
}
