// Wrapping at spaces.
#include "pharmaco/explain/page.h"

#include <algorithm>

namespace stardose::pharmaco {

namespace {

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

}  // namespace

void Page::heading(std::string_view text) {
  text_ += "\n";
  text_ += text;
  text_ += "\n";
}

void Page::paragraph(std::string_view text, std::size_t indent) { item(std::string(indent, ' '), text, indent); }

void Page::item(std::string_view label, std::string_view text, std::size_t at) {
  std::string line{label};
  std::size_t used = columns(label);
  if (used < at) {
    line.append(at - used, ' ');
    used = at;
  }
  bool fresh = true;
  for (const std::string_view word : words(text)) {
    const std::size_t size = columns(word);
    if (!fresh && used + 1 + size > width) {
      text_ += line + "\n";
      line.assign(at, ' ');
      used = at;
      fresh = true;
    }
    if (!fresh) line += ' ';
    used += size + (fresh ? 0 : 1);
    line += word;
    fresh = false;
  }
  while (line.ends_with(' ')) line.pop_back();
  text_ += line + "\n";
}

void Page::table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], columns(row[k]));
  }
  for (const auto& row : rows) {
    std::string label = "  ";
    for (std::size_t k = 0; k + 1 < row.size(); ++k) {
      label += row[k] + std::string(widths[k] - columns(row[k]) + 2, ' ');
    }
    item(label, row.back(), columns(label));
  }
}

}  // namespace stardose::pharmaco
