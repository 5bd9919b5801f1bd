// VCF specification 4.5, section 1.6.2, with an eye to what real files have.
#include "genomics/io/vcf_sample_check.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#include "genomics/input_error.h"
#include "genomics/io/little_endian.h"
#include "genomics/io/vcf_parts.h"

namespace stardose::genomics {

namespace {

bool has_form(const FieldRule& field, FieldForm form) { return field.kind != nullptr && field.kind->form == form; }

/// The part by its number, from 0 on; empty: there are fewer.
std::string_view part_at(std::string_view text, char separator, std::size_t number) {
  for (; number > 0; --number) next_part(text, separator);
  return next_part(text, separator);
}

/// Unphased alleles are in no phase set. Requires: a genotype.
ValueFault fault_in_phase_sets(std::string_view genotype, std::string_view sets) {
  bool is_phased = genotype.find('/') == std::string_view::npos;
  if (genotype.starts_with('/') || genotype.starts_with('|')) {
    is_phased = genotype.starts_with('|');
    genotype.remove_prefix(1);
  }
  ValueFault fault = nullptr;
  for_each_part(sets, ',', [&](std::string_view set) {
    if (!is_phased && set != "." && !set.empty()) fault = "has a phase set for an allele that is not phased";
    genotype.remove_prefix(std::min(genotype.find_first_of("/|"), genotype.size()));
    is_phased = genotype.starts_with('|');
    genotype.remove_prefix(std::min<std::size_t>(1, genotype.size()));
    return fault == nullptr;
  });
  return fault;
}

}  // namespace

VcfSampleCheck::VcfSampleCheck(const VcfDeclarations& declared, std::size_t samples)
    : declared_{declared}, samples_{samples} {}

std::string VcfSampleCheck::fault_in(std::string_view format, std::string_view columns, std::size_t alleles) {
  if (format != format_text_ || format.empty()) {
    if (std::string fault = learn_format(format); !fault.empty()) return fault;
  }
  alleles_ = {alleles, 0};
  if (are_plain_samples(columns)) return {};
  std::size_t column = 0;
  std::string fault;
  for_each_part(columns, '\t', [&](std::string_view text) {
    if (++column > samples_) {
      fault = "the line has more columns than the header";
    } else if (const ValueFault wrong = fault_in_sample(text)) {
      const bool is_field = field_at_fault_ < format_.size();
      const std::string name =
          is_field ? "FORMAT/" + printable(format_[field_at_fault_].name) : std::string{"a column"};
      fault = name + " of the " + std::to_string(column) + ". sample " + wrong;
    }
    return fault.empty();
  });
  if (fault.empty() && column < samples_) fault = "the line has fewer columns than the header";
  return fault;
}

std::string VcfSampleCheck::learn_format(std::string_view text) {
  format_text_.clear();
  format_.clear();
  if (has_repeat(text, ':')) return "FORMAT names one field twice";
  std::string fault;
  for_each_part(text, ':', [&](std::string_view name) {
    if (!is_format_name(name)) {
      fault = "FORMAT has an empty field, or one with a character that does not belong there";
    } else if (name == "GT" && !format_.empty()) {
      fault = "FORMAT has GT, but not as its first field";
    }
    format_.push_back(find_rule(FieldPlace::format, declared_, name));
    return fault.empty();
  });
  if (fault.empty()) format_text_ = text;
  local_field_ = 0;
  while (local_field_ < format_.size() && !has_form(format_[local_field_], FieldForm::local_alternatives))
    ++local_field_;
  return fault;
}

bool VcfSampleCheck::are_plain_samples(std::string_view columns) const {
  constexpr std::size_t most_digits = 10;
  if (std::endian::native != std::endian::little || format_text_ != "GT" || columns.size() + 1 != 4 * samples_ ||
      alleles_.in_record > most_digits)
    return false;
  // Four bytes a sample, `0|1` and a tab, compared as one number each, which the compiler does for many at a time.
  const auto alleles = static_cast<std::uint32_t>(alleles_.in_record);
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
    std::memcpy(&word, columns.data() + 4 * k, sizeof word);
    wrong |= is_wrong(word);
  }
  std::string last{columns.substr(columns.size() - 3)};
  last += '\t';
  return (wrong | is_wrong(little_u32(reinterpret_cast<const std::uint8_t*>(last.data())))) == 0;
}

ValueFault VcfSampleCheck::fault_in_sample(std::string_view column) {
  alleles_.in_genotype = 0;
  if (local_field_ < format_.size()) {
    field_at_fault_ = local_field_;
    if (const ValueFault fault = count_local_alleles(part_at(column, ':', local_field_))) return fault;
  }
  field_at_fault_ = 0;
  std::string_view genotype;
  ValueFault fault = nullptr;
  for_each_part(column, ':', [&](std::string_view value) {
    if (field_at_fault_ == format_.size()) {
      fault = "has more fields than FORMAT names";
      return false;
    }
    const FieldRule& field = format_[field_at_fault_];
    if (field_at_fault_ == 0 && field.name == "GT") {
      genotype = value;
      fault = fault_in_genotype(value);
    } else if (field.kind != nullptr) {
      fault = fault_in_value(field, value, alleles_, FieldPlace::format);
      const bool has_sets = fault == nullptr && field.kind->form == FieldForm::phase_sets && !genotype.empty();
      if (has_sets) fault = fault_in_phase_sets(genotype, value);
    }
    if (fault == nullptr) ++field_at_fault_;
    return fault == nullptr;
  });
  return fault;
}

ValueFault VcfSampleCheck::count_local_alleles(std::string_view text) {
  std::size_t count = 0;
  if (alleles_.in_record == 1) return nullptr;  // as with other fields, where programs left out what nobody has
  alleles_.local_alternatives = 0;
  if (text.empty() || text == ".") return nullptr;
  ValueFault fault = nullptr;
  local_alleles_.assign(alleles_.in_record, false);
  for_each_part(text, ',', [&](std::string_view part) {
    std::size_t allele = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), allele);
    const bool is_number = error == std::errc{} && end == part.data() + part.size();
    if (!is_number || allele == 0 || allele >= alleles_.in_record)
      fault = "is no list of the record's alternatives";
    else if (local_alleles_[allele])
      fault = "names an alternative twice";
    else
      local_alleles_[allele] = true;
    ++count;
    return fault == nullptr;
  });
  alleles_.local_alternatives = count;
  return fault;
}

ValueFault VcfSampleCheck::fault_in_genotype(std::string_view text) {
  constexpr ValueFault no_genotype = "is not a genotype";
  if (text.starts_with('/') || text.starts_with('|')) text.remove_prefix(1);  // VCF 4.4: phasing of the first allele
  std::size_t at = 0;
  for (;;) {
    ++alleles_.in_genotype;
    if (at < text.size() && text[at] == '.') {
      ++at;
    } else {
      std::size_t allele = 0;
      const std::size_t begin = at;
      for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && at - begin < 9; ++at) {
        allele = 10 * allele + static_cast<std::size_t>(text[at] - '0');
      }
      if (at == begin) return no_genotype;
      if (allele >= alleles_.in_record) return "names an allele that the record lacks";
    }
    if (at == text.size()) break;
    if (text[at] != '/' && text[at] != '|') return no_genotype;
    ++at;
  }
  if (text == ".") alleles_.in_genotype = 0;
  return nullptr;
}

}  // namespace stardose::genomics
