// The job of `stardose genotype`: alignments to one file of genotypes.
#pragma once

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

#include "pharmaco/calling/calling_options.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/failed_alignment.h"
#include "pipeline/input_files.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// Refers to the caller's settings, which must outlive the call.
struct GenotypeJob {
  const pharmaco::KnowledgeBase& knowledge;
  InputOptions input;                       ///< alignments alone
  const pharmaco::CallingOptions& calling;  ///< genes, and those called from small variants all the same
  const Limits& limits;
  std::string program_version;
  std::string output;  ///< a path that has_genotype_file_name()
};

struct GenotypeSummary {
  std::size_t samples = 0;
  std::size_t records = 0;
  std::size_t left_out = 0;             ///< positions on contigs that the files do not have
  bool stopped = false;                 ///< nothing was written
  std::vector<FailedAlignment> failed;  ///< files that have no column
  std::vector<std::string> warnings;    ///< what a user should know of the others, a sentence each
};

/// Reads the files, several at a time when there are threads for it, and writes one record for each position of the
/// catalogue. The same for any number of threads. A file that cannot be read is left out and named where others can be.
/// Throws InputError, also for an input that is no alignment.
[[nodiscard]] GenotypeSummary genotype_alignments(const GenotypeJob& job, const std::stop_token& stop);

}  // namespace stardose::pipeline
