// Text in the cell of a tab-separated table, so that neither a table's reader nor a spreadsheet takes it for more.
#pragma once

#include <string>
#include <string_view>

namespace stardose::genomics {

/// Returns the text as a cell has it: control characters as blanks, and an apostrophe before what a spreadsheet would
/// work out (`=`, `+`, `-`, `@`, also as wide characters), take for a quotation (`"`), or a reader for a comment (`#`),
/// blanks before it or not. A sign, a digit and nothing but digits, letters, points and blanks - a number, or `-1639
/// GG` - stays.
[[nodiscard]] std::string table_cell(std::string_view text);

/// Returns the text that a cell has: an apostrophe that table_cell() put before it is taken away, any other stays.
[[nodiscard]] std::string_view text_of_cell(std::string_view cell);

}  // namespace stardose::genomics
