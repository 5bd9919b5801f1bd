// VCF specification 4.5, sections 1.3 and 1.6.
#include "genomics/io/vcf_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace stardose::genomics {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_cigar(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == begin || at == text.size() || std::string_view{"MIDNSHP=X"}.find(text[at]) == std::string_view::npos) {
      return false;
    }
    ++at;
  }
  return !text.empty();
}

bool is_base(char c) {
  switch (c) {
    case 'A':
    case 'C':
    case 'G':
    case 'T':
    case 'N':
    case 'a':
    case 'c':
    case 'g':
    case 't':
    case 'n': return true;
    default: return false;
  }
}

ValueFault fault_in_integer(std::string_view text, bool can_be_negative) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const std::size_t sign = text.starts_with('+') ? 1 : 0;
  const auto [at, fault] = std::from_chars(text.data() + sign, end, value);
  if (fault == std::errc::result_out_of_range) return "is a number that is too large";
  if (fault != std::errc{} || at != end) return "is not a whole number";
  if (!can_be_negative && value < 0) return "is negative";
  const bool fits =
      value <= std::numeric_limits<std::int32_t>::max() && value >= std::numeric_limits<std::int32_t>::min();
  return fits ? nullptr : "is a number that is too large";
}

/// Plain decimals, which most are, without working them out.
bool is_plain_decimal(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t begin = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at == begin) return false;
  if (at < text.size() && text[at] == '.') ++at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at == text.size();
}

ValueFault fault_in_real(std::string_view text, bool can_be_negative, bool is_share) {
  const bool is_plain = is_plain_decimal(text) && (!is_share || text.starts_with("0"));
  if (is_plain && (can_be_negative || text.front() != '-')) return nullptr;
  double value = 0;
  const char* const end = text.data() + text.size();
  const std::size_t sign = text.starts_with('+') ? 1 : 0;
  const auto [at, fault] = std::from_chars(text.data() + sign, end, value);
  if ((fault != std::errc{} && fault != std::errc::result_out_of_range) || at != end) return "is not a number";
  if (is_share && value > 1) return "is a share above 1";
  return !can_be_negative && value < 0 ? "is negative" : nullptr;
}

ValueFault fault_in_text(FieldForm form, std::string_view text) {
  if (form == FieldForm::cigar && !is_cigar(text)) return "is not a CIGAR";
  const bool is_claim = text.empty() || text == "D" || text == "J" || text == "DJ";
  if (form == FieldForm::claim && !is_claim) return "is neither D, J nor DJ";
  return nullptr;
}

/// Where a breakend's mate is, CONTIG:POSITION; the contig may be <...>, of an assembly file.
bool is_mate(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
  std::string_view contig = text.substr(0, colon);
  if (contig.size() > 2 && contig.front() == '<' && contig.back() == '>') contig = contig.substr(1, contig.size() - 2);
  return contig.find_first_of(" <>") == std::string_view::npos && std::ranges::all_of(text.substr(colon + 1), is_digit);
}

/// `G[17:198982[`, `]17:198982]G` and so on; a point for the base is beyond a telomere.
bool is_breakend(std::string_view text) {
  const std::size_t first = text.find_first_of("[]");
  if (first == std::string_view::npos) return false;
  const std::size_t second = text.find_first_of("[]", first + 1);
  if (second == std::string_view::npos || text[first] != text[second]) return false;
  const std::string_view before = text.substr(0, first);
  const std::string_view after = text.substr(second + 1);
  if (before.empty() == after.empty() || !is_mate(text.substr(first + 1, second - first - 1))) return false;
  const std::string_view bases = before.empty() ? after : before;
  return bases == "." || are_bases(bases);
}

}  // namespace

ValueFault read_position(std::string_view text, std::int64_t& position) {
  constexpr std::size_t digits = 18;
  const bool is_number = !text.empty() && text.size() <= digits && std::ranges::all_of(text, is_digit);
  if (!is_number) return "POS is not a number from 0 on";
  position = 0;
  for (const char c : text) position = 10 * position + (c - '0');
  return nullptr;
}

ValueFault fault_in_quality(std::string_view text) {
  if (text == "." || text == "-10") return nullptr;  // what GATK writes where there is none
  const ValueFault fault = fault_in_real(text, false, false);
  return fault == nullptr ? nullptr : "QUAL is not a number from 0 on";
}

ValueFault fault_in_one(const FieldKind& kind, std::string_view text) {
  if (text == ".") return nullptr;
  switch (kind.type) {
    case FieldType::integer: return fault_in_integer(text, kind.can_be_negative);
    case FieldType::real: return fault_in_real(text, kind.can_be_negative, kind.form == FieldForm::share);
    case FieldType::character: return text.size() == 1 || text.starts_with('%') ? nullptr : "is more than a character";
    case FieldType::text: return fault_in_text(kind.form, text);
    case FieldType::flag: return nullptr;
  }
  return nullptr;
}

bool are_bases(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_base); }

bool is_alternative(std::string_view text) {
  if (are_bases(text) || text == "*") return true;
  if (text.empty()) return false;
  if (text.front() == '<' && text.back() == '>' && text.find('[') == std::string_view::npos) {
    return text.size() > 2 && text.substr(1, text.size() - 2).find_first_of(" ,<>") == std::string_view::npos;
  }
  if (is_breakend(text)) return true;
  const bool is_single = text.size() > 1 && (text.front() == '.' || text.back() == '.');
  return is_single && are_bases(text.front() == '.' ? text.substr(1) : text.substr(0, text.size() - 1));
}

bool has_forbidden_control(std::string_view text) {
  std::uint8_t any = 0;  // of bytes, without a branch: the compiler looks at many at a time
  for (const char c : text) {
    const auto code = static_cast<std::uint8_t>(c);
    any |= static_cast<std::uint8_t>((code < ' ') & (code != '\t'));
  }
  return any != 0;
}

bool is_format_name(std::string_view text) {
  const auto is_good = [](char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view{"_.-+%"}.find(c) != std::string_view::npos;
  };
  return !text.empty() && std::ranges::all_of(text, is_good);
}

}  // namespace stardose::genomics
