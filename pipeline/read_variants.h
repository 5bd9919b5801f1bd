// Variant files to a cohort.
#pragma once

#include <optional>
#include <stop_token>

#include "genomics/io/cohort_reader.h"
#include "pharmaco/calling/calling_options.h"
#include "pipeline/dosage_output.h"
#include "pipeline/gene_panel.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// Reads the files once, in several places at a time when there are threads for it, and gives `dosages` the rows it
/// takes. Returns nullopt when it was stopped. Throws InputError.
[[nodiscard]] std::optional<genomics::Cohort> read_variants(const genomics::VariantInputOptions& inputs,
                                                            const GenePanel& panel,
                                                            const pharmaco::CallingOptions& calling,
                                                            const Limits& limits, DosageOutput& dosages,
                                                            const std::stop_token& stop);

}  // namespace stardose::pipeline
