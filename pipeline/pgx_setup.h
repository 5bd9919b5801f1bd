// What a run, or the merging of one, makes ready before it reads anything of a sample.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pharmaco/calling/calling_options.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/phenotype/outside_call_file.h"
#include "pharmaco/report/medication.h"
#include "pharmaco/report/sample_report.h"
#include "pipeline/gene_panel.h"
#include "pipeline/input_files.h"
#include "pipeline/patient_plan.h"
#include "pipeline/pgx_run.h"
#include "pipeline/provenance.h"
#include "pipeline/stages/render_samples.h"

namespace stardose::pipeline {

/// The job's catalogue, genes, doses and features. Refers to the job.
struct PgxSetup {
  /// Throws InputError.
  explicit PgxSetup(const PgxJob& job);

  const PgxJob& job;
  pharmaco::KnowledgeBase knowledge;  ///< on GRCh38 until place_on()
  PatientPlan patients;
  pharmaco::CallingOptions calling;  ///< with the genes of doses and features
  GenePanel panel;                   ///< points into `knowledge`

  /// Puts the catalogue's genes on the assembly of the input.
  void place_on(genomics::Assembly assembly);
  /// What all reports share.
  [[nodiscard]] pharmaco::SampleReport blank_report(const std::string& assembly) const;
  /// Without warnings and clock.
  [[nodiscard]] Provenance provenance() const;
};

/// What tables of the user say about samples by name.
struct SampleTables {
  pharmaco::OutsideCalls outside;
  pharmaco::MedicationLists medications;
  std::vector<std::string> warnings;  ///< of a part: none, as they are of all samples together
};

/// `is_part`: the samples are a part of the run's, and the tables may speak of others. Throws InputError.
[[nodiscard]] SampleTables read_sample_tables(const PgxSetup& setup, const std::vector<std::string>& samples,
                                              bool is_part);

/// Which outputs there will be: coverage is of alignments; asked for by default, it is written where there are any. So
/// it is with doses and features. Throws InputError (usage) for an output that does not exist, or that cannot be.
[[nodiscard]] Wanted wanted_of(const PgxJob& job, const SortedInputs& inputs);

/// Throws InputError (catalogue) where bundles are wanted and the catalogue has no codes for them.
void check_codes(const PgxSetup& setup, const Wanted& wanted);

/// Opens everything; pipes and standard input are left unread, as the run that follows needs them. Throws InputError.
void check_inputs(const PgxSetup& setup, SortedInputs inputs, const std::stop_token& stop);

}  // namespace stardose::pipeline
