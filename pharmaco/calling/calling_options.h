// What the user says about calling.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/calling/frequency_ranking.h"

namespace stardose::pharmaco {

struct CallingOptions {
  /// Genes to call, as the catalogue spells them; empty: all.
  std::vector<std::string> genes;
  /// true: a position in no record is homozygous reference; false: it is not covered.
  bool assume_reference = false;
  /// Genes decided by structure (CYP2D6) that are to be called from small variants all the same.
  std::vector<std::string> from_small_variants;
  /// Where no pair of named alleles explains the genotypes, look for alleles and variants that together do.
  bool find_combinations = false;
  /// Report every diplotype that explains the genotypes with its score, not only the best-scoring.
  bool all_matches = false;
  /// TSV files of calls made elsewhere: gene, diplotype, phenotype, activity score.
  std::vector<std::string> outside_calls;
  RankingOptions ranking;
};

}  // namespace stardose::pharmaco
