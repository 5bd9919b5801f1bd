// The job of `stardose genotype`: alignments to one file of genotypes.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>

#include "genomics/io/variant_input_options.h"
#include "genomics/reads/alignment_input_options.h"
#include "pharmaco/calling/calling_options.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// Refers to the caller's settings, which must outlive the call.
struct GenotypeJob {
  const pharmaco::KnowledgeBase& knowledge;
  const genomics::AlignmentInputOptions& input;
  /// `auto`, `GRCh37` or `GRCh38`: what the files are on.
  std::string assembly;
  const genomics::GenotypeThresholds& thresholds;
  const pharmaco::CallingOptions& calling;  ///< genes, and those called from small variants all the same
  const Limits& limits;
  std::string program_version;
  std::string output;  ///< a path that has_genotype_file_name()
};

struct GenotypeSummary {
  std::size_t samples = 0;
  std::size_t records = 0;
  std::size_t left_out = 0;  ///< positions on contigs that the files do not have
  bool stopped = false;      ///< nothing was written
};

/// Reads the files, several at a time when there are threads for it, and writes one record for each position of the
/// catalogue. The same for any number of threads. Throws InputError.
[[nodiscard]] GenotypeSummary genotype_alignments(const GenotypeJob& job, const std::stop_token& stop);

}  // namespace stardose::pipeline
