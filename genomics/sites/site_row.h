// One record's genotypes, as it writes them and as a site's alleles.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "genomics/basics/phase_set.h"
#include "genomics/basics/site_genotype.h"
#include "genomics/sites/site_matcher.h"

namespace stardose::genomics {

/// A genotype as a record writes it: indexes into the record's alleles, or one of the marks below.
struct RecordGenotype {
  static constexpr std::int16_t missing = -1;
  static constexpr std::int16_t no_copy = -2;

  std::int16_t first = missing;
  std::int16_t second = no_copy;
  bool phased = false;
  bool polyploid = false;                ///< more than two alleles; first and second mean nothing
  Evidence evidence = Evidence::record;  ///< anything but a record: the threshold that it does not reach

  friend bool operator==(const RecordGenotype&, const RecordGenotype&) = default;
};

/// What one record says about one site, sample by sample.
struct SiteRow {
  SiteMatch match;
  std::vector<SiteGenotype> genotypes;
  std::vector<PhaseSet> phase_sets;  ///< empty, or one a sample
};

/// Translates a record's genotypes to the site's alleles. `phase_sets` as in SiteRow.
[[nodiscard]] SiteRow row_of(const SiteMatch& match, std::span<const RecordGenotype> genotypes,
                             std::span<const PhaseSet> phase_sets);

/// What a genotype is that fell short of a threshold.
[[nodiscard]] Missing why_filtered(Evidence evidence);

}  // namespace stardose::genomics
