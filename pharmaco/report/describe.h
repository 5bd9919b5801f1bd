// A gene's outcome in words.
#pragma once

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/gene_result.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Adds phenotypes and activity scores, each once.
void describe_readings(const GeneResult& result, GeneFinding& finding);

/// Returns what a report says about a gene called from variants.
[[nodiscard]] GeneFinding describe_call(const Gene& gene, const GeneCall& call, const GeneResult& result);

}  // namespace stardose::pharmaco
