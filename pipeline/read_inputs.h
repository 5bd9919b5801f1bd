// The first step of a run: variant files and alignments to one genotype table.
#pragma once

#include <optional>
#include <stop_token>

#include "genomics/io/cohort_reader.h"
#include "pipeline/alignment_results.h"
#include "pipeline/dosage_output.h"
#include "pipeline/input_files.h"
#include "pipeline/reading_job.h"

namespace stardose::pipeline {

struct InputResults {
  genomics::Cohort cohort;      ///< samples of variant files, then those of alignments in input order
  AlignmentResults alignments;  ///< of those
};

/// Reads the inputs once, in several places at a time when there are threads for it, and gives `dosages` the rows it
/// takes. An alignment that cannot be read is left out and named, unless nothing is left; of a shard nothing may be
/// left. Returns nullopt when it was stopped. Throws InputError.
[[nodiscard]] std::optional<InputResults> read_inputs(SortedInputs inputs, const ReadingJob& job, DosageOutput& dosages,
                                                      const std::stop_token& stop);

}  // namespace stardose::pipeline
