// Cohorts into scores: from variant files, and from PLINK filesets.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/cohort_reader.h"
#include "genomics/io/variant_input_options.h"
#include "pharmaco/polygenic/polygenic_options.h"
#include "pharmaco/polygenic/scoring.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// A cohort that was read, or that can be.
struct ScoredCohort {
  std::vector<std::string> samples;
  std::optional<genomics::Assembly> assembly;  ///< nullopt: the input does not say
  std::vector<genomics::InputSummary> inputs;
  std::vector<std::string> warnings;
  std::unique_ptr<pharmaco::Scoring> scoring;
  bool stopped = false;
};

/// Reads the inputs, all VCF or BCF, or all .bed, once and adds every row up. `only_look`: opens them and reads the
/// scoring files, and no genotype. Throws InputError.
[[nodiscard]] ScoredCohort score_cohort(const genomics::VariantInputOptions& input,
                                        const pharmaco::PolygenicOptions& options, const Limits& limits,
                                        const std::stop_token& stop, bool only_look);

}  // namespace stardose::pipeline
