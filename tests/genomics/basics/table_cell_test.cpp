// Cells that a spreadsheet does not work out, and the texts that they have.
#include "genomics/basics/table_cell.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace stardose::genomics;

TEST_CASE("what a spreadsheet would work out gets an apostrophe; numbers and words do not") {
  for (const char* text : {"=1+1",
                           "=",
                           "@SUM(A1)",
                           "+A1",
                           "-A1",
                           "+cmd|' /C calc'!A0",
                           "-2+3",
                           "-1-1",
                           "+1,2",
                           "-1:2",
                           "-",
                           "--5",
                           "+-5",
                           "-1/2",

                           "\"=1+1\"",
                           "\"a",
                           "#comment",
                           " =1",
                           "  @a",
                           "'=1",
                           "''=1",
                           "' =1",
                           "'\"",
                           "\xEF\xBC\x9D"
                           "1",
                           "\xEF\xBC\x8B"
                           "1",
                           "\xEF\xBC\x8D"
                           "1",
                           "\xEF\xBC\xA0"
                           "a"}) {
    CAPTURE(text);
    CHECK_EQ(table_cell(text), std::string{"'"} + text);
  }
  for (const char* text :
       {"",    "NA",    ".",   "S1",  "-0.5", "+3",     "-1e-05", "2e-07", "-1639 GG",     "-1639 AG",     "-0",
        "-1.", "*1/*2", "a=1", "a@b", "'a",   "O'Neil", "''",     "' a",   "\xEF\xBC\x9E", "(expectation)"}) {
    CAPTURE(text);
    CHECK_EQ(table_cell(text), text);
    CHECK_EQ(text_of_cell(text), text);
  }
  CHECK_EQ(table_cell("\t=1"), "' =1");
  CHECK_EQ(table_cell("\r\n@a"), "'  @a");
  CHECK_EQ(table_cell("a\tb\x7f"), "a b ");
}

TEST_CASE("any text comes back from its cell, and no two have one") {
  const std::string letters = "='+-@\"#1a. ";
  std::vector<std::string> texts = {""};
  for (std::size_t from = 0, length = 0; length < 5; ++length) {
    const std::size_t end = texts.size();
    for (; from < end; ++from) {
      for (const char c : letters) texts.push_back(texts[from] + c);
    }
  }
  CHECK_EQ(texts.size(), 177156);
  std::size_t wrong = 0;
  for (const std::string& text : texts) {
    const std::string cell = table_cell(text);
    const std::size_t first = cell.find_first_not_of(' ');
    const bool is_formula = first != std::string::npos && std::string{"=@\"#"}.find(cell[first]) != std::string::npos;
    if (text_of_cell(cell) != text || is_formula) ++wrong;
  }
  CHECK_EQ(wrong, 0);
}
