// VCF specification 4.5, section 1.6, with an eye to what real files have.
#include "genomics/io/vcf_line_check.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "genomics/basics/assembly.h"
#include "genomics/input_error.h"
#include "genomics/io/little_endian.h"
#include "genomics/io/vcf_header_text.h"
#include "genomics/io/vcf_values.h"

namespace stardose::genomics {

namespace {

constexpr int columns_in_front = 8;

/// Returns where the separator is, or the text's end. Most parts are a few bytes long, for which a loop beats memchr.
std::size_t find_end(std::string_view text, char separator) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != separator) ++end;
  return end;
}

/// Takes the text up to a separator off the front.
std::string_view next_part(std::string_view& rest, char separator) {
  const std::size_t end = find_end(rest, separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

bool has_space(std::string_view text) { return text.find(' ') != std::string_view::npos; }

/// Calls `use` for each part, the empty ones too, until it returns false.
template <class Use>
void for_each_part(std::string_view text, char separator, const Use& use) {
  for (;;) {
    const std::size_t end = find_end(text, separator);
    if (!use(text.substr(0, end)) || end == text.size()) return;
    text.remove_prefix(end + 1);
  }
}

/// One part of a list is empty, or is there twice.
const char* fault_in_list(std::string_view text, const char* empty, const char* twice) {
  const char* fault = nullptr;
  std::size_t begin = 0;
  for_each_part(text, ';', [&](std::string_view part) {
    if (part.empty()) fault = empty;
    for_each_part(text.substr(0, begin), ';', [&](std::string_view before) {
      if (begin > 0 && before == part && !part.empty()) fault = twice;
      return true;
    });
    begin += part.size() + 1;
    return fault == nullptr;
  });
  return fault;
}

}  // namespace

VcfLineCheck::VcfLineCheck(const std::string& path, const VcfDeclarations& declared, int samples)
    : path_{path}, declared_{declared}, samples_{static_cast<std::size_t>(samples)} {}

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
  if (line.find('\0') != std::string_view::npos) fail("a zero byte in a line of text");
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
  check_info(column[7]);
  if (samples_ == 0) return;
  if (rest.empty()) fail("the line ends before its samples");
  const std::string_view format = next_part(rest, '\t');
  if (format != format_text_) learn_format(format);
  check_samples(rest);
}

void VcfLineCheck::check_contig(std::string_view contig) {
  if (contig == contig_) return;
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
  constexpr int unique_since = 3;  // VCF 4.3
  const char* twice = declared_.minor_version >= unique_since ? "ID names one thing twice" : nullptr;
  if (const char* fault = fault_in_list(text, "a part of ID is empty", twice)) fail(fault);
}

void VcfLineCheck::check_alleles(std::string_view ref, std::string_view alts) {
  if (!are_bases(ref)) fail("REF is not made of A, C, G, T and N");
  alleles_ = 1;
  if (alts == ".") return;
  for_each_part(alts, ',', [&](std::string_view alt) {
    ++alleles_;
    if (!is_alternative(alt)) fail("ALT is neither bases, nor *, <...>, a breakend or a point");
    return true;
  });
}

void VcfLineCheck::check_filter(std::string_view text) const {
  if (text == "." || text == "PASS") return;
  if (has_space(text)) fail("FILTER has a space in it");
  const char* fault = fault_in_list(text, "FILTER is empty, or part of it", "FILTER names one filter twice");
  for_each_part(text, ';', [&](std::string_view part) {
    if (part == "." && text.size() > 1) fault = "FILTER is missing and is not: a point among other values";
    if (part == "0") fault = "FILTER has the value 0, which the VCF specification reserves";
    return fault == nullptr;
  });
  if (fault != nullptr) fail(fault);
}

VcfLineCheck::Field VcfLineCheck::find_field(FieldPlace place, const TextMap<FieldKind>& declared,
                                             std::string_view name) {
  const auto at = declared.find(name);
  const bool is_declared = at != declared.end();
  return {std::string{name}, is_declared ? &at->second : reserved_field(place, name), is_declared, 0, {}};
}

VcfLineCheck::Field& VcfLineCheck::info_field(std::string_view name) {
  if (next_info_ < fields_before_.size() && fields_before_[next_info_]->name == name)
    return *fields_before_[next_info_++];
  const auto known = info_.find(name);
  const auto before =
      std::ranges::find(fields_before_, name, [](const Field* field) { return std::string_view{field->name}; });
  if (before != fields_before_.end()) next_info_ = static_cast<std::size_t>(before - fields_before_.begin()) + 1;
  if (known != info_.end()) return *known->second;
  if (has_space(name) || name.empty())
    fail(name.empty() ? "INFO has a field without a name" : "INFO has a field with a space in its name");
  auto field = std::make_unique<Field>(find_field(FieldPlace::info, declared_.info, name));
  return *info_.emplace(field->name, std::move(field)).first->second;
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
      fields_.push_back(&field);
    } else if (field.part != part) {
      fail("INFO has " + printable(field.name) + " twice, with two values");
    }
    check_info_field(field, part.substr(std::min(equals + 1, part.size())), equals < part.size());
  }
  fields_before_.swap(fields_);
}

void VcfLineCheck::check_info_field(const Field& field, std::string_view value, bool has_value) const {
  if (field.kind == nullptr) return;
  const char* fault = nullptr;
  if (field.kind->type == FieldType::flag) {
    if (has_value && value != "1" && value != "0") fault = "is a flag and has a value";
  } else if (has_value) {
    fault = fault_in_value(field, value, false);
  }
  if (fault == nullptr) return;
  const std::string name = "INFO/" + printable(field.name);
  fail(name + ' ' + fault,
       "make the file again; if nothing needs the field, take it away: `bcftools annotate -x " + name + "`");
}

bool VcfLineCheck::is_right_count(const Field& field, std::size_t count, bool is_of_sample) const {
  const FieldKind& kind = *field.kind;
  // Texts of one value have commas in them often; fields of INFO that the header is silent on are counted in many ways.
  if (kind.type == FieldType::text && field.is_declared) return true;
  if (kind.number != FieldNumber::fixed && !field.is_declared && !is_of_sample) return true;
  // Where programs leave out an alternative that nobody has, they leave its numbers where they were.
  if (kind.number != FieldNumber::fixed && alleles_ == 1) return true;
  switch (kind.number) {
    case FieldNumber::fixed: return count == static_cast<std::size_t>(kind.count);
    case FieldNumber::each_alternative: return count + 1 == alleles_;
    case FieldNumber::each_allele: return count == alleles_;
    case FieldNumber::each_genotype:
      // Callers write those of two copies for a male's X, too.
      return !is_of_sample || ploidy_ > 2 || count == alleles_ * (alleles_ + 1) / 2 ||
             (ploidy_ < 2 && count == alleles_);
    case FieldNumber::any: return true;
  }
  return true;
}

const char* VcfLineCheck::fault_in_value(const Field& field, std::string_view value, bool is_of_sample) const {
  if (value == "." || (value.empty() && is_of_sample)) return nullptr;
  std::size_t count = 0;
  const char* fault = nullptr;
  for_each_part(value, ',', [&](std::string_view part) {
    ++count;
    fault = fault_in_one(*field.kind, part);
    return fault == nullptr;
  });
  if (fault == nullptr && !is_right_count(field, count, is_of_sample)) {
    fault = "has more or fewer values than its declaration and the record's alleles ask for";
  }
  return fault;
}

void VcfLineCheck::learn_format(std::string_view text) {
  format_text_.clear();
  std::vector<Field> fields;
  for_each_part(text, ':', [&](std::string_view name) {
    if (!is_format_name(name)) fail("FORMAT has an empty field, or one with a character that does not belong there");
    if (std::ranges::find(fields, name, &Field::name) != fields.end()) fail("FORMAT names one field twice");
    if (name == "GT" && !fields.empty()) fail("FORMAT has GT, but not as its first field");
    fields.push_back(find_field(FieldPlace::format, declared_.format, name));
    return true;
  });
  format_ = std::move(fields);
  format_text_ = text;
}

bool VcfLineCheck::are_plain_samples(std::string_view rest) const {
  constexpr std::size_t most_digits = 10;
  if (std::endian::native != std::endian::little || format_text_ != "GT" || rest.size() + 1 != 4 * samples_ ||
      alleles_ > most_digits)
    return false;
  // Four bytes a sample, `0|1` and a tab, compared as one number each, which the compiler does for many at a time.
  const auto alleles = static_cast<std::uint32_t>(alleles_);
  const auto is_wrong = [alleles](std::uint32_t word) {
    const std::uint32_t first = word & 0xFFU;
    const std::uint32_t second = word >> 16U & 0xFFU;
    const std::uint32_t bar = word >> 8U & 0xFFU;
    const std::uint32_t right_first = (first - '0' < alleles) | (first == '.');
    const std::uint32_t right_second = (second - '0' < alleles) | (second == '.');
    const std::uint32_t right_bar = (bar == '/') | (bar == '|');
    return 1U - (right_first & right_second & right_bar & std::uint32_t{word >> 24U == '\t'});
  };
  std::uint32_t wrong = 0;
  for (std::size_t k = 0; k + 1 < samples_; ++k) {
    std::uint32_t word = 0;
    std::memcpy(&word, rest.data() + 4 * k, sizeof word);
    wrong |= is_wrong(word);
  }
  std::string last{rest.substr(rest.size() - 3)};
  last += '\t';
  return (wrong | is_wrong(little_u32(reinterpret_cast<const std::uint8_t*>(last.data())))) == 0;
}

void VcfLineCheck::check_samples(std::string_view rest) {
  if (are_plain_samples(rest)) return;
  std::size_t column = 0;
  for_each_part(rest, '\t', [&](std::string_view text) {
    ++column;
    const char* fault = column > samples_ ? "the line has more columns than the header" : fault_in_sample(text);
    if (fault == nullptr) return true;
    if (column > samples_) fail(fault);
    const bool is_field = field_at_fault_ < format_.size();
    const std::string name = is_field ? "FORMAT/" + printable(format_[field_at_fault_].name) : std::string{"a column"};
    fail(name + " of the " + std::to_string(column) + ". sample " + fault);
  });
  if (column < samples_) fail("the line has fewer columns than the header");
}

const char* VcfLineCheck::fault_in_sample(std::string_view column) {
  ploidy_ = 0;
  field_at_fault_ = 0;
  const char* fault = nullptr;
  for_each_part(column, ':', [&](std::string_view value) {
    if (field_at_fault_ == format_.size()) {
      fault = "has more fields than FORMAT names";
      return false;
    }
    const Field& field = format_[field_at_fault_];
    if (field_at_fault_ == 0 && field.name == "GT")
      fault = fault_in_genotype(value);
    else if (field.kind != nullptr)
      fault = fault_in_value(field, value, true);
    if (fault == nullptr) ++field_at_fault_;
    return fault == nullptr;
  });
  return fault;
}

const char* VcfLineCheck::fault_in_genotype(std::string_view text) {
  constexpr const char* no_genotype = "is not a genotype";
  if (text.starts_with('/') || text.starts_with('|')) text.remove_prefix(1);  // VCF 4.4: phasing of the first allele
  std::size_t at = 0;
  for (;;) {
    ++ploidy_;
    if (at < text.size() && text[at] == '.') {
      ++at;
    } else {
      std::size_t allele = 0;
      const std::size_t begin = at;
      for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && at - begin < 9; ++at) {
        allele = 10 * allele + static_cast<std::size_t>(text[at] - '0');
      }
      if (at == begin) return no_genotype;
      if (allele >= alleles_) return "names an allele that the record lacks";
    }
    if (at == text.size()) break;
    if (text[at] != '/' && text[at] != '|') return no_genotype;
    ++at;
  }
  if (text == ".") ploidy_ = 0;
  return nullptr;
}

}  // namespace stardose::genomics
