// A small HTML writer: names are fixed when compiled, values are escaped, elements close themselves.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace stardose::pharmaco {

/// The name of an element. Built from a literal only; `script`, `style` and anything unlike a name do not compile.
class HtmlElementName {
 public:
  consteval HtmlElementName(const char* name) : name_(name) {
    for (const char c : name_) {
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) throw "not an element name";
    }
    if (name_.empty() || name_ == "script" || name_ == "style") throw "not an element to write text into";
  }
  [[nodiscard]] constexpr std::string_view view() const { return name_; }

 private:
  std::string_view name_;
};

/// The name of an attribute. Built from a literal only; handlers, inline style and addresses do not compile.
class HtmlAttributeName {
 public:
  consteval HtmlAttributeName(const char* name) : name_(name) {
    for (const char c : name_) {
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-')) throw "not an attribute name";
    }
    if (name_.empty() || name_.starts_with("on")) throw "an event handler, not a value";
    if (name_ == "style" || name_ == "href" || name_ == "src") throw "style() and link_to() write these";
  }
  [[nodiscard]] constexpr std::string_view view() const { return name_; }

 private:
  std::string_view name_;
};

struct HtmlAttribute {
  HtmlAttributeName name;
  std::string_view value;
};
using HtmlAttributes = std::initializer_list<HtmlAttribute>;

/// A stylesheet. Built from a literal only; it cannot end its element.
class StyleSheet {
 public:
  consteval StyleSheet(const char* css) : css_(css) {
    if (css_.find_first_of("<\r") != std::string_view::npos) throw "a stylesheet has neither < nor a carriage return";
  }
  [[nodiscard]] constexpr std::string_view view() const { return css_; }

 private:
  std::string_view css_;
};

/// A script. Built from a literal only; it cannot end its element, nor begin a comment.
class PageScript {
 public:
  consteval PageScript(const char* code) : code_(code) {
    if (code_.find("</") != std::string_view::npos || code_.find("<!--") != std::string_view::npos) throw "ends itself";
    if (code_.find('\r') != std::string_view::npos) throw "a browser would change the carriage return, and so the hash";
  }
  [[nodiscard]] constexpr std::string_view view() const { return code_; }

 private:
  std::string_view code_;
};

/// Returns text that is inert in an element and in a double-quoted attribute. Control characters, characters that
/// reorder or hide text, and bytes that are not UTF-8 become U+FFFD; tabs and line ends become spaces.
[[nodiscard]] std::string escape_html(std::string_view text);

/// Writes one document. Whatever is passed as text or value is escaped; there is no way to pass markup.
class HtmlWriter {
 public:
  /// An open element; ends with its scope.
  class [[nodiscard]] Element {
   public:
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;
    Element(Element&&) = delete;
    Element& operator=(Element&&) = delete;
    ~Element();

   private:
    friend class HtmlWriter;
    Element(HtmlWriter& writer, HtmlElementName name) : writer_(writer), name_(name) {}
    HtmlWriter& writer_;
    HtmlElementName name_;
  };

  void doctype() { html_ += "<!doctype html>\n"; }
  Element open(HtmlElementName name, HtmlAttributes attributes = {});
  /// Opens a link to the element with this id on the same page.
  Element link_to(HtmlAttributeName id);
  /// Opens a link to `NAME.html` in the same folder; what is not a letter, a digit or one of `._-~` is written as `%`
  /// and two digits, so it leads nowhere else. There is no other kind of link.
  Element link_to_page(std::string_view name);
  void element(HtmlElementName name, std::string_view content) { element(name, {}, content); }
  void element(HtmlElementName name, HtmlAttributes attributes, std::string_view content);
  /// Writes an element that has neither content nor end tag, as `meta`.
  void void_element(HtmlElementName name, HtmlAttributes attributes) { start_tag(name, attributes); }
  void text(std::string_view content) { html_ += escape_html(content); }
  void style(StyleSheet style);
  void script(PageScript script);

  /// Returns the document and leaves the writer empty. Requires: every element is closed.
  [[nodiscard]] std::string take() { return std::move(html_); }

 private:
  void start_tag(HtmlElementName name, HtmlAttributes attributes);
  std::string html_;
};

}  // namespace stardose::pharmaco
