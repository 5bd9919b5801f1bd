// What a sample's reads say at the sites and in the regions of a plan.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace stardose::genomics {

/// A read shows none of the site's alleles (another base, another indel).
inline constexpr std::uint8_t other_read_allele = 255;

/// What one fragment shows at one site. Where both mates cover it and agree, once, with the better quality; where they
/// contradict each other, not at all.
struct Observation {
  std::uint32_t site = 0;    ///< number in ReadPlan::sites
  std::uint8_t allele = 0;   ///< number in ReadSite::alleles, or other_read_allele
  std::uint8_t quality = 0;  ///< Phred: how probable it is that the fragment carries another allele, if it belongs here
  bool reverse = false;      ///< strand of the read
  friend bool operator==(const Observation&, const Observation&) = default;
};

/// A read pair, a single read, or one aligned piece of a long read.
struct Fragment {
  std::uint32_t first = 0;  ///< its observations: [first, first + count) of ReadEvidence::observations, by site
  std::uint32_t count = 0;
  std::uint8_t mapping_quality = 0;  ///< the lowest of the reads that observe something
  std::uint64_t molecule = 0;        ///< the same for all pieces of one read, which follow each other
  friend bool operator==(const Fragment&, const Fragment&) = default;
};

/// Reads whose alignment covers a site's first base (or lacks it, by a deletion): primary or supplementary, passed, no
/// duplicates.
struct SiteDepth {
  std::uint32_t all = 0;              ///< whatever the mapping quality
  std::uint32_t usable = 0;           ///< observations here: fragments with mapping and base quality enough
  std::uint32_t mapping_quality = 0;  ///< sum over all; 255 (not known) counts as 0
  friend bool operator==(const SiteDepth&, const SiteDepth&) = default;
};

/// Aligned bases of the reads that SiteDepth counts in `all`, in a region.
struct RegionDepth {
  std::int64_t bases = 0;
  std::int64_t unsure_bases = 0;  ///< of them, in reads with a mapping quality under ReadFilter::min_mapping_quality
  friend bool operator==(const RegionDepth&, const RegionDepth&) = default;
};

struct ReadEvidence {
  std::vector<Observation> observations;  ///< by fragment; only of usable reads
  std::vector<Fragment> fragments;        ///< those with an observation, in an order that the file decides
  std::vector<SiteDepth> sites;           ///< as ReadPlan::sites
  std::vector<RegionDepth> regions;       ///< as ReadPlan::depth_regions
  std::uint64_t reads = 0;                ///< decoded
  std::uint64_t duplicates = 0;           ///< of them, left out as marked duplicates
  double mean_read_length = 0;            ///< bases, of the reads used; 0: none
  bool has_pairs = false;

  [[nodiscard]] std::span<const Observation> of(const Fragment& fragment) const {
    return std::span{observations}.subspan(fragment.first, fragment.count);
  }
};

}  // namespace stardose::genomics
