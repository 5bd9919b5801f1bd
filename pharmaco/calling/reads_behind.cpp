// Taking calls away that rest on too few positions.
#include "pharmaco/calling/reads_behind.h"

#include "pharmaco/calling/gene_call.h"

namespace stardose::pharmaco {

void hold_to_reads(const ReadsBehind& reads, GeneCall& call) {
  call.reads = reads;
  if (call.reason == NoCallReason::structure_decides) call.reason = NoCallReason::structure_not_known;
  const bool lacks_positions = call.reason == NoCallReason::none || call.reason == NoCallReason::not_covered ||
                               call.reason == NoCallReason::required_missing;
  if (!lacks_positions || reads.suffice()) return;
  call.status = CallStatus::no_call;
  call.reason = NoCallReason::low_coverage;
  call.diplotypes.clear();
  call.matches.clear();
  call.lone_alleles.clear();
  call.inferred.clear();
  call.possible.clear();
  call.next_best = {};
  call.ranking = {};
}

}  // namespace stardose::pharmaco
