// Putting a pair of haplotypes into names and words.
#pragma once

#include <string>

#include "pharmaco/knowledge/gene_structure.h"
#include "pharmaco/structure/haplotype_forms.h"

namespace stardose::pharmaco {

/// Joins two haplotypes: the one with the smallest allele first, `*68+*4/*5`.
[[nodiscard]] std::string diplotype_name(const std::string& first, const std::string& second);

/// `hybrid with CYP2D7 beside a gene copy; whole gene deleted`; one of them where both are alike.
[[nodiscard]] std::string structure_words(const GeneStructure& structure, const HaplotypeForm& first,
                                          const HaplotypeForm& second);

}  // namespace stardose::pharmaco
