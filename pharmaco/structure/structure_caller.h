// Calls a gene whose copies and hybrids count, from reads.
#pragma once

#include <optional>

#include "genomics/basics/assembly.h"
#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/structure/depth_model.h"
#include "pharmaco/structure/structure_call.h"
#include "pharmaco/structure/structure_columns.h"

namespace stardose::pharmaco {

/// Weighs pairs of haplotype structures with alleles by one likelihood: depth, fragments and what is known of their
/// shares among people. After plan() const, and safe to call from many threads.
class StructureCaller {
 public:
  /// Requires: the gene has a structure. `assembly`: of the alignments; the gene may be placed on it or not.
  StructureCaller(const Gene& gene, genomics::Assembly assembly);

  /// Appends what it asks of the reads, and remembers where. Call once.
  void plan(genomics::ReadPlan& plan) { columns_.plan(plan); }

  /// `evidence` answers the plan. `genome`: what depth one copy has by the other genes, if that is known.
  [[nodiscard]] StructureCall call(const genomics::ReadEvidence& evidence,
                                   const std::optional<DepthScale>& genome = std::nullopt) const;

 private:
  Gene gene_;
  StructureColumns columns_;
};

}  // namespace stardose::pharmaco
