// The user's choices about matching and missing genotypes, checked.
#pragma once

#include "pharmaco/polygenic/polygenic_options.h"

namespace stardose::pharmaco {

enum class Palindromes { exclude, by_frequency, keep };
enum class MissingGenotypes { cohort_mean, reference_mean, nothing };

struct ScoreRules {
  Palindromes palindromes = Palindromes::by_frequency;
  bool flips = true;
  MissingGenotypes missing = MissingGenotypes::cohort_mean;

  /// Where the rarer allele is more frequent than this, frequencies cannot tell strands apart. The number is that of
  /// TwoSampleMR's harmonise_data() (tolerance 0.08; Hemani et al. 2018, eLife 7:e34408).
  static constexpr double clear_frequency = 0.42;
  /// Fewest genotypes from which the input's frequency is worked out: a standard error of 0.05 at most.
  static constexpr unsigned least_genotypes = 50;
};

/// Throws InputError (usage) for a word that is none of the choices, and for a share of overlap beyond 0 to 1.
[[nodiscard]] ScoreRules score_rules(const PolygenicOptions& options);

}  // namespace stardose::pharmaco
