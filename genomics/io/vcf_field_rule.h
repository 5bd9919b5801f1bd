// A field of INFO or FORMAT, and whether a record's value of it is what it should be.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "genomics/io/vcf_fields.h"
#include "genomics/io/vcf_values.h"

namespace stardose::genomics {

struct FieldRule {
  std::string name;
  const FieldKind* kind = nullptr;  ///< nullptr: neither declared nor reserved, and so anything
  bool is_declared = false;
};

/// Returns the rule of the name; it refers to `declared`.
[[nodiscard]] FieldRule find_rule(FieldPlace place, const VcfDeclarations& declared, std::string_view name);

/// What numbers of values are counted by.
struct AlleleCounts {
  std::size_t in_record = 0;                           ///< with REF
  std::size_t in_genotype = 0;                         ///< copies of the sample at hand; 0: not said
  std::optional<std::size_t> local_alternatives = {};  ///< of the sample at hand, by LAA; nullopt: not said
  std::optional<std::size_t> repeats = {};             ///< sequences of tandem repeats; nullopt: not said
};

/// Returns what is wrong with all values of a field, or with how many there are. Requires: the rule has a kind.
[[nodiscard]] ValueFault fault_in_value(const FieldRule& field, std::string_view value, const AlleleCounts& alleles,
                                        FieldPlace place);

}  // namespace stardose::genomics
