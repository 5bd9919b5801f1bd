// The pair of named alleles that comes nearest to genotypes which no pair explains.
#pragma once

#include "pharmaco/calling/diplotype_matcher.h"
#include "pharmaco/calling/gene_call.h"
#include "pharmaco/calling/gene_sites.h"

namespace stardose::pharmaco {

/// Returns the pair (with one copy: the allele) that fewest bases of the strands contradict, with the sites where they
/// do; among equals the one whose definitions ask more of the positions seen, then by name. Phase groups are turned the
/// way that suits the pair. Why::none when there is no allele to compare with. For reports: looks at many pairs.
[[nodiscard]] NextBest nearest_pair(const Gene& gene, const DiplotypeMatcher& matcher, const GeneSites& sites);

}  // namespace stardose::pharmaco
