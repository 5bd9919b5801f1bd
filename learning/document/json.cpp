// A recursive reader of JSON.
#include "learning/document/json.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "genomics/input_error.h"

namespace stardose::learning {

namespace {

using genomics::Fault;
using genomics::InputError;

class JsonReader {
 public:
  explicit JsonReader(Document& document) : file_{document.file}, text_{document.bytes} {}

  Value whole() {
    Value value = read(0);
    skip_blanks();
    if (at_ != text_.size()) fail("something follows the end of the document");
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    const std::string_view before = text_.substr(0, at_);
    const auto line = std::ranges::count(before, '\n') + 1;
    const std::size_t column = at_ - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
    throw InputError{Fault::input,
                     {file_, std::to_string(line) + ":" + std::to_string(column), why,
                      "the file is damaged or no JSON: write it again with the program that trained the model"}};
  }

  void skip_blanks() {
    while (at_ < text_.size() && std::string_view{" \t\r\n"}.find(text_[at_]) != std::string_view::npos) ++at_;
  }

  char peek() const {
    if (at_ == text_.size()) fail("the file ends within a value");
    return text_[at_];
  }

  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  bool took(char end) {
    if (peek() != end) return false;
    ++at_;
    return true;
  }

  void expect(char c) {
    skip_blanks();
    if (peek() != c) fail(std::string{"expected `"} + c + "`");
    ++at_;
  }

  Value read(int depth) {
    if (depth > deepest_nesting) fail("values are nested too deep");
    skip_blanks();
    switch (peek()) {
      case '{': return {object(depth)};
      case '[': return {array(depth)};
      case '"': return {string()};
      default: break;
    }
    if (take("true")) return {true};
    if (take("false")) return {false};
    if (take("null")) return {};
    return {number()};
  }

  Object object(int depth) {
    Object members;
    ++at_;
    skip_blanks();
    if (took('}')) return members;
    for (;;) {
      skip_blanks();
      if (peek() != '"') fail("expected a name in quotes");
      std::string name = string();
      if (members.size() == most_members) fail("too many names in one object");
      if (std::ranges::any_of(members, [&](const auto& member) { return member.first == name; })) {
        fail("a name is there twice: " + name);
      }
      expect(':');
      members.emplace_back(std::move(name), read(depth + 1));
      skip_blanks();
      if (took('}')) return members;
      expect(',');
    }
  }

  Array array(int depth) {
    Array items;
    ++at_;
    skip_blanks();
    if (took(']')) return items;
    for (;;) {
      items.push_back(read(depth + 1));
      skip_blanks();
      if (took(']')) return items;
      expect(',');
    }
  }

  NumberText number() {
    const std::size_t first = at_;
    (void)take("-");
    if (take("NaN") || take("Infinity")) return {text_.substr(first, at_ - first)};
    const std::size_t whole = digits();
    if (whole == 0 || (whole > 1 && text_[at_ - whole] == '0')) fail("not a value");
    if (take(".") && digits() == 0) fail("a number has no digits behind its point");
    if (take("e") || take("E")) {
      if (!take("+")) (void)take("-");
      if (digits() == 0) fail("a number has no digits in its exponent");
    }
    return {text_.substr(first, at_ - first)};
  }

  std::size_t digits() {
    const std::size_t first = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ - first;
  }

  std::string string() {
    std::string text;
    ++at_;
    for (;;) {
      const char c = peek();
      if (static_cast<unsigned char>(c) < 0x20) fail("a control character within a string");
      ++at_;
      if (c == '"') return text;
      if (c == '\\') {
        escape(text);
      } else {
        text += c;
      }
    }
  }

  void escape(std::string& text) {
    constexpr std::string_view written = "\"\\/bfnrt";
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    const char c = peek();
    ++at_;
    if (const std::size_t place = written.find(c); place != std::string_view::npos) {
      text += meant[place];
    } else if (c == 'u') {
      append_utf8(text, code_point());
    } else {
      fail("an unknown escape within a string");
    }
  }

  unsigned hexadecimal() {
    unsigned code = 0;
    for (int k = 0; k < 4; ++k, ++at_) {
      const char c = peek();
      constexpr std::string_view lower = "0123456789abcdef";
      constexpr std::string_view upper = "0123456789ABCDEF";
      const std::size_t digit = std::min(lower.find(c), upper.find(c));
      if (digit == std::string_view::npos) fail("an unknown escape within a string");
      code = code * 16 + static_cast<unsigned>(digit);
    }
    return code;
  }

  unsigned code_point() {
    const unsigned code = hexadecimal();
    if (code < 0xD800 || code > 0xDFFF) return code;
    if (code > 0xDBFF || !take("\\u")) fail("half a character within a string");
    const unsigned low = hexadecimal();
    if (low < 0xDC00 || low > 0xDFFF) fail("half a character within a string");
    return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }

  static void append_utf8(std::string& text, unsigned code) {
    if (code < 0x80) {
      text += static_cast<char>(code);
      return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    constexpr std::array<unsigned, 4> leads = {0, 0xC0, 0xE0, 0xF0};
    text += static_cast<char>(leads[more] | (code >> (6 * more)));
    for (int k = more - 1; k >= 0; --k) text += static_cast<char>(0x80 | ((code >> (6 * k)) & 0x3F));
  }

  const std::string& file_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

void parse_json(Document& document) { document.root = JsonReader{document}.whole(); }

}  // namespace stardose::learning
