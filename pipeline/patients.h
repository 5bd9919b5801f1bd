// Patients from all that a user brings of them: a table, calls, variant files or alignments, polygenic scores.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "pharmaco/calling/calling_options.h"
#include "pharmaco/inputs/gene_columns.h"
#include "pharmaco/inputs/patient.h"
#include "pharmaco/inputs/patient_options.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/input_files.h"
#include "pipeline/limits.h"
#include "pipeline/patient_genes.h"

namespace stardose::pipeline {

/// Refers to the caller's settings, which must outlive the call.
struct PatientsJob {
  const pharmaco::KnowledgeBase& knowledge;
  const pharmaco::PatientColumns& columns;
  const pharmaco::PatientOptions& patients;
  const std::string& calls;  ///< calls.tsv of an earlier run, in place of inputs; empty: none
  InputOptions input;
  const pharmaco::CallingOptions& calling;
  const Limits& limits;
  AskedGenes asked;
  std::function<void(const std::string&)> warn;  ///< hears of what a user should know; a sentence each
};

/// Returns those of the table, in its order; without a table, the samples of the calls or inputs; nullopt: stopped.
/// What the table says of genes goes before the rest. Throws InputError: a file that cannot be used, a patient of the
/// table who is not in the calls or inputs, nobody at all.
[[nodiscard]] std::optional<std::vector<pharmaco::Patient>> read_patients_of(const PatientsJob& job,
                                                                             const std::stop_token& stop);

}  // namespace stardose::pipeline
