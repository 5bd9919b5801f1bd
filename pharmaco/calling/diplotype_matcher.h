// All pairs of named alleles that explain a gene's genotypes, with their scores.
#pragma once

#include <cstdint>
#include <vector>

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/calling/gene_sites.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// An allele that no position seen rules out.
struct AlleleFit {
  std::size_t allele = 0;
  int score = 0;  ///< positions of its definition that have a genotype
  bool either_strand = false;
};

/// Matches without enumerating the ways to phase: every allele is compared with each phase group once, which leaves it
/// possible on one orientation of the group, on both, or on none; a pair explains the genotypes when each group has an
/// orientation that the first allele allows and whose opposite the second allows. Cost grows with alleles, sites and
/// pairs of candidates, not with 2^heterozygous sites.
///
/// Scoring follows CPIC's reference implementation (PharmCAT, Sangkuhl et al. 2020, Clin Pharmacol Ther 107:203): the
/// number of positions that the two definitions ask, one less for each ambiguous position at which the strand carries
/// the reference base. A position that a definition leaves open is read as reference.
///
/// Immutable after construction, safe to share between threads. Holds the gene, which must outlive it.
class DiplotypeMatcher {
 public:
  explicit DiplotypeMatcher(const Gene& gene);

  /// Returns every pair (with one copy: every allele) in no order; none when nothing explains the genotypes.
  [[nodiscard]] std::vector<Diplotype> match(const GeneSites& sites) const;

  /// Returns the alleles that the genotypes seen leave possible and that have a missing position: what a better covered
  /// sample might have shown.
  [[nodiscard]] std::vector<std::size_t> not_ruled_out(const GeneSites& sites) const;

  /// Returns the alleles that may lie on a strand, the part of match() that pairs are made of.
  [[nodiscard]] std::vector<AlleleFit> fitting(const GeneSites& sites) const;

  /// Returns the pairs that the genotypes seen allow whatever the missing positions hold. Of alleles that work alike
  /// and fit alike only the first by name takes part: what matters is what the pairs would mean.
  [[nodiscard]] std::vector<Diplotype> possible(const GeneSites& sites) const;

  /// Site alleles that the named allele allows, as bits, open positions filled in.
  [[nodiscard]] std::uint64_t allowed(std::size_t allele, std::size_t site) const {
    return allowed_[allele * gene_.sites.size() + site];
  }

 private:
  struct Candidate;

  [[nodiscard]] bool fits_homozygous(const GeneSites& sites, std::size_t allele) const;
  [[nodiscard]] std::vector<Candidate> candidates(const GeneSites& sites) const;
  /// Works out on which orientation of each phase group the candidate fits; false: on none of some group.
  [[nodiscard]] bool orient(const GeneSites& sites, Candidate& candidate) const;
  void charge_wobbles(const GeneSites& sites, Candidate& candidate) const;
  [[nodiscard]] static bool fit_together(const Candidate& a, const Candidate& b);
  [[nodiscard]] static int pair_penalty(const Candidate& a, const Candidate& b);

  const Gene& gene_;
  std::vector<std::uint64_t> allowed_;
  std::vector<std::vector<std::size_t>> wobbles_;        // by allele: sites where its definition allows several alleles
  std::vector<std::vector<std::size_t>> not_reference_;  // by allele: sites where it does not allow the reference
};

}  // namespace stardose::pharmaco
