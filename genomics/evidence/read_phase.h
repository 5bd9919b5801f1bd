// Heterozygous sites phased to each other by the fragments that show several of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stardose::genomics {

/// A fragment shows one of the two alleles of a heterozygous site.
struct HetObservation {
  std::uint32_t het = 0;     ///< number of the heterozygous site
  bool second = false;       ///< its second allele, not its first
  std::uint8_t quality = 0;  ///< Phred that it carries the other one
};

/// Fragments, one behind the other.
struct HetFragments {
  std::vector<HetObservation> observations;
  std::vector<std::size_t> begins;  ///< of each fragment, and the end of the last

  [[nodiscard]] std::size_t size() const { return begins.empty() ? 0 : begins.size() - 1; }
  [[nodiscard]] std::span<const HetObservation> operator[](std::size_t fragment) const {
    return std::span{observations}.subspan(begins[fragment], begins[fragment + 1] - begins[fragment]);
  }
};

/// Sites phased to each other.
struct PhasedHets {
  std::vector<std::uint32_t> hets;  ///< at least two, ascending
  std::vector<bool> swapped;        ///< as `hets`: the set's first haplotype has the second allele; never of the first
  double quality = 0;               ///< Phred that some part of the set is the other way round to the rest
};

/// Links sites by the likeliest arrangement of the fragments, and parts them where turning round one side of a link, or
/// one site, would cost less than `min_quality` (Phred). No fragment alone can tip more than about 17, for one may be
/// joined of two molecules. The order of fragments changes nothing.
[[nodiscard]] std::vector<PhasedHets> phase_hets(std::size_t hets, const HetFragments& fragments, double min_quality);

}  // namespace stardose::genomics
