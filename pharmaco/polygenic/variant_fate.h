// What became of a variant of a score.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stardose::pharmaco {

enum class VariantFate : std::uint8_t {
  not_in_input,     ///< no record at the position
  matched,          ///< the effect allele is the input's counted one (ALT, A1)
  swapped,          ///< it is the other one (REF, A2)
  flipped,          ///< matched as complements: the score is on the other strand
  flipped_swapped,  ///< both
  other_alleles,    ///< records at the position have other alleles
  palindromic,      ///< A/T or C/G: the strand cannot be told, so it was left out
  ambiguous,        ///< several records could be meant, as the file names no other allele
  never_called,     ///< no sample has a genotype
  repeated,         ///< the file has the same variant in a line before
  no_position,      ///< the file does not say where it is on this assembly
  not_bases,        ///< the effect allele is an HLA allele, an amino acid, I or D ...
  haplotype,        ///< the weight is for several variants on one chromosome
  diplotype,        ///< the weight is for a pair of haplotypes
  interaction,      ///< the weight is for variants together
};

inline constexpr std::size_t variant_fates = 15;

/// Returns whether genotypes of the variant count.
[[nodiscard]] constexpr bool is_scored(VariantFate fate) {
  return fate == VariantFate::matched || fate == VariantFate::swapped || fate == VariantFate::flipped ||
         fate == VariantFate::flipped_swapped;
}

/// Returns whether the scoring file itself has decided: such a variant is never looked for.
[[nodiscard]] constexpr bool is_decided(VariantFate fate) { return fate >= VariantFate::repeated; }

/// Returns the word that tables have.
[[nodiscard]] constexpr std::string_view to_string(VariantFate fate) {
  switch (fate) {
    case VariantFate::not_in_input: return "not_in_input";
    case VariantFate::matched: return "matched";
    case VariantFate::swapped: return "matched_swapped";
    case VariantFate::flipped: return "matched_flipped";
    case VariantFate::flipped_swapped: return "matched_flipped_swapped";
    case VariantFate::other_alleles: return "other_alleles";
    case VariantFate::palindromic: return "palindromic";
    case VariantFate::ambiguous: return "ambiguous";
    case VariantFate::never_called: return "never_called";
    case VariantFate::repeated: return "repeated";
    case VariantFate::no_position: return "no_position";
    case VariantFate::not_bases: return "not_bases";
    case VariantFate::haplotype: return "haplotype";
    case VariantFate::diplotype: return "diplotype";
    case VariantFate::interaction: return "interaction";
  }
  return "";
}

}  // namespace stardose::pharmaco
