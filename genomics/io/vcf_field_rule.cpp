// VCF specification 4.5, section 1.4.2, with an eye to what real files have.
#include "genomics/io/vcf_field_rule.h"

#include "genomics/io/vcf_parts.h"

namespace stardose::genomics {

namespace {

constexpr std::size_t copies_of_nobody = 1;  // in INFO: of one copy or two, as the contig may be

/// Callers write the values of two copies for a male's X, too.
bool is_right_for_genotypes(std::size_t count, std::size_t alleles, std::size_t copies) {
  return copies > 2 || count == alleles * (alleles + 1) / 2 || (copies < 2 && count == alleles);
}

/// Texts of one value have commas in them often, but not those that the specification has a form or a number for that
/// it gives no other field.
bool is_counted_text(const FieldKind& kind) {
  return kind.form != FieldForm::any || kind.number == FieldNumber::each_repeat ||
         kind.number == FieldNumber::four_each_alternative;
}

bool is_right_count(const FieldRule& field, std::size_t count, const AlleleCounts& alleles, FieldPlace place) {
  const bool is_of_sample = place == FieldPlace::format;
  const FieldKind& kind = *field.kind;
  if (kind.type == FieldType::text && field.is_declared && !is_counted_text(kind)) return true;
  // Fields of INFO that the header is silent on are counted in many ways.
  if (kind.number != FieldNumber::fixed && !field.is_declared && !is_of_sample) return true;
  // Where programs leave out an alternative that nobody has, they leave its numbers where they were.
  if (kind.number != FieldNumber::fixed && alleles.in_record == 1) return true;
  const std::size_t alternatives = alleles.in_record - 1;
  const auto local = alleles.local_alternatives;
  switch (kind.number) {
    case FieldNumber::fixed: return count == static_cast<std::size_t>(kind.count);
    case FieldNumber::each_alternative: return count == alternatives;
    case FieldNumber::each_allele: return count == alleles.in_record;
    case FieldNumber::each_genotype:
      return is_right_for_genotypes(count, alleles.in_record, is_of_sample ? alleles.in_genotype : copies_of_nobody);
    case FieldNumber::each_copy: return alleles.in_genotype == 0 || count == alleles.in_genotype;
    case FieldNumber::each_local_alternative: return !local || count == *local;
    case FieldNumber::each_local_allele: return !local || count == *local + 1;
    case FieldNumber::each_local_genotype:
      return !local || is_right_for_genotypes(count, *local + 1, alleles.in_genotype);
    case FieldNumber::two_each_alternative: return count == 2 * alternatives;
    case FieldNumber::four_each_alternative: return count == 4 * alternatives;
    case FieldNumber::each_repeat: return !alleles.repeats || count == *alleles.repeats;
    case FieldNumber::two_each_repeat: return !alleles.repeats || count == 2 * *alleles.repeats;
    case FieldNumber::any: return true;
  }
  return true;
}

/// GLnexus writes RNC's two characters as one text (`..`, `MM`), as a BCF has them.
bool is_run_of_characters(const FieldKind& kind, std::string_view value) {
  return kind.type == FieldType::character && kind.number == FieldNumber::fixed && kind.count > 1 &&
         value.size() == static_cast<std::size_t>(kind.count) && value.find(',') == std::string_view::npos;
}

/// Bounds come in pairs, of which the first is the lower.
bool is_wrong_bound(std::string_view text, bool is_lower) {
  const bool is_zero = text.find_first_of("123456789") == std::string_view::npos;
  return !is_zero && text.starts_with('-') != is_lower;
}

}  // namespace

FieldRule find_rule(FieldPlace place, const VcfDeclarations& declared, std::string_view name) {
  const TextMap<FieldKind>& fields = place == FieldPlace::info ? declared.info : declared.format;
  const auto at = fields.find(name);
  const bool is_declared = at != fields.end();
  return {std::string{name}, is_declared ? &at->second : reserved_field(place, name, declared.minor_version),
          is_declared};
}

ValueFault fault_in_value(const FieldRule& field, std::string_view value, const AlleleCounts& alleles,
                          FieldPlace place) {
  if (value == "." || (value.empty() && place == FieldPlace::format)) return nullptr;
  if (is_run_of_characters(*field.kind, value)) return nullptr;
  std::size_t count = 0;
  ValueFault fault = nullptr;
  for_each_part(value, ',', [&](std::string_view part) {
    ++count;
    fault = fault_in_one(*field.kind, part);
    if (field.kind->form == FieldForm::interval && fault == nullptr && is_wrong_bound(part, count % 2 == 1))
      fault = "has a bound on the wrong side of 0";
    return fault == nullptr;
  });
  if (fault == nullptr && !is_right_count(field, count, alleles, place)) {
    fault = "has more or fewer values than its declaration and the record's alleles ask for";
  }
  return fault;
}

}  // namespace stardose::genomics
