// What is wanted from a sample's alignments.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stardose::genomics {

/// A stretch of a contig (canonical name), 0-based and half-open.
struct Region {
  std::string contig;
  std::int64_t begin = 0;
  std::int64_t end = 0;

  friend auto operator<=>(const Region&, const Region&) = default;
};

/// A place where each read is asked which of these alleles it carries.
struct ReadSite {
  std::string contig;                ///< canonical name, `chr10`
  std::int64_t position = 0;         ///< 0-based start of the alleles, on the file's assembly
  std::vector<std::string> alleles;  ///< VCF alleles, upper-case ACGT, at least two; the first is the assembly's bases
  /// true: another place of the genome has nearly the same sequence, so that an aligner cannot tell; reads count here
  /// whatever their mapping quality.
  bool paralogous = false;
};

/// Sites and regions may come in any order and overlap; answers are numbered as they are.
struct ReadPlan {
  std::vector<ReadSite> sites;
  std::vector<Region> depth_regions;  ///< where only the depth is wanted
};

}  // namespace stardose::genomics
