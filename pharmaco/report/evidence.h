// What stands behind a call, in words: the runner-up, what missing positions leave possible, how likely each pair is.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/gene_result.h"
#include "pharmaco/report/open_cause.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Returns what is open about the call, or what a missing position could change of a call that stands.
[[nodiscard]] OpenCause open_cause(const GeneCall& call, const GeneResult& result, bool could_change);

/// Returns the seen sites at which the chosen pair was preferred to the next best, or which contradict the nearest
/// pair.
[[nodiscard]] std::vector<std::size_t> deciding_sites(const Gene& gene, const GeneCall& call);

/// Returns why the next best pair was not chosen, without a stop; empty when there is none.
[[nodiscard]] std::string why_not(const Gene& gene, const GeneCall& call);

/// Returns a reading by what follows from it: `Poor Metabolizer`, with its activity score in a gene that has them; the
/// diplotype in a gene without phenotypes.
[[nodiscard]] std::string in_words(const GeneReading& reading);

/// Returns a probability in percent, `97.2 %`, `>99.9 %` or `<0.1 %`: nothing that is not certain shows as 100 or 0.
[[nodiscard]] std::string percent(double probability);

/// Returns a sentence on how the call's diplotypes were ranked; empty when nobody asked.
[[nodiscard]] std::string on_ranking(const Gene& gene, const GeneCall& call);

/// Returns what advice that rests on the gene must repeat, in sentences; empty: nothing.
[[nodiscard]] std::string caveat_of(const Gene& gene, const GeneCall& call, const GeneFinding& finding);

/// Adds the runner-up to a finding. For reports: the tables do without.
void describe_runner_up(const Gene& gene, const GeneCall& call, GeneFinding& finding);

}  // namespace stardose::pharmaco
