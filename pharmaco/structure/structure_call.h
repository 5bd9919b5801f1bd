// What was decided about a gene whose copies and hybrids count.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/calling/call_status.h"

namespace stardose::pharmaco {

/// Why the reads of a structural gene gave no diplotype.
enum class NoStructureReason {
  none,
  no_reads,             ///< too few reads at the gene to say anything
  no_depth_scale,       ///< the number of copies hangs on the depth, and nothing tells what depth one copy has
  fits_nothing,         ///< no configuration of the catalogue explains the reads
  no_such_contig,       ///< the file's reference has no such contig
  no_paralog,           ///< the input leaves the paralog out, against which the gene is counted
  on_alternate_contig,  ///< a part of the gene's reads was aligned to another contig that holds the gene too
};

/// One explanation of the reads.
struct StructureReading {
  std::string diplotype;  ///< `*68+*4/*5`, as outside calls are written; the smaller haplotype first
  std::string structure;  ///< in words: `hybrid with CYP2D7 beside a gene copy; whole gene deleted`
  int copies = 0;         ///< of the gene, hybrids included, on both chromosomes
  double posterior = 0;   ///< among all configurations weighed
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
  std::vector<CopyEvidence> evidence;
  double depth_per_copy = 0;  ///< reads over a base for one copy of the gene
  std::string scale;          ///< where that comes from, in words
  int fragments = 0;          ///< with an observation at a site of the gene
};

}  // namespace stardose::pharmaco
