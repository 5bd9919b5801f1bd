// VCF specification 4.5, sections 1.4.5, 3 and 4.
#include "genomics/io/vcf_structural_check.h"

#include <algorithm>
#include <charconv>

#include "genomics/io/vcf_parts.h"

namespace stardose::genomics {

namespace {

/// What a field of INFO says; empty: it is not there.
std::string_view value_of(std::string_view info, std::string_view name) {
  std::string_view value;
  for_each_part(info, ';', [&](std::string_view part) {
    const bool is_it = part.starts_with(name) && part.substr(name.size()).starts_with('=');
    if (is_it) value = part.substr(name.size() + 1);
    return !is_it;
  });
  return value;
}

/// <TYPE>, or one of its subtypes.
bool is_of_type(std::string_view alt, std::string_view type) {
  if (!alt.starts_with('<') || !alt.substr(1).starts_with(type)) return false;
  const std::string_view rest = alt.substr(1 + type.size());
  return rest.starts_with('>') || rest.starts_with(':');
}

}  // namespace

bool is_known_symbol(std::string_view name) {
  // Names of one level are the programs' own: STR27 (ExpansionHunter), CN0 (1000 Genomes), X (SAMtools), NON_REF
  // (GATK). `*:DEL` is GATK's, too: a deletion that begins elsewhere.
  const std::size_t colon = find_end(name, ':');
  if (colon == name.size()) return true;
  // BND until VCF 4.3, TRA of DELLY, CPX and CTX of GATK-SV
  constexpr std::string_view types[] = {"DEL", "INS", "DUP", "INV", "CNV", "BND", "TRA", "CPX", "CTX", "*"};
  return std::ranges::find(types, name.substr(0, colon)) != std::end(types);
}

std::optional<std::size_t> repeat_sequences(std::string_view alts, std::string_view info) {
  std::size_t tandem_repeats = 0;
  for_each_part(alts, ',', [&](std::string_view alt) {
    tandem_repeats += is_of_type(alt, "CNV:TR") ? 1 : 0;
    return true;
  });
  if (tandem_repeats == 0) return std::nullopt;
  const std::string_view numbers = value_of(info, "RN");
  if (numbers.empty() || numbers == ".") return tandem_repeats;
  std::optional<std::size_t> sum = 0;
  for_each_part(numbers, ',', [&](std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = fault == std::errc{} && end == text.data() + text.size();
    if (!is_number && text != ".")
      sum = std::nullopt;
    else
      *sum += number;
    return sum.has_value();
  });
  return sum;
}

bool has_several_lengths(std::string_view alts, std::string_view info) {
  std::string_view lengths = value_of(info, "SVLEN");
  std::string_view first;
  bool are_several = false;
  for_each_part(alts, ',', [&](std::string_view alt) {
    std::string_view length = next_part(lengths, ',');
    if (length.starts_with('-')) length.remove_prefix(1);  // as before VCF 4.4
    if (!is_of_type(alt, "CNV") && !is_of_type(alt, "DEL") && !is_of_type(alt, "DUP")) return true;
    if (length.empty() || length == ".") return true;
    if (first.empty()) first = length;
    are_several = length != first;
    return !are_several;
  });
  return are_several;
}

}  // namespace stardose::genomics
