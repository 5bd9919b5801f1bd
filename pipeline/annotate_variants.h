// A variant file with genes, alleles and calls added to its records.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "genomics/io/variant_input_options.h"
#include "genomics/io/variant_output.h"
#include "pharmaco/calling/calling_options.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// Refers to the caller's settings, which must outlive the call.
struct AnnotateJob {
  pharmaco::KnowledgeBase knowledge;           ///< as it was loaded
  const genomics::VariantInputOptions& input;  ///< of one file
  const pharmaco::CallingOptions& calling;
  const Limits& limits;
  genomics::VariantOutput output;
  std::string program_version;
  std::function<void(const std::string&)> warn;  ///< hears of what a user should know; a sentence each
  std::function<void()> on_writing;              ///< called before anything is written
};

struct AnnotateSummary {
  bool stopped = false;
  std::size_t samples = 0;
  std::uint64_t records = 0;
  std::uint64_t annotated = 0;
};

/// Reads the file twice, by its index where that is less work to call its samples as a run does, and then from end to
/// end to copy it. Memory is that of the sites' genotypes, whatever the file's size. What can be read only once is put
/// into a nameless file in TMPDIR first. Throws InputError.
[[nodiscard]] AnnotateSummary annotate_variants(AnnotateJob job, const std::stop_token& stop);

}  // namespace stardose::pipeline
