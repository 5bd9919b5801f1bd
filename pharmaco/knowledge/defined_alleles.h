// From what stands at a site to the named alleles that ask for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// Returns the numbers of the alleles whose definition asks for the site's allele `code` (the catalogue's number) and
/// would not take another that is as good as reference: of suballeles with one core the first. In the gene's order.
[[nodiscard]] std::vector<std::size_t> alleles_defined_by(const Gene& gene, std::size_t site, std::uint8_t code);

}  // namespace stardose::pharmaco
