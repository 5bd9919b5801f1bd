// A gene whose call was brought in, in words.
#pragma once

#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/outside_call.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Returns what a report says about the gene. Remarks tell of what contradicts it: our own finding from variants, and
/// the outside call itself.
[[nodiscard]] GeneFinding describe_outside_call(const Gene& gene, const OutsideResult& outside, const GeneFinding& own);

}  // namespace stardose::pharmaco
