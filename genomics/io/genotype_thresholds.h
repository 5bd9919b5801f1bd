// How good a genotype must be to count.
#pragma once

#include <string>
#include <vector>

namespace stardose::genomics {

/// A genotype that falls short is neither a variant nor reference. Each threshold holds where a record carries its
/// field. The numbers are those by which gnomAD calls a genotype of high quality ("adj": GQ 20, DP 10, on a single copy
/// 5, allele balance 0.2; Karczewski et al., Nature 2020, doi 10.1038/s41586-020-2308-7).
struct GenotypeThresholds {
  /// Stands for every FILTER value.
  static constexpr const char* any_filter = "any";

  /// FILTER values (and those of FORMAT/FT) that count as passed. The defaults that are not PASS or `.` tell what kind
  /// of record it is and raise no doubt: DeepVariant's RefCall (looked at, found reference), GLnexus's MONOALLELIC (one
  /// allele of a crowded place), and the marks of PharmCAT's preprocessor, which compare alleles as we do ourselves.
  std::vector<std::string> filters = {"PASS", ".", "RefCall", "MONOALLELIC", "PCATxREF", "PCATxALT", "PCATxINDEL"};
  /// Least DP, or MIN_DP of a block, or where neither is given the sum of AD; half of it, rounded up, on a single copy.
  /// 0: off.
  int min_depth = 10;
  /// Least GQ; where it is not given, GQX, and for reference RGQ. 0: off.
  int min_genotype_quality = 20;
  /// Least share of the reads (AD) for each allele of the genotype; 0: off.
  double min_allele_balance = 0.2;
};

}  // namespace stardose::genomics
