// The genes of a run whose copies and hybrids reads can show.
#pragma once

#include <cstddef>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/reads/alignment_file.h"
#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"
#include "pharmaco/structure/structure_call.h"
#include "pipeline/gene_panel.h"

namespace stardose::pipeline {

/// Immutable but for ask(); safe to call from many threads.
class StructurePanel {
 public:
  /// Refers to the panel's genes, which must outlive it.
  StructurePanel(const GenePanel& panel, genomics::Assembly assembly);

  /// Numbers in the panel of the genes that are called here.
  [[nodiscard]] const std::vector<std::size_t>& genes() const { return genes_; }

  /// Adds to the plan what the genes ask of reads.
  void ask(genomics::ReadPlan& plan) const;

  /// One call a gene. `evidence` answers a plan that ask() has added to.
  [[nodiscard]] std::vector<pharmaco::StructureCall> call(const genomics::ReadEvidence& evidence,
                                                          const genomics::AlignmentFile& file) const;

 private:
  std::vector<std::size_t> genes_;
};

}  // namespace stardose::pipeline
