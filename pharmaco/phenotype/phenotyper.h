// From a gene's call to what follows from it.
#pragma once

#include <cstddef>
#include <optional>

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/gene_result.h"

namespace stardose::pharmaco {

/// Returns one reading for each best-scoring diplotype; for the lone alleles of an unphased lowest-function gene, one
/// for the two that work least; for a no call with an inference from one site, the reading of that.
[[nodiscard]] GeneResult read_phenotype(const Gene& gene, const GeneCall& call);

/// Returns the reading of two alleles by their numbers, or of one copy. The text is left to the caller.
[[nodiscard]] GeneReading read_alleles(const Gene& gene, std::size_t first, std::optional<std::size_t> second);

}  // namespace stardose::pharmaco
