// Plain text in columns.
#include "pharmaco/explain/page.h"

#include <doctest/doctest.h>

using stardose::pharmaco::Page;

TEST_CASE("a paragraph is wrapped at spaces and keeps its indent") {
  Page page;
  std::string text;
  for (int i = 0; i < 30; ++i) text += "words ";
  page.paragraph(text);
  std::size_t begin = 0;
  int lines = 0;
  for (std::size_t end = page.text().find('\n'); end != std::string::npos; end = page.text().find('\n', begin)) {
    const std::string line = page.text().substr(begin, end - begin);
    CHECK(line.size() <= Page::width);
    CHECK(line.starts_with("  words"));
    CHECK_FALSE(line.ends_with(' '));
    begin = end + 1;
    ++lines;
  }
  CHECK(lines == 2);
}

TEST_CASE("a word longer than the line stands alone") {
  Page page;
  page.paragraph("a " + std::string(200, 'x') + " b");
  CHECK(page.text() == "  a\n  " + std::string(200, 'x') + "\n  b\n");
}

TEST_CASE("columns of a table are as wide as their widest cell, in characters") {
  Page page;
  page.table({{"a", "bb", "c"}, {"\u2265aa", "b", "cc"}});
  CHECK(page.text() == "  a    bb  c\n  \u2265aa  b   cc\n");
}

TEST_CASE("an item's further lines stand under its text") {
  Page page;
  page.item("- ", "one two", 4);
  CHECK(page.text() == "-   one two\n");
}
