// Genes on the assembly that the input is on.
#pragma once

#include "genomics/basics/assembly.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// Gives the gene's sites their places and bases on the assembly; alleles keep their numbers, and definitions their
/// meaning. Call once, on a gene as the catalogue has it.
void place_on(Gene& gene, genomics::Assembly assembly);

}  // namespace stardose::pharmaco
