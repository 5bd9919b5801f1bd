// Writing JSON.
#pragma once

#include <concepts>
#include <span>
#include <string>
#include <string_view>

namespace stardose::learning {

/// Puts a document together from the outside in; commas are its business. Numbers have the fewest digits that read
/// back to the same bits, of a float where a float is written. Bytes that are not UTF-8 become U+FFFD.
class JsonText {
 public:
  JsonText& open(char bracket);   ///< `{` or `[`
  JsonText& close(char bracket);  ///< `}` or `]`
  JsonText& name(std::string_view name);
  JsonText& text(std::string_view text);
  JsonText& boolean(bool value);
  JsonText& null();
  template <class Number>
  JsonText& number(Number value);
  template <class Number>
  JsonText& numbers(std::span<const Number> values) {
    open('[');
    for (const Number value : values) number(value);
    return close(']');
  }
  JsonText& texts(std::span<const std::string> values);
  JsonText& new_line();  ///< before the next item

  /// Ends the document.
  [[nodiscard]] std::string take() { return std::move(text_) + "\n"; }

 private:
  void separate();
  void quote(std::string_view text);

  std::string text_;
  bool first_ = true;
  bool named_ = false;
  bool line_wanted_ = false;
};

}  // namespace stardose::learning
