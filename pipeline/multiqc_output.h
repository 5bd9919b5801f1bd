// What a run leaves for MultiQC.
#pragma once

#include <string>

#include "pipeline/cohort_results.h"
#include "pipeline/stages/sample_coverage.h"

namespace stardose::pipeline {

/// Writes the documents of multiqc.h into `folder`/multiqc. Throws InputError (output).
void write_multiqc(const std::string& folder, const std::string& program_version, const CohortResults& results,
                   const SampleCoverage& coverage);

}  // namespace stardose::pipeline
