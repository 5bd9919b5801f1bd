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
  /// Least share of a gene's positions that reads must cover well enough for a call from them, 0 to 1. At a mean of 30
  /// reads a position falls under 10 by chance once in 140,000 times (Poisson), so a tenth missing is no chance but a
  /// hole: a deletion, a capture that leaves the gene out, or too little sequence.
  double min_callable = 0.9;
  /// Report every diplotype that explains the genotypes with its score, not only the best-scoring.
  bool all_matches = false;
  /// TSV files of calls made elsewhere: gene, diplotype, phenotype, activity score.
  std::vector<std::string> outside_calls;
  RankingOptions ranking;
};

}  // namespace stardose::pharmaco
