// Putting a pair of haplotypes into names and words.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pharmaco/knowledge/gene_structure.h"
#include "pharmaco/structure/haplotype_forms.h"

namespace stardose::pharmaco {

/// One part of a haplotype with its allele.
struct PartContent {
  std::optional<std::size_t> allele;  ///< number in Gene::alleles; nullopt: not known or a copy of the paralog
  std::string name;                   ///< as printed; empty: a copy of the paralog
};

/// Returns the haplotype's name as outside calls write it: `*36x2+*10`.
[[nodiscard]] std::string haplotype_name(const GeneStructure& structure, const HaplotypeForm& form,
                                         const std::vector<PartContent>& parts);

/// Adds the haplotype's copies of the gene, by allele.
void count_alleles(const HaplotypeForm& form, const std::vector<PartContent>& parts,
                   std::map<std::string, int>& copies);

/// Joins two haplotypes: the one with the smallest allele first, `*68+*4/*5`.
[[nodiscard]] std::string diplotype_name(const std::string& first, const std::string& second);

/// `hybrid with CYP2D7 beside a gene copy; whole gene deleted`; one of them where both are alike.
[[nodiscard]] std::string structure_words(const GeneStructure& structure, const HaplotypeForm& first,
                                          const HaplotypeForm& second);

}  // namespace stardose::pharmaco
