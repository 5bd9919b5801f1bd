// What is UTF-8, and what becomes of what is not.
#include "genomics/basics/utf8.h"

#include <doctest/doctest.h>

#include "genomics/basics/line_ends.h"

using namespace stardose::genomics;

TEST_CASE("UTF-8: shortest forms of characters that there are") {
  constexpr std::size_t none = std::string_view::npos;
  CHECK_EQ(find_not_utf8(""), none);
  CHECK_EQ(find_not_utf8("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x92\x8a"), none);  // of one to four bytes
  CHECK_EQ(find_not_utf8("ab\xe4"), 2);                                    // Latin-1
  CHECK_EQ(find_not_utf8("\x80"), 0);                                      // a byte that goes on
  CHECK_EQ(find_not_utf8("a\xc3"), 1);                                     // cut short
  CHECK_EQ(find_not_utf8("\xc0\xaf"), 0);                                  // overlong
  CHECK_EQ(find_not_utf8("\xed\xa0\x80"), 0);                              // a surrogate
  CHECK_EQ(find_not_utf8("\xf4\x90\x80\x80"), 0);                          // beyond the last
  CHECK_EQ(as_utf8("Gr\xe4\xdf"
                   "e \xc3\xa4"),
           "Gr\xef\xbf\xbd\xef\xbf\xbd"
           "e \xc3\xa4");
}

TEST_CASE("what is not UTF-8 is Latin-1") {
  CHECK_EQ(utf8_of_latin1("Gr\xc3\xa4"), "Gr\xc3\xa4");
  CHECK_EQ(utf8_of_latin1("Gr\xe4\xdf"
                          "e\x80\xff"),
           "Gr\xc3\xa4\xc3\x9f"
           "e\xc2\x80\xc3\xbf");
  CHECK_EQ(utf8_of_latin1("\xc3\xa4\xe4"), "\xc3\x83\xc2\xa4\xc3\xa4");  // all of it, where one byte is not
}

TEST_CASE("a carriage return belongs to a line feed or ends the text") {
  constexpr std::size_t none = std::string_view::npos;
  CHECK_EQ(find_lone_return("a\r\nb\nc\r\r\nd\r"), none);
  CHECK_EQ(find_lone_return("a\rb\n"), 1);
  CHECK_EQ(find_lone_return("a\r\nb\r\rc\r\n"), 5);
  CHECK_EQ(find_lone_return("\ra"), 0);
}
