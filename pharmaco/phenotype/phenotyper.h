// From a gene's call to what follows from it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/gene_result.h"

namespace stardose::pharmaco {

/// Returns one reading for each best-scoring diplotype; of a lowest-function gene whose phase sets can lie in several
/// ways, and of its lone alleles where nothing is phased, one for the two alleles that work least; for a no call with
/// an inference from one site, the reading of that.
[[nodiscard]] GeneResult read_phenotype(const Gene& gene, const GeneCall& call);

/// Returns what follows from one diplotype. Parts of a combination have functions, the combination has none that is
/// known, unless the worst allele of a strand decides.
[[nodiscard]] GeneReading read_diplotype(const Gene& gene, const Diplotype& diplotype);

/// Returns what missing positions leave possible besides the readings of `result`: one reading for each further
/// phenotype, or activity score, or diplotype of a gene without phenotypes. An allele of unknown function says nothing
/// of what could be, so an indeterminate reading is not among them.
[[nodiscard]] std::vector<GeneReading> read_possible(const Gene& gene, const GeneCall& call, const GeneResult& result);

/// Returns the reading of two alleles by their numbers, or of one copy. The text is left to the caller.
[[nodiscard]] GeneReading read_alleles(const Gene& gene, std::size_t first, std::optional<std::size_t> second);

}  // namespace stardose::pharmaco
