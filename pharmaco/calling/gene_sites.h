// One sample's genotypes at one gene, made ready for matching.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "genomics/basics/site_genotype.h"
#include "pharmaco/calling/gene_call.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// A heterozygous site: on one orientation of its phase group a strand carries `first`, on the other `second`.
struct HetSite {
  std::size_t site = 0;
  std::uint8_t first = 0;
  std::uint8_t second = 0;
  std::size_t group = 0;  ///< sites of one group are phased to each other
};

/// A homozygous site that is not reference; haploid sites count as such.
struct HomSite {
  std::size_t site = 0;
  std::uint8_t allele = 0;
};

/// What matching works on. Sites that are homozygous reference are those that no list names.
struct GeneSites {
  bool one_copy = false;
  std::vector<bool> is_missing;  ///< by site; the lists of `call` have them by number
  std::vector<HomSite> homs;
  std::vector<HetSite> hets;
  std::size_t groups = 0;
  bool has_unphased = false;  ///< a heterozygous site has no phase at all, not even within a set
  GeneCall call;              ///< evidence filled in; a reason when there is nothing to match
};

/// Phase groups that are few enough to lay out in every way against each other.
inline constexpr std::size_t most_groups = 8;

struct SiteReading {
  bool assume_reference = false;  ///< a position in no record is homozygous reference
  /// Half-calls are kept as a strand with an allele and one without, and undocumented variants as what they are.
  bool for_combinations = false;
};

/// Reads the genotypes: applies the gene's ploidy and what it does with undocumented variants. `phase_sets` is empty or
/// one PS value a site (0: none).
[[nodiscard]] GeneSites prepare_sites(const Gene& gene, std::span<const genomics::SiteGenotype> genotypes,
                                      std::span<const std::int32_t> phase_sets, SiteReading reading);

}  // namespace stardose::pharmaco
