// Cutting text into lines.
#include "pharmaco/phenotype/outside_formats/text_lines.h"

#include <algorithm>

#include "genomics/input_error.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

std::vector<std::string_view> TextLine::cells() const {
  auto cells = split(text, "\t");
  for (std::string_view& cell : cells) cell = trimmed(cell);
  return cells;
}

std::vector<TextLine> lines_of(std::string_view text) {
  std::vector<TextLine> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!trimmed(line).empty()) lines.push_back({number, line});
  }
  return lines;
}

std::size_t line_at(std::string_view text, std::size_t place) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(place, text.size()));
  return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

std::size_t WordFinder::line_of(const std::string& word) {
  const std::string quoted = "\"" + word + "\"";
  const std::size_t next = text_.find(quoted, place_);
  if (next == std::string_view::npos) return line_at(text_, text_.find(quoted));
  line_ += static_cast<std::size_t>(std::ranges::count(text_.substr(place_, next - place_), '\n'));
  place_ = next;
  return line_;
}

void fail_at(const std::string& path, std::size_t line, const std::string& why, const std::string& help) {
  throw genomics::InputError{genomics::Fault::input, {path, std::to_string(line), why, help}};
}

}  // namespace stardose::pharmaco
