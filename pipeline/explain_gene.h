// One gene of one sample, read and called as a run would, and explained.
#pragma once

#include <functional>
#include <string>

#include "pharmaco/calling/calling_options.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/input_files.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// What to explain. Refers to the caller's settings, which must outlive the call.
struct ExplainJob {
  pharmaco::KnowledgeBase& knowledge;  ///< the gene comes to lie where the input's assembly has it
  const SortedInputs& inputs;
  const pharmaco::CallingOptions& calling;
  const Limits& limits;
  std::string sample;
  std::string gene;  ///< one that the catalogue has
  bool all_positions = false;
  std::function<void(const std::string&)> warn;  ///< hears of what a user should know; a sentence each
};

/// Reads only the gene's sites, of this sample, and returns the explanation as plain text. Throws InputError.
[[nodiscard]] std::string explain_gene(const ExplainJob& job);

}  // namespace stardose::pipeline
