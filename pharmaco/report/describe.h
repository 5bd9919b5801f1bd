// A gene's outcome in words.
#pragma once

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/gene_result.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Returns what a report says about a gene called from variants.
[[nodiscard]] GeneFinding describe_call(const Gene& gene, const GeneCall& call, const GeneResult& result);

/// Returns what a report says about a gene whose call was brought in. `own` is our own finding; where it is a call that
/// says something else, a remark tells so.
[[nodiscard]] GeneFinding describe_outside_call(const Gene& gene, const GeneResult& result, const GeneFinding& own);

}  // namespace stardose::pharmaco
