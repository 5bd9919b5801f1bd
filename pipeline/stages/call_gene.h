// Stage: one gene of the whole cohort, from genotypes to outcomes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "genomics/io/cohort_reader.h"
#include "pharmaco/calling/calling_options.h"
#include "pharmaco/calling/gene_caller.h"
#include "pharmaco/calling/gene_patterns.h"
#include "pharmaco/phenotype/outside_call_file.h"
#include "pipeline/alignment_results.h"
#include "pipeline/cohort_results.h"
#include "pipeline/gene_panel.h"
#include "pipeline/sources/batch_source.h"

namespace stardose::pipeline {

/// Calls each distinct genotype pattern once, joins patterns with one outcome, then gives every sample its own. Samples
/// of alignments are held to what their reads cover, and have their structural calls where there are any; an outside
/// call goes before all of that. Holds its arguments, which must outlive it; safe to call from many threads.
class CallGene {
 public:
  static constexpr std::string_view name = "call gene";

  /// `with_evidence`: findings name the runner-up, which only reports show.
  CallGene(const GenePanel& panel, const pharmaco::CallingOptions& options, const genomics::Cohort& cohort,
           const AlignmentResults& alignments, const pharmaco::OutsideCalls& outside, bool with_evidence = false);

  /// Takes a batch of one: the gene's number in the panel.
  GeneOutcomes operator()(Batch gene) const;

 private:
  /// `reads`: nullopt for a sample of variant files. `copies`: what was counted, if that leaves the call as it is.
  [[nodiscard]] GeneOutcome outcome_of(std::size_t number, const pharmaco::GenePattern& pattern,
                                       const std::optional<pharmaco::ReadsBehind>& reads,
                                       const pharmaco::StructureCall* copies) const;
  [[nodiscard]] static GeneOutcome structure_outcome(const pharmaco::Gene& gene, const pharmaco::StructureCall& call,
                                                     const pharmaco::ReadsBehind& reads);
  [[nodiscard]] pharmaco::ReadsBehind reads_behind(const PanelGene& entry, const AlignmentSample& reads) const;
  void replace_by_outside(const pharmaco::Gene& gene, GeneOutcomes& outcomes) const;

  const GenePanel& panel_;
  const genomics::Cohort& cohort_;
  const AlignmentResults& alignments_;
  const pharmaco::OutsideCalls& outside_;
  bool with_evidence_;
  double min_callable_;
  pharmaco::RankingOptions ranking_;
  std::vector<pharmaco::GeneCaller> callers_;
};

}  // namespace stardose::pipeline
