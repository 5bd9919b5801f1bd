// The result of StellarPGx as diplotypes.
#include "pharmaco/phenotype/outside_formats/stellarpgx.h"

#include <algorithm>

#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/phenotype/outside_formats/text_lines.h"

namespace stardose::pharmaco {

namespace {

constexpr std::string_view banner = " Star Allele Calling with StellarPGx";

bool is_diplotype(std::string_view text) {
  return text.starts_with('*') && std::ranges::count(text, '/') == 1 && text.find(' ') == std::string_view::npos &&
         text.find("/*") != std::string_view::npos;
}

}  // namespace

bool is_stellarpgx(std::string_view text) { return text.find(banner) != std::string_view::npos; }

std::vector<ForeignCall> read_stellarpgx(const std::string& path, std::string_view text) {
  const auto lines = lines_of(text);
  ForeignCall call;
  for (const TextLine& line : lines) {
    const std::size_t end = line.text.find(banner);
    if (end != std::string_view::npos) call.gene = trimmed(line.text.substr(0, end));
  }
  const auto title = std::ranges::find_if(lines, [](const TextLine& line) { return trimmed(line.text) == "Result:"; });
  if (title == lines.end() || title + 1 == lines.end()) {
    fail_at(path, lines.back().number, "the file ends without a result", "give the file as StellarPGx wrote it");
  }
  const TextLine& result = *(title + 1);
  call.line = result.number;
  const auto cells = result.cells();
  for (const std::string_view item : split(cells.front(), " or ")) call.diplotypes.emplace_back(trimmed(item));
  const bool is_plain = cells.size() == 1 && std::ranges::all_of(call.diplotypes, is_diplotype);
  if (is_plain) return {call};
  call.diplotypes.clear();
  call.note = "StellarPGx says: " + std::string{cells.front()};
  for (std::size_t k = 1; k < cells.size(); ++k) call.note += "; " + std::string{cells[k]};
  return {call};
}

}  // namespace stardose::pharmaco
