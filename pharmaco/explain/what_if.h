// What missing positions could change: alleles, phenotypes, advice.
#pragma once

#include "pharmaco/explain/explain.h"
#include "pharmaco/explain/page.h"

namespace stardose::pharmaco {

/// Writes which alleles only a missing position would rule out, what they would make of the phenotype, and on which
/// drugs the advice would change.
void write_what_if(const CallToExplain& what, Page& page);

/// Writes the advice that rests on the gene, most demanding first.
void write_advice(const CallToExplain& what, Page& page);

}  // namespace stardose::pharmaco
