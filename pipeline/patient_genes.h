// What a run's inputs and outside calls say of the genes that a dose asks for.
#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "pharmaco/calling/calling_options.h"
#include "pharmaco/inputs/patient.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/input_files.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// Refers to the caller's settings, which must outlive the call.
struct PatientGenesJob {
  const pharmaco::KnowledgeBase& knowledge;
  InputOptions input;
  const pharmaco::CallingOptions& calling;
  const Limits& limits;
  std::vector<std::string> genes;                ///< those that are asked for
  std::function<void(const std::string&)> warn;  ///< hears of what a user should know; a sentence each
};

struct CohortGenes {
  std::vector<std::string> samples;                  ///< of the inputs, in their order
  std::vector<pharmaco::PatientGenetics> of_sample;  ///< likewise
  bool stopped = false;
};

/// Reads the sites of these genes once and calls them as `stardose run` does. A named allele counts as tested where
/// every position of its definition has a genotype in the inputs: what is only assumed to be reference was not tested.
/// Throws InputError.
[[nodiscard]] CohortGenes read_patient_genes(const PatientGenesJob& job, const std::stop_token& stop);

}  // namespace stardose::pipeline
