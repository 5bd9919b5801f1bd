// What is asked of reads at a place of the genome.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "genomics/reads/read_plan.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// All sites that are written with the same reference bases at the same place, asked once.
struct SiteQuestion {
  /// A site that answers itself from the question's alleles.
  struct Target {
    std::size_t site = 0;             ///< number in the index
    std::vector<std::uint8_t> codes;  ///< by allele of the question: allele_code in the index's numbering
  };

  /// The sites' alleles; where all are one base, followed by the bases that no site lists, in alphabetical order.
  ReadSite asked;
  std::size_t listed = 0;  ///< of `asked.alleles`, those that some site lists
  std::vector<Target> targets;
  bool one_copy = false;
  /// Questions before or behind whose alternatives change bases of this one.
  std::vector<std::size_t> overlapping;
};

/// Sites without a place, loose sites and hidden ones are not asked.
[[nodiscard]] std::vector<SiteQuestion> questions_of(const SiteIndex& sites, std::span<const std::size_t> paralogous,
                                                     std::span<const std::string> haploid_contigs);

}  // namespace stardose::genomics
