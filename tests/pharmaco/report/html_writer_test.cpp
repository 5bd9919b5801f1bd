// The HTML writer: what goes in as text comes out as text.
#include "pharmaco/report/html_writer.h"

#include <doctest/doctest.h>

#include <string>

namespace {

using stardose::pharmaco::escape_html;
using stardose::pharmaco::HtmlWriter;
using stardose::pharmaco::StyleSheet;

const std::string replacement = "\xEF\xBF\xBD";

TEST_CASE("markup characters are escaped") {
  CHECK(escape_html("<b a='1' c=\"2\">&amp;</b>") == "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;&lt;/b&gt;");
}

TEST_CASE("letters of every script pass unchanged") {
  const std::string text = "Ma\xC3\xA7o\xC4\x9Flu \xCE\xB1 \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\xA7\xAC >=3";
  CHECK(escape_html(text) == text.substr(0, text.size() - 3) + "&gt;=3");
}

TEST_CASE("tabs and line ends become spaces") { CHECK(escape_html("a\tb\r\nc") == "a b  c"); }

TEST_CASE("control characters and marks that reorder or hide text are replaced") {
  CHECK(escape_html(std::string("a\0b", 3)) == "a" + replacement + "b");
  CHECK(escape_html("\x1B[31m") == replacement + "[31m");
  CHECK(escape_html("\x7F") == replacement);
  CHECK(escape_html("\xC2\x85") == replacement);      // U+0085
  CHECK(escape_html("\xE2\x80\xAE") == replacement);  // U+202E, right-to-left override
  CHECK(escape_html("\xE2\x80\x8B") == replacement);  // U+200B, zero width space
  CHECK(escape_html("\xEF\xBB\xBF") == replacement);  // U+FEFF
}

TEST_CASE("each byte that is not UTF-8 is replaced") {
  CHECK(escape_html("\xFF") == replacement);
  CHECK(escape_html("\xC0\xBC") == replacement + replacement);                    // overlong <
  CHECK(escape_html("\xE0\x80\xBC") == replacement + replacement + replacement);  // overlong <
  CHECK(escape_html("\xED\xA0\x80") == replacement + replacement + replacement);  // surrogate
  CHECK(escape_html("\xF4\x90\x80\x80") == replacement + replacement + replacement + replacement);
  CHECK(escape_html("\xE2\x80") == replacement + replacement);  // cut short
  CHECK(escape_html("\xE2<b>") == replacement + "&lt;b&gt;");   // a lead byte hides nothing
}

TEST_CASE("elements close in the order of their scopes") {
  HtmlWriter html;
  {
    const auto outer = html.open("div", {{"class", "a"}});
    const auto inner = html.open("b");
    html.text("1 < 2");
  }
  CHECK(html.take() == "<div class=\"a\"><b>1 &lt; 2</b></div>\n");
}

TEST_CASE("a value cannot leave its attribute") {
  HtmlWriter html;
  html.void_element("meta", {{"content", "\"><script>alert(1)</script>"}});
  CHECK(html.take() == "<meta content=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">");
}

TEST_CASE("a link leads to a place on the page") {
  HtmlWriter html;
  {
    const auto link = html.link_to("genes");
    html.text("Genes");
  }
  CHECK(html.take() == "<a href=\"#genes\">Genes</a>");
}

TEST_CASE("a stylesheet is written as it is") {
  HtmlWriter html;
  html.style(StyleSheet("a > b { content: \"&\" }"));
  CHECK(html.take() == "<style>a > b { content: \"&\" }</style>\n");
}

}  // namespace
