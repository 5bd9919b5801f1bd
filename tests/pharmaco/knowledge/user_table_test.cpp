// Tables that users bring.
#include "pharmaco/knowledge/user_table.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "tests/builders/cohort.h"
#include "tests/builders/pipe.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::pharmaco;
using stardose::test::input_error_of;
using stardose::test::Pipe;
using stardose::test::TempFolder;

namespace {

/// `LINE:a|b ` for each row.
std::string shown(const UserTable& table) {
  std::string text;
  for (const UserTable::Row& row : table.rows()) {
    text += std::to_string(row.line) + ":";
    for (const std::string_view cell : row.cells) text += std::string{cell} + "|";
    text += " ";
  }
  return text;
}

std::string read(const std::string& text) {
  const TempFolder folder;
  return shown(UserTable{folder.file("t.tsv", text), "rows", "--rows"});
}

}  // namespace

TEST_CASE("comments, empty lines, Windows' line ends, blanks and the mark of spreadsheets do not count") {
  CHECK(read("# note\n\na\tb\n \t \n c \t d\r\n") == "3:a|b| 5:c|d| ");
  CHECK(read("\xef\xbb\xbf"
             "a\tb") == "1:a|b| ");
  CHECK(read("a\t\tb\n") == "1:a||b| ");
  CHECK(read("").empty());
}

TEST_CASE("short texts, long ones and pipes are read alike") {
  std::string rows;
  std::string expected;
  for (int i = 1; i <= 20000; ++i) {
    rows += "sample" + std::to_string(i) + "\tx\n";
    expected += std::to_string(i) + ":sample" + std::to_string(i) + "|x| ";
  }
  CHECK(read(rows) == expected);
  const TempFolder folder;
  const Pipe pipe{folder.path() + "/pipe", rows};
  CHECK(shown(UserTable{pipe.path(), "rows", "--rows"}) == expected);
}

TEST_CASE("what is no text, or cannot be read, is refused") {
  const TempFolder folder;
  const auto why = [](const std::string& path) {
    return input_error_of([&] { (void)UserTable{path, "rows", "--rows"}; }).parts().why;
  };
  CHECK(why("/nowhere/t.tsv") == "cannot open the rows");
  CHECK(why(folder.file("t.gz", std::string{"\x1f\x8b\0\0", 4})) == "is not a text: the rows hold a zero byte");
  CHECK(why(folder.path()) == "is a folder");
}

TEST_CASE("columns are found by name, in any order and spelling of blanks") {
  static constexpr std::array<std::string_view, 2> needed = {"gene", "activity_score"};
  static constexpr std::array<std::string_view, 1> more = {"note"};
  const TempFolder folder;
  const auto places = [&](const std::string& header, bool others_allowed) {
    const UserTable table{folder.file("t.tsv", header), "rows", "--rows"};
    return find_columns(table, table.rows().front(), {needed, more, others_allowed});
  };
  CHECK(places("Activity Score\tGENE\n", false) == std::vector<std::size_t>{1, 0, absent});
  CHECK(places("x\tnote\tgene\tactivity-score\n", true) == std::vector<std::size_t>{2, 3, 1});
  const auto why = [&](const std::string& header) {
    return input_error_of([&] { (void)places(header, false); }).parts().why;
  };
  CHECK(why("gene\n") == "no column named activity_score");
  CHECK(why("gene\tactivity_score\tnotes\n") == "unknown column: notes");
  CHECK(why("gene\tgene\tactivity_score\n") == "the column is there twice: gene");
}
