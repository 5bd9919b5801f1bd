// A gene whose call was brought in, in words.
#pragma once

#include <string>

#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/outside_call.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Returns what a report says about the gene. Remarks tell of what contradicts it: our own finding from variants, and
/// the outside call itself.
[[nodiscard]] GeneFinding describe_outside_call(const Gene& gene, const OutsideResult& outside, const GeneFinding& own);

/// Returns a sentence where our own call from reads and the outside call of `finding` have no diplotype in common (or
/// no phenotype, where one of them states no diplotype); empty: they do, or there is no such call of ours.
[[nodiscard]] std::string contradiction_by_reads(const GeneFinding& own, const GeneFinding& finding);

}  // namespace stardose::pharmaco
