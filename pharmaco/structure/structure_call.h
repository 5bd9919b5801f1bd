// What was decided about a gene whose copies and hybrids count.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/calling/call_status.h"
#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// Why the reads of a structural gene gave no diplotype.
enum class NoStructureReason {
  none,
  no_reads,                   ///< too few reads at the gene to say anything
  no_depth_scale,             ///< the number of copies hangs on the depth, and nothing tells what depth one copy has
  fits_nothing,               ///< no configuration of the catalogue explains the reads
  no_such_contig,             ///< the file's reference has no such contig
  no_place,                   ///< the assembly has the gene on an alternate contig alone, where reads are not counted
  no_paralog,                 ///< the input leaves the paralog out, against which the gene is counted
  reads_on_alternate_contig,  ///< a part of the gene's reads was aligned to another contig that holds it too
};

/// One explanation of the reads.
struct StructureReading {
  std::string diplotype;  ///< `*68+*4/*5`, as outside calls are written; the smaller haplotype first
  std::string structure;  ///< in words: `hybrid with CYP2D7 beside a gene copy; whole gene deleted`
  int copies = 0;         ///< of the gene, hybrids included, on both chromosomes
  /// Among all configurations weighed; of single short reads 0.02 is left for what they cannot show.
  double posterior = 0;
};

/// Copies seen in one named stretch of the gene.
struct CopyEvidence {
  std::string stretch;  ///< `exon 9`, `whole gene`, `spacer`
  double measured = 0;  ///< copies by depth or by differentiating sites
  double expected = 0;  ///< what the best reading asks for
  int sites = 0;        ///< differentiating sites in it; 0: by depth alone
};

struct StructureCall {
  CallStatus status = CallStatus::no_call;  ///< called, ambiguous or no_call
  NoStructureReason reason = NoStructureReason::none;
  std::vector<StructureReading> readings;  ///< best first; called: the first is the call; those under 0.001 left out
  /// Of the first reading's copies and alleles, however the two chromosomes have them.
  double content = 0;
  /// By copies alone, alleles left aside: how probable it is that each chromosome has one whole gene and no more.
  double ordinary = 0;
  std::vector<CopyEvidence> evidence;
  double depth_per_copy = 0;  ///< reads over a base for one copy of the gene
  std::string scale;          ///< where that comes from, in words
  int fragments = 0;          ///< with an observation at a site of the gene
};

/// A call needs a posterior from here on.
inline constexpr double least_posterior = 0.8;
/// Or, from short reads, its copies and alleles need this, and their arrangement on two chromosomes, which such reads
/// hardly show and on which no phenotype hangs, needs to be likelier than all others together.
inline constexpr double least_content = 0.95;
inline constexpr double least_arrangement = 0.5;

/// Whether the reads say what the gene's diplotype is. If not, its small variants do: copies that are ordinary change
/// nothing, and copies that cannot be counted leave a gene as it is called from variants, were these enough for it.
[[nodiscard]] inline bool decides(const Gene& gene, const StructureCall& call) {
  if (gene.structure_decides) return true;
  const bool counted = call.reason == NoStructureReason::none || call.reason == NoStructureReason::fits_nothing;
  return counted && call.ordinary < least_posterior;
}

}  // namespace stardose::pharmaco
