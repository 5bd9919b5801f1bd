// What the user says about polygenic scores.
#pragma once

#include <string>
#include <vector>

namespace stardose::pharmaco {

struct PolygenicOptions {
  /// Scoring files of the PGS Catalog, or tables of several scores.
  std::vector<std::string> scores;
  /// Least share of a score's variants, by number and by weight, that the input must have. The default is the PGS
  /// Catalog Calculator's (min_overlap, pgsc_calc documentation).
  double min_overlap = 0.75;
  /// A/T and C/G variants, which look alike on both strands. `frequency`: count where the effect allele is as frequent
  /// in the input as in the scoring file and clearly not half; `exclude`: never; `keep`: as if on the input's strand.
  std::string palindromes = "frequency";
  /// `unambiguous`: alleles that fit only as complements are taken for those of the other strand; `none`: they do not
  /// fit.
  std::string strand_flips = "unambiguous";
  /// What a missing genotype is worth. `cohort`: the mean of the samples that have one; `reference`: what the effect
  /// allele's frequency in `frequencies` or else in the scoring file makes one expect; `none`: nothing.
  std::string impute_missing = "cohort";
  /// TSV of effect allele frequencies; empty: none.
  std::string frequencies;
  /// TSV of what a reference population scores; empty: none.
  std::string reference_scores;
  /// `GT`, or `DS` for the expected numbers of copies that imputation gives.
  std::string genotype_field = "GT";
};

}  // namespace stardose::pharmaco
