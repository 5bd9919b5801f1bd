// Why a gene has the copies and hybrids that it is said to have.
#pragma once

#include "pharmaco/explain/explain.h"
#include "pharmaco/explain/page.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Writes what the reads say of copies, which diplotypes explain that and how probable each is, and how the phenotype
/// follows. Requires: what.structure.
void write_structure(const CallToExplain& what, const StructureFinding& figures, Page& page);

}  // namespace stardose::pharmaco
