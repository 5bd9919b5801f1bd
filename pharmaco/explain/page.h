// Plain text for a terminal: headings, wrapped paragraphs, lists.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::pharmaco {

/// Collects lines of at most `width` columns; a word that is longer stands alone. Columns are counted as bytes but for
/// UTF-8 continuation bytes.
class Page {
 public:
  static constexpr std::size_t width = 96;

  /// A heading in capitals with an empty line above it.
  void heading(std::string_view text);
  /// Wrapped text; `indent` columns before each line.
  void paragraph(std::string_view text, std::size_t indent = 2);
  /// Wrapped text behind a label; further lines stand under the text, `at` columns from the left.
  void item(std::string_view label, std::string_view text, std::size_t at);
  /// Cells in columns as wide as their widest cell, the last one wrapped. `rows` are of one length.
  void table(const std::vector<std::vector<std::string>>& rows);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace stardose::pharmaco
