// Lines of a text with their numbers, and faults in them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::pharmaco {

struct TextLine {
  std::size_t number = 0;  ///< from 1 on
  std::string_view text;   ///< without its end

  /// Cells between tabs, without blanks at their ends.
  [[nodiscard]] std::vector<std::string_view> cells() const;
};

/// Returns all lines but empty ones; views into the text.
[[nodiscard]] std::vector<TextLine> lines_of(std::string_view text);

/// Returns the number of the line in which a place of the text lies.
[[nodiscard]] std::size_t line_at(std::string_view text, std::size_t place);

/// Lines of words that are looked for in the order in which they stand, or nearly so.
class WordFinder {
 public:
  /// Takes no copy of the text.
  explicit WordFinder(std::string_view text) : text_{text} {}
  /// Returns the line of the next place after the last one that has `"word"`; of none, of the first; else the last
  /// line.
  std::size_t line_of(const std::string& word);

 private:
  std::string_view text_;
  std::size_t place_ = 0;
  std::size_t line_ = 1;
};

/// Throws InputError (input) at the line.
[[noreturn]] void fail_at(const std::string& path, std::size_t line, const std::string& why, const std::string& help);

}  // namespace stardose::pharmaco
