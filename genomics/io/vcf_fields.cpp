// Reserved fields: VCF specification 4.5, sections 1.6.1 and 1.6.2, with those that 4.1 to 4.4 reserve besides.
#include "genomics/io/vcf_fields.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace stardose::genomics {

namespace {

constexpr FieldKind flag{FieldNumber::fixed, 0, FieldType::flag, false};
constexpr FieldKind count{FieldNumber::fixed, 1, FieldType::integer, false};
constexpr FieldKind counts{FieldNumber::each_allele, 0, FieldType::integer, false};
constexpr FieldKind text{FieldNumber::fixed, 1, FieldType::text, true};

const TextMap<FieldKind>& reserved_info() {
  static const TextMap<FieldKind> fields{
      {"AA", text},
      {"AC", {FieldNumber::each_alternative, 0, FieldType::integer, false}},
      {"AD", counts},
      {"ADF", counts},
      {"ADR", counts},
      {"AF", {FieldNumber::each_alternative, 0, FieldType::real, false}},
      {"AN", count},
      {"BQ", {FieldNumber::fixed, 1, FieldType::real, true}},
      {"CIGAR", {FieldNumber::each_alternative, 0, FieldType::text, true, FieldForm::cigar}},
      {"DB", flag},
      {"DP", count},
      {"END", count},
      {"H2", flag},
      {"H3", flag},
      {"MQ", {FieldNumber::fixed, 1, FieldType::real, true}},
      {"MQ0", count},
      {"NS", count},
      {"SOMATIC", flag},
      {"VALIDATED", flag},
      {"1000G", flag},
  };
  return fields;
}

const TextMap<FieldKind>& reserved_format() {
  static const TextMap<FieldKind> fields{
      {"AD", counts},
      {"ADF", counts},
      {"ADR", counts},
      {"DP", count},
      {"EC", {FieldNumber::each_alternative, 0, FieldType::integer, false}},
      {"FT", text},
      {"GL", {FieldNumber::each_genotype, 0, FieldType::real, true}},
      {"GLE", {FieldNumber::any, 0, FieldType::text, true}},
      {"GP", {FieldNumber::each_genotype, 0, FieldType::real, true}},
      {"GQ", {FieldNumber::fixed, 1, FieldType::integer, true}},
      {"GT", text},
      {"HQ", {FieldNumber::fixed, 2, FieldType::integer, true}},
      {"MQ", {FieldNumber::fixed, 1, FieldType::integer, true}},
      {"PL", {FieldNumber::each_genotype, 0, FieldType::integer, true}},
      {"PP", {FieldNumber::each_genotype, 0, FieldType::integer, true}},
      {"PQ", {FieldNumber::fixed, 1, FieldType::integer, true}},
      {"PS", {FieldNumber::fixed, 1, FieldType::integer, true}},
  };
  return fields;
}

struct KnownReading {
  FieldPlace place;
  std::string_view id;
  FieldNumber number;
  int count;
  FieldType type;
};

// What programs write otherwise.
constexpr KnownReading known_readings[] = {
    {FieldPlace::info, "AF", FieldNumber::fixed, 1, FieldType::real},        // Minimac
    {FieldPlace::info, "MQ", FieldNumber::fixed, 1, FieldType::integer},     // bcftools
    {FieldPlace::format, "AD", FieldNumber::fixed, 1, FieldType::integer},   // VarScan: of the alternative
    {FieldPlace::format, "ADF", FieldNumber::fixed, 1, FieldType::integer},  // VarScan
    {FieldPlace::format, "ADR", FieldNumber::fixed, 1, FieldType::integer},  // VarScan
    {FieldPlace::format, "GL", FieldNumber::fixed, 3, FieldType::real},      // SAMtools 0.1
    {FieldPlace::format, "GP", FieldNumber::fixed, 3, FieldType::real},      // Minimac
    {FieldPlace::format, "GQ", FieldNumber::fixed, 1, FieldType::real},      // freebayes
    {FieldPlace::format, "PS", FieldNumber::fixed, 1, FieldType::text},      // Genome in a Bottle
};

}  // namespace

std::optional<FieldNumber> field_number(std::string_view text, int& count) {
  count = 0;
  if (text == "A") return FieldNumber::each_alternative;
  if (text == "R") return FieldNumber::each_allele;
  if (text == "G") return FieldNumber::each_genotype;
  if (text == "." || text == "LA" || text == "LR" || text == "LG" || text == "M" || text == "P")
    return FieldNumber::any;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool is_number = fault == std::errc{} && end == text.data() + text.size() && count >= 0;
  return is_number ? std::optional{FieldNumber::fixed} : std::nullopt;
}

std::optional<FieldType> field_type(std::string_view text) {
  if (text == "Integer") return FieldType::integer;
  if (text == "Float") return FieldType::real;
  if (text == "Flag") return FieldType::flag;
  if (text == "Character") return FieldType::character;
  if (text == "String") return FieldType::text;
  return std::nullopt;
}

void add_reserved_rules(FieldPlace place, std::string_view id, FieldKind& declared) {
  const FieldKind* reserved = reserved_field(place, id);
  if (reserved == nullptr) return;
  declared.can_be_negative = reserved->can_be_negative;
  declared.form = reserved->form;
}

const FieldKind* reserved_field(FieldPlace place, std::string_view id) {
  const TextMap<FieldKind>& fields = place == FieldPlace::info ? reserved_info() : reserved_format();
  const auto at = fields.find(id);
  return at == fields.end() ? nullptr : &at->second;
}

bool is_known_reading(FieldPlace place, std::string_view id, const FieldKind& declared) {
  const FieldKind* reserved = reserved_field(place, id);
  if (reserved == nullptr) return true;
  // `Number=.` claims nothing that could be wrong (GATK's FT and Strelka's AD have it).
  const bool same_number = declared.number == FieldNumber::any || reserved->number == FieldNumber::any ||
                           (declared.number == reserved->number && declared.count == reserved->count);
  if (same_number && declared.type == reserved->type) return true;
  return std::ranges::any_of(known_readings, [&](const KnownReading& known) {
    return known.place == place && known.id == id && known.type == declared.type &&
           (known.number == declared.number || declared.number == FieldNumber::any) && known.count == declared.count;
  });
}

}  // namespace stardose::genomics
