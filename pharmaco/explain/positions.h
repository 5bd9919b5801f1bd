// What a file shows at the positions of a gene, for people.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/explain/explain.h"
#include "pharmaco/explain/page.h"

namespace stardose::pharmaco {

/// Returns `G/A`, `G|A`, `A` for one copy, `G/?` for a variant that no definition knows.
[[nodiscard]] std::string shown(const genomics::Site& site, genomics::SiteGenotype genotype);

/// Returns the reported names of at most `most` alleles, the rest counted.
[[nodiscard]] std::string allele_names(const Gene& gene, const std::vector<std::size_t>& alleles, std::size_t most);

/// Writes the positions that matter: variants, what is missing, and where the call and its runner-up differ.
void write_positions(const CallToExplain& what, Page& page);

}  // namespace stardose::pharmaco
