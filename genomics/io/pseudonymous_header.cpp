// Line by line.
#include "genomics/io/pseudonymous_header.h"

#include <algorithm>
#include <array>
#include <new>

#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"

namespace stardose::genomics {

bool is_kept(std::string_view line) {
  static constexpr std::array<std::string_view, 7> needed = {
      "#CHROM", "##fileformat=", "##FILTER=", "##INFO=", "##FORMAT=", "##ALT=", "##contig="};
  return !pseudonyms_in_use() ||
         std::ranges::any_of(needed, [&](std::string_view begin) { return line.starts_with(begin); });
}

std::string with_pseudonyms(std::string_view line) {
  if (!pseudonyms_in_use() || !line.starts_with("#CHROM")) return std::string{line};
  constexpr int columns_before_samples = 9;
  std::string text;
  int column = 0;
  while (true) {
    const std::size_t end = std::min(line.find('\t'), line.size());
    const std::string cell{line.substr(0, end)};
    text += column++ < columns_before_samples ? cell : known_as(cell);
    if (end == line.size()) return text;
    text += '\t';
    line.remove_prefix(end + 1);
  }
}

HtsHandle<bcf_hdr_t> with_pseudonyms(const std::string& path, const bcf_hdr_t& header) {
  HtsText text;
  if (bcf_hdr_format(&header, 1, &text) != 0) throw std::bad_alloc{};
  std::string kept;
  for (std::string_view rest{text.s, text.l}; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
    const std::string_view line = rest.substr(0, rest[end] == '\n' ? end : end + 1);
    if (is_kept(line)) kept += with_pseudonyms(line) + "\n";
    rest.remove_prefix(end + 1);
  }
  HtsHandle<bcf_hdr_t> made{bcf_hdr_init("r")};
  if (!made || bcf_hdr_parse(made.get(), kept.data()) < 0) {
    throw InputError{Fault::input, {path, "header", "cannot be read", "make it again"}};
  }
  return made;
}

}  // namespace stardose::genomics
