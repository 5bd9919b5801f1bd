// Escaping and tags.
#include "pharmaco/report/html_writer.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "genomics/basics/utf8.h"

namespace stardose::pharmaco {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

struct Range {
  std::uint32_t first, last;
};

// Controls, marks of direction, characters without width, separators of lines and paragraphs, noncharacters, tags.
constexpr std::array<Range, 13> deceptive = {{{0x00, 0x1F},
                                              {0x7F, 0x9F},
                                              {0xAD, 0xAD},
                                              {0x61C, 0x61C},
                                              {0x180E, 0x180E},
                                              {0x200B, 0x200F},
                                              {0x2028, 0x202E},
                                              {0x2060, 0x206F},
                                              {0xFDD0, 0xFDEF},
                                              {0xFEFF, 0xFEFF},
                                              {0xFFF9, 0xFFFB},
                                              {0xFFFE, 0xFFFF},
                                              {0xE0000, 0xE0FFF}}};

bool is_deceptive(std::uint32_t code_point) {
  return std::any_of(deceptive.begin(), deceptive.end(), [code_point](const Range& range) {
    return code_point >= range.first && code_point <= range.last;
  });
}

bool ends_line(std::string_view name) {
  constexpr std::array<std::string_view, 21> names = {
      "body",   "caption", "dd", "details", "div", "dl",      "footer", "h1",    "h2", "h3", "head",
      "header", "html",    "li", "main",    "p",   "section", "table",  "title", "tr", "ul"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const genomics::Utf8Character next = genomics::decode_utf8(text);
    const std::size_t length = std::max<std::size_t>(next.length, 1);
    switch (next.code_point) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      case '\t':
      case '\n':
      case '\r': escaped += ' '; break;
      default: escaped += next.length == 0 || is_deceptive(next.code_point) ? replacement : text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return escaped;
}

HtmlWriter::Element::~Element() {
  std::string& html = writer_.html_;
  html += "</";
  html += name_.view();
  html += ends_line(name_.view()) ? ">\n" : ">";
}

HtmlWriter::Element HtmlWriter::open(HtmlElementName name, HtmlAttributes attributes) {
  start_tag(name, attributes);
  return {*this, name};
}

HtmlWriter::Element HtmlWriter::link_to(HtmlAttributeName id) {
  html_ += "<a href=\"#";
  html_ += id.view();
  html_ += "\">";
  return {*this, "a"};
}

HtmlWriter::Element HtmlWriter::link_to_page(std::string_view name) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  static constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-~";
  html_ += "<a href=\"";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain.find(c) != std::string_view::npos) {
      html_ += c;
    } else {
      html_ += '%';
      html_ += digits[byte >> 4U];
      html_ += digits[byte & 15U];
    }
  }
  html_ += ".html\">";
  return {*this, "a"};
}

void HtmlWriter::element(HtmlElementName name, HtmlAttributes attributes, std::string_view content) {
  const Element opened = open(name, attributes);
  text(content);
}

void HtmlWriter::style(StyleSheet style) {
  html_ += "<style>";
  html_ += style.view();
  html_ += "</style>\n";
}

void HtmlWriter::script(PageScript script) {
  html_ += "<script>";
  html_ += script.view();
  html_ += "</script>\n";
}

void HtmlWriter::start_tag(HtmlElementName name, HtmlAttributes attributes) {
  html_ += '<';
  html_ += name.view();
  for (const HtmlAttribute& attribute : attributes) {
    html_ += ' ';
    html_ += attribute.name.view();
    html_ += "=\"";
    html_ += escape_html(attribute.value);
    html_ += '"';
  }
  html_ += '>';
}

}  // namespace stardose::pharmaco
