// What leaves a gene open, and so what would settle it.
#pragma once

#include <string_view>

namespace stardose::pharmaco {

enum class OpenCause {
  none,                 ///< nothing: the result stands
  missing_positions,    ///< positions without a genotype
  low_coverage,         ///< positions with too few reads
  half_genotype,        ///< a genotype of which one allele is missing
  hidden_variant,       ///< a variant that cannot be read as an allele of its position, or failed a filter
  unknown_variant,      ///< a variant that no named allele has
  unknown_combination,  ///< known variants in a combination that no named alleles have
  number_of_copies,     ///< positions disagree on how many copies there are
  phase,                ///< which variants share a strand
  equal_definitions,    ///< named alleles that the positions of the gene do not tell apart
  structure,            ///< copies and hybrids, which small variants do not show
  typing,               ///< the gene is never called from small variants
  unknown_effect,       ///< the diplotype is known, what it does is not
};

/// Returns the name as in JSON, `missing_positions`.
[[nodiscard]] constexpr std::string_view to_string(OpenCause cause) {
  switch (cause) {
    case OpenCause::none: return "none";
    case OpenCause::missing_positions: return "missing_positions";
    case OpenCause::low_coverage: return "low_coverage";
    case OpenCause::half_genotype: return "half_genotype";
    case OpenCause::hidden_variant: return "hidden_variant";
    case OpenCause::unknown_variant: return "unknown_variant";
    case OpenCause::unknown_combination: return "unknown_combination";
    case OpenCause::number_of_copies: return "number_of_copies";
    case OpenCause::phase: return "phase";
    case OpenCause::equal_definitions: return "equal_definitions";
    case OpenCause::structure: return "structure";
    case OpenCause::typing: return "typing";
    case OpenCause::unknown_effect: return "unknown_effect";
  }
  return "none";
}

}  // namespace stardose::pharmaco
