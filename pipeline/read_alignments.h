// Alignments to columns of the genotype table.
#pragma once

#include <stop_token>
#include <vector>

#include "genomics/io/cohort_reader.h"
#include "pipeline/alignment_results.h"
#include "pipeline/input_files.h"
#include "pipeline/reading_job.h"
#include "pipeline/stages/open_alignment.h"

namespace stardose::pipeline {

/// Returns a cohort without samples, for alignments alone. `panel` must outlive it.
[[nodiscard]] genomics::Cohort empty_cohort(const GenePanel& panel, genomics::Assembly assembly);

/// `inputs` says how, `heads` which. Reads each alignment, several at a time, and puts its sample behind those of the
/// cohort; nothing else is kept of a file. Those that cannot be read have no sample and are named in the results.
/// Returns whether it was stopped. Throws InputError for what is wrong with all files together.
[[nodiscard]] bool read_alignments(std::vector<AlignmentHead> heads, const SortedInputs& inputs, const ReadingJob& job,
                                   const std::stop_token& stop, genomics::Cohort& cohort, AlignmentResults& results);

}  // namespace stardose::pipeline
