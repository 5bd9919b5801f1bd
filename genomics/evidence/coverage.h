// How well sites were read: figures for a table that a laboratory can sign off.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "genomics/reads/read_evidence.h"

namespace stardose::genomics {

/// How one site of the catalogue was read.
struct SiteCoverage {
  bool asked = false;          ///< false: the site has no place on the file's assembly; the rest means nothing
  std::uint32_t depth = 0;     ///< reads, whatever their mapping quality
  std::uint32_t usable = 0;    ///< fragments that say something: those that a genotype rests on
  double mapping_quality = 0;  ///< mean over `depth`
  std::uint32_t least = 0;     ///< what `usable` must reach
  [[nodiscard]] bool is_callable() const { return asked && usable > 0 && usable >= least; }

  friend bool operator==(const SiteCoverage&, const SiteCoverage&) = default;
};

/// Sites taken together, a gene's for example. Those that were not asked count in `sites` and are not callable.
struct RangeCoverage {
  std::size_t sites = 0;
  std::size_t asked = 0;
  std::size_t callable = 0;
  std::uint32_t least_usable = 0;  ///< over the sites asked; this and the rest: 0 when there is none
  double mean_usable = 0;
  double mean_depth = 0;
  double mapping_quality = 0;  ///< mean over all reads

  /// Callable sites among all; 0 of none.
  [[nodiscard]] double callable_fraction() const {
    return sites == 0 ? 0 : static_cast<double>(callable) / static_cast<double>(sites);
  }
};

/// `usable`: fragments with an observation; `least`: what must be reached.
[[nodiscard]] SiteCoverage coverage_of(const SiteDepth& depth, std::uint32_t usable, std::uint32_t least);

/// Of a gene: `SampleGenotypes::coverage`, from the gene's first site on, as many as it has.
[[nodiscard]] RangeCoverage coverage_of(std::span<const SiteCoverage> sites);

}  // namespace stardose::genomics
