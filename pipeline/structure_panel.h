// The genes of a run whose copies and hybrids reads can show.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/reads/alignment_file.h"
#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/structure/structure_call.h"
#include "pharmaco/structure/structure_caller.h"
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

  /// One call a gene. `evidence` is what `file` answers to plan(). `warnings` gets a sentence where reads of a gene are
  /// not at its place, so that it is not called.
  [[nodiscard]] std::vector<pharmaco::StructureCall> call(const genomics::ReadEvidence& evidence,
                                                          const genomics::AlignmentFile& file,
                                                          std::vector<std::string>& warnings) const;

 private:
  /// A gene of the panel.
  struct Entry {
    const pharmaco::Gene* gene = nullptr;
    bool has_place = true;             ///< on a contig of the assembly that is read
    std::vector<std::size_t> at_gene;  ///< sites of the plan
    std::vector<std::size_t> at_paralog;
  };

  [[nodiscard]] Entry entry_of(const pharmaco::Gene& gene, genomics::Assembly assembly, std::size_t first) const;

  [[nodiscard]] static bool lacks_paralog(const Entry& entry, const genomics::ReadEvidence& evidence);
  [[nodiscard]] std::string elsewhere(const Entry& entry, const genomics::ReadEvidence& evidence,
                                      const genomics::AlignmentFile& file) const;
  void ask_for_scale(const pharmaco::KnowledgeBase& knowledge, genomics::Assembly assembly);
  [[nodiscard]] std::optional<pharmaco::DepthScale> scale(const genomics::ReadEvidence& evidence) const;

  genomics::ReadPlan plan_;
  std::vector<std::pair<std::size_t, std::size_t>> scale_regions_;  // of each gene of two copies, in the plan
  std::vector<std::size_t> genes_;
  std::vector<pharmaco::StructureCaller> callers_;
  std::vector<Entry> entries_;  // of the genes
};

}  // namespace stardose::pipeline
