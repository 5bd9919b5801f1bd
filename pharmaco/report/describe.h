// A gene's outcome in words.
#pragma once

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/gene_result.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Adds phenotypes and activity scores, each once.
void describe_readings(const GeneResult& result, GeneFinding& finding);

/// Returns what stands in the way of reading a genotype, `in no record`; of a filtered one, that it is a variant.
[[nodiscard]] std::string missing_in_words(genomics::Missing why);

/// Returns the field of a record that a filtered genotype falls short in. Requires: is_filtered(why).
[[nodiscard]] std::string field_of(genomics::Missing why);

/// Returns what a report says about a gene called from variants.
[[nodiscard]] GeneFinding describe_call(const Gene& gene, const GeneCall& call, const GeneResult& result);

}  // namespace stardose::pharmaco
