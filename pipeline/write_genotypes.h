// The genotypes of a cohort as a matrix for models, streamed from variant files or PLINK filesets.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "genomics/io/variant_input_options.h"
#include "pipeline/limits.h"
#include "pipeline/sinks/genotype_matrix.h"

namespace stardose::pipeline {

/// Refers to the caller's settings, which must outlive the call.
struct GenotypesJob {
  const genomics::VariantInputOptions& input;  ///< all VCF or BCF, or all .bed
  const Limits& limits;
  GenotypeMatrixOptions matrix;
  std::vector<std::string> patients;             ///< rows, in this order; none: all samples
  std::function<void(const std::string&)> warn;  ///< hears of what a user should know; a sentence each
};

struct GenotypesSummary {
  std::size_t patients = 0;
  std::size_t variants = 0;
  bool stopped = false;
};

/// Throws InputError. A stop leaves no matrix under its final name.
[[nodiscard]] GenotypesSummary write_genotypes(const GenotypesJob& job, const std::stop_token& stop);

/// Reads IDs of variants, one a line; `all` stands for no choice. Throws InputError (input).
[[nodiscard]] std::set<std::string, std::less<>> read_variant_choice(const std::string& which);

}  // namespace stardose::pipeline
