// A gene whose copies and hybrids were read from alignments: what follows from the call, and its words.
#pragma once

#include <optional>
#include <string>

#include "pharmaco/calling/reads_behind.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/phenotype/gene_result.h"
#include "pharmaco/report/sample_report.h"
#include "pharmaco/structure/structure_call.h"

namespace stardose::pharmaco {

struct StructureOutcome {
  GeneResult result;
  GeneFinding finding;
};

/// Reads each diplotype as an outside call's would be. Of an ambiguous call those count, most probable first, that
/// together have 99 % of the probability, two at least; of a call the first. `reads`: the gene's positions; too few
/// callable ones take nothing away, as the structural call has judged its reads itself.
[[nodiscard]] StructureOutcome describe_structure(const Gene& gene, const StructureCall& call,
                                                  const ReadsBehind& reads);

/// Adds to a gene's call from small variants what is known of its copies, on which it does not rest: that they are
/// ordinary, or why they were not counted. Nothing where there is no call.
void note_copies(const StructureCall& call, GeneFinding& finding);

/// Returns how many copies of the gene the reads showed; nullopt: not counted, or its diplotypes differ in it.
[[nodiscard]] std::optional<int> counted_copies(const GeneFinding& finding);
/// The same where the call rests on small variants: 2 where depth shows one whole gene on each chromosome.
[[nodiscard]] std::optional<int> counted_copies(const StructureCall& call);

/// Returns a sentence without its stop; empty for NoStructureReason::none.
[[nodiscard]] std::string to_text(NoStructureReason reason);

/// Returns `whole gene 2.04 (2), exon 9 1.02 (1)`: copies measured, and in brackets expected.
[[nodiscard]] std::string copies_in_words(const StructureFinding& structure);

/// Returns `6 differences`, or `depth alone`.
[[nodiscard]] std::string rests_on(const StretchFinding& stretch);

/// Returns a number of copies without needless zeros: `2`, `1.5`.
[[nodiscard]] std::string expected_copies(double copies);

}  // namespace stardose::pharmaco
