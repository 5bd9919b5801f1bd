// Whether the alleles of a score's variant are those of a row of genotypes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/matrix/bim_row.h"

namespace stardose::pharmaco {

/// A row of genotypes as the input describes it.
struct TargetRow {
  std::string contig;  ///< canonical name
  std::int64_t position = 0;
  std::string id;
  std::string counted;              ///< the allele whose copies the row has
  std::vector<std::string> others;  ///< what a sample has otherwise: one allele, or several

  [[nodiscard]] bool has_two_alleles() const { return others.size() == 1; }
};

/// Returns the row, its alleles in upper case and its contig by its one name.
[[nodiscard]] TargetRow target_row(const genomics::BimRow& row);

/// The alleles of a score's variant; `other` empty: not known.
struct ScoreAlleles {
  std::int64_t position = 0;
  std::string_view effect;
  std::string_view other;
};

enum class AlleleFit : std::uint8_t {
  none,
  direct,           ///< the effect allele is counted
  swapped,          ///< it is the one other allele
  flipped,          ///< it is counted, on the other strand
  flipped_swapped,  ///< it is the one other allele, on the other strand
};

/// Compares trimmed, so that an indel fits however many bases around it are written; it does not shift indels. The
/// other strand is tried with `flips` for single bases that fit no other way; palindromic ones never need it.
[[nodiscard]] AlleleFit fit_alleles(const TargetRow& row, const ScoreAlleles& alleles, bool flips);

/// Returns whether a row's two alleles are bases that look alike on both strands (A/T, C/G).
[[nodiscard]] bool is_palindromic(const TargetRow& row);

}  // namespace stardose::pharmaco
