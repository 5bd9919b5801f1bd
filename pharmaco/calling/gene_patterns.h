// The distinct genotypes that a cohort shows at one gene.
#pragma once

#include <cstdint>
#include <vector>

#include "genomics/sites/genotype_table.h"

namespace stardose::pharmaco {

/// What one or many samples show at a gene: a genotype a site, and PS values where the input gives any.
struct GenePattern {
  std::vector<genomics::SiteGenotype> genotypes;
  std::vector<std::int32_t> phase_sets;

  friend bool operator==(const GenePattern&, const GenePattern&) = default;
};

struct GenePatterns {
  std::vector<GenePattern> distinct;     ///< in order of first appearance
  std::vector<std::uint32_t> of_sample;  ///< number in `distinct`, one a sample
};

/// Groups samples by their genotypes at table rows [first_site, first_site + site_count). Most samples share a few
/// patterns, and calling works on patterns only.
[[nodiscard]] GenePatterns find_patterns(const genomics::GenotypeTable& table, std::size_t first_site,
                                         std::size_t site_count);

}  // namespace stardose::pharmaco
