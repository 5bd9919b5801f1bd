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
      {"AF", {FieldNumber::each_alternative, 0, FieldType::real, false, FieldForm::share}},
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

constexpr FieldKind each_text{FieldNumber::each_alternative, 0, FieldType::text, true};
constexpr FieldKind repeats{FieldNumber::each_repeat, 0, FieldType::integer, false};
constexpr FieldKind bounds{FieldNumber::two_each_alternative, 0, FieldType::integer, true, FieldForm::interval};
constexpr FieldKind mobile_element{FieldNumber::four_each_alternative, 0, FieldType::text, true};

// Reserved before VCF 4.4, too, but then what programs mean by them differs too much.
const TextMap<FieldKind>& structural_info() {
  static const TextMap<FieldKind> fields{
      {"BKPTID", each_text},
      {"CICN", {FieldNumber::two_each_alternative, 0, FieldType::real, true}},
      {"CIEND", bounds},
      {"CILEN", {FieldNumber::two_each_alternative, 0, FieldType::integer, true}},
      {"CIPOS", bounds},
      {"CIRB", {FieldNumber::two_each_repeat, 0, FieldType::integer, true, FieldForm::interval}},
      {"CIRUC", {FieldNumber::two_each_repeat, 0, FieldType::real, true, FieldForm::interval}},
      {"CN", {FieldNumber::each_alternative, 0, FieldType::real, false}},
      {"EVENT", each_text},
      {"HOMLEN", {FieldNumber::each_alternative, 0, FieldType::integer, true}},
      {"HOMSEQ", each_text},
      {"IMPRECISE", flag},
      {"MEINFO", mobile_element},
      {"METRANS", mobile_element},
      {"NOVEL", flag},
      {"RB", repeats},
      {"RN", {FieldNumber::each_alternative, 0, FieldType::integer, false}},
      {"RUC", {FieldNumber::each_repeat, 0, FieldType::real, false}},
      {"RUL", repeats},
      {"RUS", {FieldNumber::each_repeat, 0, FieldType::text, true}},
      {"SVCLAIM", {FieldNumber::each_alternative, 0, FieldType::text, true, FieldForm::claim}},
      {"SVLEN", {FieldNumber::each_alternative, 0, FieldType::integer, true}},  // negative: to be taken as positive
      {"SVTYPE", text},
  };
  return fields;
}

const TextMap<FieldKind>& structural_format() {
  static const TextMap<FieldKind> fields{
      {"CICN", {FieldNumber::fixed, 2, FieldType::real, true}},
      {"CN", {FieldNumber::fixed, 1, FieldType::real, false}},
      {"CNQ", {FieldNumber::fixed, 1, FieldType::real, true}},
      {"PSL", {FieldNumber::each_copy, 0, FieldType::text, true, FieldForm::phase_sets}},
      {"PSO", {FieldNumber::each_copy, 0, FieldType::integer, false}},
      {"PSQ", {FieldNumber::each_copy, 0, FieldType::integer, true}},
  };
  return fields;
}

const TextMap<FieldKind>& local_format() {
  static const TextMap<FieldKind> fields{
      {"LAA", {FieldNumber::each_local_alternative, 0, FieldType::integer, false, FieldForm::local_alternatives}},
      {"LAD", {FieldNumber::each_local_allele, 0, FieldType::integer, false}},
      {"LADF", {FieldNumber::each_local_allele, 0, FieldType::integer, false}},
      {"LADR", {FieldNumber::each_local_allele, 0, FieldType::integer, false}},
      {"LEC", {FieldNumber::each_local_alternative, 0, FieldType::integer, false}},
      {"LEN", count},
      {"LGL", {FieldNumber::each_local_genotype, 0, FieldType::real, true}},
      {"LGP", {FieldNumber::each_local_genotype, 0, FieldType::real, true}},
      {"LPL", {FieldNumber::each_local_genotype, 0, FieldType::integer, true}},
      {"LPP", {FieldNumber::each_local_genotype, 0, FieldType::integer, true}},
  };
  return fields;
}

bool is_beyond_header(FieldNumber number) {
  return number == FieldNumber::two_each_alternative || number == FieldNumber::four_each_alternative ||
         number == FieldNumber::each_repeat || number == FieldNumber::two_each_repeat;
}

bool is_depth_of_alleles(std::string_view id) { return id == "AD" || id == "ADF" || id == "ADR"; }

struct KnownReading {
  FieldPlace place;
  std::string_view id;
  FieldNumber number;
  int count;
  FieldType type;
};

// What programs write otherwise.
constexpr KnownReading known_readings[] = {
    {FieldPlace::info, "AF", FieldNumber::fixed, 1, FieldType::real},      // Minimac
    {FieldPlace::info, "MQ", FieldNumber::fixed, 1, FieldType::integer},   // bcftools
    {FieldPlace::info, "BKPTID", FieldNumber::fixed, 1, FieldType::text},  // these: as of one alternative
    {FieldPlace::info, "CICN", FieldNumber::fixed, 2, FieldType::real},
    {FieldPlace::info, "CIEND", FieldNumber::fixed, 2, FieldType::integer},
    {FieldPlace::info, "CILEN", FieldNumber::fixed, 2, FieldType::integer},
    {FieldPlace::info, "CIPOS", FieldNumber::fixed, 2, FieldType::integer},
    {FieldPlace::info, "EVENT", FieldNumber::fixed, 1, FieldType::text},
    {FieldPlace::info, "HOMLEN", FieldNumber::fixed, 1, FieldType::integer},
    {FieldPlace::info, "HOMSEQ", FieldNumber::fixed, 1, FieldType::text},
    {FieldPlace::info, "MEINFO", FieldNumber::fixed, 4, FieldType::text},
    {FieldPlace::info, "METRANS", FieldNumber::fixed, 4, FieldType::text},
    {FieldPlace::info, "RUS", FieldNumber::fixed, 1, FieldType::text},
    {FieldPlace::info, "SVCLAIM", FieldNumber::fixed, 1, FieldType::text},
    {FieldPlace::info, "SVLEN", FieldNumber::fixed, 1, FieldType::integer},
    {FieldPlace::format, "CN", FieldNumber::fixed, 1, FieldType::integer},  // as before VCF 4.4, and this
    {FieldPlace::format, "CNQ", FieldNumber::fixed, 1, FieldType::integer},
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
  if (text == "P") return FieldNumber::each_copy;
  if (text == "LA") return FieldNumber::each_local_alternative;
  if (text == "LR") return FieldNumber::each_local_allele;
  if (text == "LG") return FieldNumber::each_local_genotype;
  if (text == "." || text == "M") return FieldNumber::any;
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

void add_reserved_rules(FieldPlace place, std::string_view id, int minor_version, FieldKind& declared) {
  const FieldKind* reserved = reserved_field(place, id, minor_version);
  if (reserved == nullptr) return;
  declared.can_be_negative = reserved->can_be_negative;
  declared.form = reserved->form;
  if (declared.number == FieldNumber::any && is_beyond_header(reserved->number)) declared.number = reserved->number;
}

const FieldKind* reserved_field(FieldPlace place, std::string_view id, int minor_version) {
  constexpr int depths_since = 3;
  constexpr int structural = 4;
  constexpr int local = 5;
  const bool is_info = place == FieldPlace::info;
  if (minor_version < depths_since && is_depth_of_alleles(id)) return nullptr;
  const auto find_in = [&](const TextMap<FieldKind>& fields) -> const FieldKind* {
    const auto at = fields.find(id);
    return at == fields.end() ? nullptr : &at->second;
  };
  const FieldKind* found = find_in(is_info ? reserved_info() : reserved_format());
  if (found == nullptr && minor_version >= structural)
    found = find_in(is_info ? structural_info() : structural_format());
  if (found == nullptr && minor_version >= local && !is_info) found = find_in(local_format());
  return found;
}

bool is_known_reading(FieldPlace place, std::string_view id, int minor_version, const FieldKind& declared) {
  const FieldKind* reserved = reserved_field(place, id, minor_version);
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
