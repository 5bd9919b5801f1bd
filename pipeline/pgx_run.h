// The main job: variant files and alignments in, calls, guidance and reports out.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "genomics/io/variant_input_options.h"
#include "genomics/reads/alignment_input_options.h"
#include "pharmaco/calling/calling_options.h"
#include "pharmaco/dosing/dosing_options.h"
#include "pharmaco/features/feature_options.h"
#include "pharmaco/inputs/patient_options.h"
#include "pharmaco/report/medication_file.h"
#include "pipeline/failed_alignment.h"
#include "pipeline/limits.h"
#include "pipeline/sinks/output_options.h"

namespace stardose::pipeline {

/// What to do. Refers to the caller's settings, which must outlive the run.
struct PgxJob {
  const genomics::VariantInputOptions& input;         ///< `files` of either kind
  const genomics::AlignmentInputOptions& alignments;  ///< see InputOptions
  std::string input_list;                             ///< likewise
  const pharmaco::CallingOptions& calling;
  const pharmaco::PatientOptions& patients;
  const pharmaco::DosingOptions& dosing;
  const pharmaco::FeatureOptions& features;
  const pharmaco::MedicationOptions& medications;
  const OutputOptions& output;
  const Limits& limits;
  std::string knowledge;  ///< folder; empty: the embedded catalogue
  std::string program_version;
  std::string workflow;                          ///< the settings that decide, for run.json
  bool dry_run = false;                          ///< check everything, open every input, write nothing
  std::function<void(const std::string&)> warn;  ///< hears of what a user should know; a sentence each
  std::function<void()> on_writing = [] {};      ///< called before the first result is written
};

/// What was done.
struct PgxSummary {
  bool stopped = false;
  std::size_t inputs = 0;
  std::size_t samples = 0;
  std::size_t resumed = 0;  ///< of them: finished by an earlier run
  std::size_t genes = 0;
  std::size_t no_calls = 0;             ///< genes without a call over all samples
  std::size_t doses = 0;                ///< asked for, over all samples
  std::size_t no_doses = 0;             ///< of these, those that could not be worked out
  std::vector<FailedAlignment> failed;  ///< inputs of which nothing was written
  std::string first_report;             ///< path of the first HTML report; empty: none was written
};

/// Data's way: files and alignments -> genotype table -> one gene at a time -> one guideline at a time -> samples in
/// batches -> files. Throws InputError, but leaves an alignment out that cannot be read where others can. A stop leaves
/// no table under its final name. Of a shard there are the tables and reports of its samples and a shard.json, for
/// merge_shards.h, in place of run.json and the cohort's page; of one without a sample the shard.json alone.
[[nodiscard]] PgxSummary run_pgx(const PgxJob& job, const std::stop_token& stop);

}  // namespace stardose::pipeline
