// VCF specification 4.5, section 1.4.2, with an eye to what real files have.
#include "genomics/io/vcf_field_rule.h"

#include "genomics/io/vcf_parts.h"

namespace stardose::genomics {

namespace {

bool is_right_count(const FieldRule& field, std::size_t count, const AlleleCounts& alleles, FieldPlace place) {
  const bool is_of_sample = place == FieldPlace::format;
  const FieldKind& kind = *field.kind;
  // Texts of one value have commas in them often; fields of INFO that the header is silent on are counted in many ways.
  if (kind.type == FieldType::text && field.is_declared) return true;
  if (kind.number != FieldNumber::fixed && !field.is_declared && !is_of_sample) return true;
  // Where programs leave out an alternative that nobody has, they leave its numbers where they were.
  if (kind.number != FieldNumber::fixed && alleles.in_record == 1) return true;
  switch (kind.number) {
    case FieldNumber::fixed: return count == static_cast<std::size_t>(kind.count);
    case FieldNumber::each_alternative: return count + 1 == alleles.in_record;
    case FieldNumber::each_allele: return count == alleles.in_record;
    case FieldNumber::each_genotype:
      // Callers write those of two copies for a male's X, too.
      return !is_of_sample || alleles.in_genotype > 2 || count == alleles.in_record * (alleles.in_record + 1) / 2 ||
             (alleles.in_genotype < 2 && count == alleles.in_record);
    case FieldNumber::any: return true;
  }
  return true;
}

}  // namespace

FieldRule find_rule(FieldPlace place, const TextMap<FieldKind>& declared, std::string_view name) {
  const auto at = declared.find(name);
  const bool is_declared = at != declared.end();
  return {std::string{name}, is_declared ? &at->second : reserved_field(place, name), is_declared};
}

ValueFault fault_in_value(const FieldRule& field, std::string_view value, const AlleleCounts& alleles,
                          FieldPlace place) {
  if (value == "." || (value.empty() && place == FieldPlace::format)) return nullptr;
  std::size_t count = 0;
  ValueFault fault = nullptr;
  for_each_part(value, ',', [&](std::string_view part) {
    ++count;
    fault = fault_in_one(*field.kind, part);
    return fault == nullptr;
  });
  if (fault == nullptr && !is_right_count(field, count, alleles, place)) {
    fault = "has more or fewer values than its declaration and the record's alleles ask for";
  }
  return fault;
}

}  // namespace stardose::genomics
