// Named alleles and single variants that together explain a gene's genotypes, where no pair of named alleles does.
#pragma once

#include <cstdint>
#include <vector>

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/calling/gene_sites.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// A strand is taken apart into the named alleles whose own positions it all carries, those with more positions first;
/// alleles that share a position exclude each other, so a strand may come apart in several ways. Variants left over are
/// named one by one. An open position of a definition is not read as reference here.
///
/// Scoring follows CPIC's reference implementation (PharmCAT): the positions that the parts ask, one less for each
/// variant left over. Work grows with 2^groups, which is why there are at most most_groups of them.
///
/// Immutable after construction, safe to share between threads. Holds the gene, which must outlive it.
class CombinationMatcher {
 public:
  explicit CombinationMatcher(const Gene& gene);

  /// Requires: sites.groups <= most_groups. Returns every pair (with one copy: every haplotype), the smaller name
  /// first, none twice, in no order.
  [[nodiscard]] std::vector<Diplotype> match(const GeneSites& sites) const;

 private:
  struct Part;
  struct Strand;

  [[nodiscard]] std::vector<Part> parts(const GeneSites& sites) const;
  [[nodiscard]] std::vector<Strand> take_apart(const GeneSites& sites, const std::vector<Part>& parts,
                                               std::uint64_t orientation) const;
  [[nodiscard]] Strand assemble(const GeneSites& sites, const std::vector<const Part*>& chosen,
                                const std::vector<SiteAllele>& variants) const;

  const Gene& gene_;
  std::vector<std::size_t> usable_;  // alleles by plain name: not the reference, not names for two alleles together
};

}  // namespace stardose::pharmaco
