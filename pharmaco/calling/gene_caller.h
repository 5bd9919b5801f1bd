// Calls one gene of one sample.
#pragma once

#include <cstdint>
#include <span>

#include "genomics/basics/site_genotype.h"
#include "pharmaco/calling/combination_matcher.h"
#include "pharmaco/calling/diplotype_matcher.h"
#include "pharmaco/calling/gene_call.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

struct CallerOptions {
  bool assume_reference = false;     ///< a position in no record is homozygous reference
  bool from_small_variants = false;  ///< call the gene even if structure decides it; the call then says so
  bool find_combinations = false;    ///< where no pair of named alleles explains the genotypes, look for combinations
  bool all_matches = false;          ///< fill GeneCall::matches
};

/// Deterministic and without state of its own: safe to share between threads. Holds the gene, which must outlive it.
class GeneCaller {
 public:
  GeneCaller(const Gene& gene, CallerOptions options);

  /// `genotypes` has one entry for each site of the gene; `phase_sets` is empty or has as many (0: none).
  [[nodiscard]] GeneCall call(std::span<const genomics::SiteGenotype> genotypes,
                              std::span<const std::int32_t> phase_sets) const;

  /// Returns what matching works on.
  [[nodiscard]] GeneSites sites(std::span<const genomics::SiteGenotype> genotypes,
                                std::span<const std::int32_t> phase_sets) const;
  [[nodiscard]] const DiplotypeMatcher& matcher() const { return matcher_; }

  /// For a gene that no pair of named alleles explains: the pair that comes nearest. Takes longer than a call.
  [[nodiscard]] NextBest nearest(std::span<const genomics::SiteGenotype> genotypes,
                                 std::span<const std::int32_t> phase_sets) const;

 private:
  void call_named_alleles(const GeneSites& sites, std::vector<Diplotype> pairs, GeneCall& call) const;
  void call_combinations(const GeneSites& sites, GeneCall& call) const;
  void call_lowest_function(const GeneSites& sites, GeneCall& call) const;
  void keep_matches(const std::vector<Diplotype>& pairs, GeneCall& call) const;
  void list_uncounted(const GeneSites& sites, GeneCall& call) const;
  void list_untested(const GeneSites& sites, GeneCall& call) const;
  void infer_from_one_site(std::span<const genomics::SiteGenotype> genotypes, GeneCall& call) const;

  const Gene& gene_;
  CallerOptions options_;
  DiplotypeMatcher matcher_;
  CombinationMatcher combinations_;
};

}  // namespace stardose::pharmaco
