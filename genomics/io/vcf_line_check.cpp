// VCF specification 4.5, section 1.6, with an eye to what real files have.
#include "genomics/io/vcf_line_check.h"

#include <algorithm>
#include <array>

#include "genomics/basics/assembly.h"
#include "genomics/input_error.h"
#include "genomics/io/vcf_header_text.h"
#include "genomics/io/vcf_parts.h"
#include "genomics/io/vcf_structural_check.h"
#include "genomics/io/vcf_values.h"

namespace stardose::genomics {

namespace {

constexpr int columns_in_front = 8;
// VCF 4.3 forbids what older files have: ANNOVAR's, in 4.2, repeat INFO/ALLELE_END for each alternative.
constexpr int strict_since = 3;
constexpr int structural_since = 4;
// HTSlib takes up each name that the header does not declare, in time that grows with the square of their number.
constexpr std::size_t most_names = 10'000;
constexpr const char* unchecked_help =
    "make the file again; where only fields are wrong that no call is made from, --no-check-format reads it";

bool has_space(std::string_view text) { return text.find(' ') != std::string_view::npos; }

/// One part of a list is empty, or (where `twice` is given) is there twice.
const char* fault_in_list(std::string_view text, const char* empty, const char* twice) {
  const char* fault = nullptr;
  for_each_part(text, ';', [&](std::string_view part) {
    if (part.empty()) fault = empty;
    return fault == nullptr;
  });
  return fault == nullptr && twice != nullptr && has_repeat(text, ';') ? twice : fault;
}

/// Whatever the case; nothing but bases.
bool are_same_bases(std::string_view a, std::string_view b) {
  constexpr int letter = 0xDF;
  return std::ranges::equal(a, b, [](char left, char right) { return ((left ^ right) & letter) == 0; });
}

/// What END may be a place on another contig of.
bool may_end_elsewhere(std::string_view alt) {
  return alt.find_first_of("[]") != std::string_view::npos || alt.starts_with("<BND") || alt.starts_with("<TRA");
}

}  // namespace

VcfLineCheck::VcfLineCheck(const std::string& path, const VcfDeclarations& declared, int samples)
    : path_{path}, declared_{declared} {
  if (samples > 0) samples_.emplace(declared, static_cast<std::size_t>(samples));
}

void VcfLineCheck::fail(const std::string& why, const std::string& help) const {
  std::string place = "record " + std::to_string(number_);
  if (!position_text_.empty()) place = printable(canonical_contig(contig_) + ":" + std::string{position_text_});
  throw InputError{Fault::input,
                   {path_, place, why,
                    help.empty() ? "the file is damaged or was written by a faulty program; make it again" : help}};
}

void VcfLineCheck::check(std::string_view line, std::uint64_t number) {
  number_ = number;
  position_text_ = {};
  if (has_forbidden_control(line)) {
    if (line.find('\0') != std::string_view::npos) fail("a zero byte in a line of text");
    if (declared_.minor_version >= strict_since) fail("a control character in a line, or a return within it");
  }
  check_front(line);
}

void VcfLineCheck::check_front(std::string_view line) {
  std::array<std::string_view, columns_in_front> column;
  std::string_view rest = line;
  for (std::size_t k = 0; k < columns_in_front; ++k) {
    if (rest.empty()) fail("the line ends before its " + std::to_string(k + 1) + ". column");
    column[k] = next_part(rest, '\t');
  }
  check_contig(column[0]);
  check_position(column[1]);
  check_id(column[2]);
  check_alleles(column[3], column[4]);
  if (const char* fault = fault_in_quality(column[5])) fail(fault);
  check_filter(column[6]);
  const bool is_structural =
      declared_.minor_version >= structural_since && column[4].find('<') != std::string_view::npos;
  repeats_ = is_structural ? repeat_sequences(column[4], column[7]) : std::nullopt;
  check_info(column[7]);
  if (!samples_) return;
  if (rest.empty()) fail("the line ends before its samples");
  const std::string_view format = next_part(rest, '\t');
  if (is_structural && has_part(format, ':', "CN") && has_several_lengths(column[4], column[7])) {
    fail("FORMAT has CN, and the alleles <CNV>, <DEL> and <DUP> have several lengths (SVLEN)", unchecked_help);
  }
  const std::string fault = samples_->fault_in(format, rest, alleles_);
  if (!fault.empty()) fail(fault, unchecked_help);
}

void VcfLineCheck::check_contig(std::string_view contig) {
  if (contig == contig_ && !contig.empty()) return;
  contig_ = contig;
  const bool is_in_assembly_file = contig.size() > 2 && contig.front() == '<' && contig.back() == '>';
  if (!is_in_assembly_file && !is_contig_name(contig)) {
    fail("CHROM is a name that the VCF specification does not allow");
  }
  const auto declared = declared_.contigs.find(contig);
  contig_length_ = declared == declared_.contigs.end() ? 0 : declared->second;
}

void VcfLineCheck::check_position(std::string_view text) {
  std::int64_t position = 0;
  if (const char* fault = read_position(text, position)) fail(fault);
  position_text_ = text;
  // One beyond the end is the telomere.
  if (contig_length_ > 0 && position > contig_length_ + 1) {
    fail("POS is beyond the end of its contig, which has " + std::to_string(contig_length_) + " bases by the header",
         "the header is of another assembly than the records, or the file is damaged; make it again");
  }
}

void VcfLineCheck::check_id(std::string_view text) const {
  if (text.empty()) return;  // as good as a point
  if (has_space(text)) fail("ID has a space in it");
  const char* twice = declared_.minor_version >= strict_since ? "ID names one thing twice" : nullptr;
  if (const char* fault = fault_in_list(text, "a part of ID is empty", twice)) fail(fault);
}

void VcfLineCheck::check_alleles(std::string_view ref, std::string_view alts) {
  if (!are_bases(ref)) fail("REF is not made of A, C, G, T and N");
  alleles_ = 1;
  ends_elsewhere_ = false;
  if (alts == ".") return;
  for_each_part(alts, ',', [&](std::string_view alt) {
    ++alleles_;
    if (!is_alternative(alt)) fail("ALT is neither bases, nor *, <...>, a breakend or a point");
    if (are_same_bases(alt, ref)) fail("ALT repeats REF");
    ends_elsewhere_ = ends_elsewhere_ || may_end_elsewhere(alt);
    const bool is_symbol = alt.front() == '<' && declared_.minor_version >= structural_since;
    if (is_symbol && !is_known_symbol(alt.substr(1, alt.size() - 2)))
      fail("ALT is of a type that VCF 4.4 does not have");
    return true;
  });
  if (alleles_ > 2) check_distinct(alts);
}

/// Symbols may be there twice, with lengths of their own (VCF 4.4).
void VcfLineCheck::check_distinct(std::string_view alts) {
  distinct_.clear();
  for_each_part(alts, ',', [&](std::string_view alt) {
    if (are_bases(alt)) distinct_.push_back(alt);
    return true;
  });
  std::ranges::sort(distinct_);
  if (std::ranges::adjacent_find(distinct_) != distinct_.end()) fail("ALT has one allele twice", unchecked_help);
}

void VcfLineCheck::check_filter(std::string_view text) {
  if (text == "." || text == "PASS" || (text == filter_ && !text.empty())) return;
  if (has_space(text)) fail("FILTER has a space in it");
  const char* fault = fault_in_list(text, "FILTER is empty, or part of it", "FILTER names one filter twice");
  for_each_part(text, ';', [&](std::string_view part) {
    if (part == "." && text.size() > 1) fault = "FILTER is missing and is not: a point among other values";
    if (part == "PASS" && fault == nullptr) fault = "FILTER has PASS among other values";
    if (part == "0") fault = "FILTER has the value 0, which the VCF specification reserves";
    if (filters_.contains(part)) return fault == nullptr;
    filters_.emplace(part);
    if (filters_.size() > most_names) fault = "FILTER names, with the records before, more than 10000 filters";
    return fault == nullptr;
  });
  if (fault != nullptr) fail(fault);
  filter_ = text;
}

VcfLineCheck::Field& VcfLineCheck::info_field(std::string_view name) {
  if (next_info_ < fields_before_.size() && fields_before_[next_info_]->rule.name == name)
    return *fields_before_[next_info_++];
  if (const auto known = info_.find(name); known != info_.end()) {
    Field& field = *known->second;
    if (field.at < fields_before_.size() && fields_before_[field.at] == &field) next_info_ = field.at + 1;
    return field;
  }
  if (has_space(name) || name.empty())
    fail(name.empty() ? "INFO has a field without a name" : "INFO has a field with a space in its name");
  if (info_.size() == most_names + declared_.info.size())
    fail("INFO names, with the records before, more than 10000 fields that the header does not declare");
  auto field = std::make_unique<Field>(Field{find_rule(FieldPlace::info, declared_, name)});
  return *info_.emplace(field->rule.name, std::move(field)).first->second;
}

void VcfLineCheck::check_info(std::string_view text) {
  if (text == ".") return;
  if (text.empty()) fail("INFO is empty");
  next_info_ = 0;
  fields_.clear();
  while (!text.empty()) {
    const std::string_view part = next_part(text, ';');
    if (part.empty()) continue;  // `;;` says nothing
    const std::size_t equals = find_end(part, '=');
    Field& field = info_field(part.substr(0, equals));
    if (field.on_line != number_) {
      field.on_line = number_;
      field.part = part;
      field.at = fields_.size();
      fields_.push_back(&field);
    } else if (field.part != part || declared_.minor_version >= strict_since) {
      fail("INFO has " + printable(field.rule.name) + " twice" + (field.part == part ? "" : ", with two values"));
    }
    check_info_field(field.rule, part.substr(std::min(equals + 1, part.size())), equals < part.size());
  }
  fields_before_.swap(fields_);
}

// Of a translocation some callers write END on the other contig.
void VcfLineCheck::check_end(std::string_view text) const {
  std::int64_t end = 0;
  if (contig_length_ == 0 || ends_elsewhere_ || read_position(text, end) != nullptr || end <= contig_length_) return;
  fail("INFO/END is beyond the end of its contig, which has " + std::to_string(contig_length_) +
       " bases by the header");
}

void VcfLineCheck::check_info_field(const FieldRule& field, std::string_view value, bool has_value) const {
  if (field.kind == nullptr) return;
  const char* fault = nullptr;
  if (field.name == "END") check_end(value);
  if (field.kind->type == FieldType::flag) {
    if (has_value && value != "1" && value != "0") fault = "is a flag and has a value";
  } else if (has_value) {
    fault = fault_in_value(field, value, {alleles_, 0, std::nullopt, repeats_}, FieldPlace::info);
  }
  if (fault == nullptr) return;
  const std::string name = "INFO/" + printable(field.name);
  fail(name + ' ' + fault,
       "make the file again; if nothing needs the field, take it away: `bcftools annotate -x " + name + "`");
}

}  // namespace stardose::genomics
