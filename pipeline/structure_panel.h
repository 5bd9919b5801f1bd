// The genes of a run whose copies and hybrids reads can show.
#pragma once

#include <cstddef>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/structure/structure_call.h"
#include "pipeline/gene_panel.h"

namespace stardose::pipeline {

/// Immutable after construction; safe to call from many threads.
class StructurePanel {
 public:
  /// `genotypes`: what is asked of reads for genotypes; what the genes ask goes behind it. `knowledge`: as it was
  /// loaded, on GRCh38. What depth one copy has is asked of all its genes, so that a gene's call does not hang on which
  /// others are called.
  StructurePanel(const GenePanel& panel, const pharmaco::KnowledgeBase& knowledge, genomics::Assembly assembly,
                 genomics::ReadPlan genotypes);

  /// Numbers in the panel of the genes that are called here.
  [[nodiscard]] const std::vector<std::size_t>& genes() const { return genes_; }
  /// What all of it asks of reads.
  [[nodiscard]] const genomics::ReadPlan& plan() const { return plan_; }

  /// One call a gene. `evidence` answers plan().
  [[nodiscard]] std::vector<pharmaco::StructureCall> call(const genomics::ReadEvidence& evidence) const;

 private:
  genomics::ReadPlan plan_;
  std::vector<std::size_t> genes_;
};

}  // namespace stardose::pipeline
