// Alignments to columns of the genotype table.
#pragma once

#include <stop_token>
#include <vector>

#include "genomics/io/cohort_reader.h"
#include "genomics/io/genotype_thresholds.h"
#include "genomics/reads/alignment_input_options.h"
#include "pharmaco/calling/calling_options.h"
#include "pipeline/alignment_results.h"
#include "pipeline/gene_panel.h"
#include "pipeline/limits.h"
#include "pipeline/stages/open_alignment.h"

namespace stardose::pipeline {

/// How alignments are read: what the user says, gathered.
struct AlignmentReading {
  const genomics::AlignmentInputOptions& options;
  const genomics::GenotypeThresholds& thresholds;
  const pharmaco::CallingOptions& calling;
  const Limits& limits;
};

/// Returns a cohort without samples, for alignments alone. `panel` must outlive it.
[[nodiscard]] genomics::Cohort empty_cohort(const GenePanel& panel, genomics::Assembly assembly);

/// Reads each alignment, several at a time, and puts its sample behind those of the cohort; nothing else is kept of a
/// file. Returns whether it was stopped. Throws InputError.
[[nodiscard]] bool read_alignments(std::vector<AlignmentHead> heads, const AlignmentReading& how,
                                   const GenePanel& panel, const std::stop_token& stop, genomics::Cohort& cohort,
                                   AlignmentResults& results);

}  // namespace stardose::pipeline
