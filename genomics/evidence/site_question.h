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

  /// Another question of whose reference bases an alternative of this one changes some.
  struct Reach {
    std::uint32_t question = 0;
    bool removes = false;  ///< deletes everything that the other asks about, so that its reads cannot answer there
  };

  /// The sites' alleles; where all are one base, followed by the bases that no site lists, in alphabetical order.
  ReadSite asked;
  std::size_t listed = 0;  ///< of `asked.alleles`, those that some site lists
  std::vector<Target> targets;
  bool one_copy = false;
  std::vector<Reach> reaches;
};

/// Sites without a place, loose sites and hidden ones are not asked.
[[nodiscard]] std::vector<SiteQuestion> questions_of(const SiteIndex& sites, std::span<const std::size_t> paralogous,
                                                     std::span<const std::string> haploid_contigs);

}  // namespace stardose::genomics
