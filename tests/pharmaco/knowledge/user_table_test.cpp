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

TEST_CASE("bytes that are not UTF-8, and lines that carriage returns alone end, are refused where they are") {
  const TempFolder folder;
  const auto refusal = [&](const std::string& text) {
    const auto parts = input_error_of([&] { (void)UserTable{folder.file("t.tsv", text), "rows", "--rows"}; }).parts();
    CHECK_FALSE(parts.help.empty());
    return parts.place + ": " + parts.why;
  };
  const std::string not_utf8 = "is not UTF-8: the rows hold a byte that begins no character";
  CHECK(refusal("a\tb\nc\tGr\xe4\xdf"
                "e\n") == "2:5: " + not_utf8);
  CHECK(refusal("\xff\xfe,1\n") == "1:1: " + not_utf8);
  CHECK(refusal("# Caf\xe9\na\tb\n") == "1:6: " + not_utf8);  // a comment may hold the names of columns
  const std::string old_mac = "a carriage return (CR) stands without a line feed, as old Macs end lines";
  CHECK(refusal("# calls\rS1\tCYP2D6\t*1/*4\r") == "1:8: " + old_mac);
  CHECK(refusal("a\tb\nc\rd\te\n") == "2:2: " + old_mac);
  CHECK(read("a\tGr\xc3\xa4\xc3\x9f"
             "e\r\r\nc\td\r\n\r\ne\tf\r") ==
        "1:a|Gr\xc3\xa4\xc3\x9f"
        "e| 2:c|d| 4:e|f| ");
}

TEST_CASE("a cell of more characters than anybody writes is refused, where the text is a table") {
  const TempFolder folder;
  const std::string path = folder.file("t.tsv", "a\tb\nc\t" + std::string(100'001, 'x') + "\td\n");
  const UserTable table{path, "rows", "--rows"};
  CHECK(table.text().size() > 100'000);  // JSON in one line is no table
  CHECK(std::string{input_error_of([&] { (void)table.rows(); }).what()} ==
        path + ": 2:3: a cell of more than 100000 characters begins here");
  CHECK(UserTable{folder.file("l.tsv", std::string(10'000, 'x')), "rows", "--rows", 10'000}.rows().size() == 1);
}

TEST_CASE("case, blanks, _ and - do not count in a word, a sign does") {
  CHECK(folded(" Activity_Score ") == "activity score");
  CHECK(folded("poor - metabolizer") == "poor metabolizer");
  CHECK(folded("*1-*2") == "*1 *2");
  CHECK(folded("-1") == "-1");
  CHECK(folded("day -1") == "day -1");
  CHECK(folded("- yes") == "- yes");
  CHECK(folded("").empty());
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
