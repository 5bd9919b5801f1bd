// Reads and checks the guidelines and their recommendations.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/knowledge/guideline.h"
#include "pharmaco/knowledge/phrases.h"

namespace stardose::pharmaco {

/// Reads guidance/guidelines.tsv and guidance/recommendations.tsv, in the tables' order. Every gene, allele, phenotype
/// and key that they name must be among `genes` and `phrases`; what is not goes into `faults`.
[[nodiscard]] std::vector<Guideline> load_guidelines(const CatalogueFiles& files, std::span<const Gene> genes,
                                                     const Phrases& phrases, CatalogueFaults& faults);

/// Reads `GENE: key | key; GENE: key`. Faults go to the line given; keys at fault are left out.
[[nodiscard]] std::vector<GeneCondition> read_conditions(std::string_view text, std::span<const Gene> genes,
                                                         std::size_t line, CatalogueFaults& faults);

}  // namespace stardose::pharmaco
