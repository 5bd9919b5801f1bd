// The last step of a run, of a part of one, and of merging: what is said of all samples together.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "pipeline/failed_alignment.h"
#include "pipeline/parts/run_part.h"
#include "pipeline/parts/shard_document.h"
#include "pipeline/pgx_setup.h"
#include "pipeline/provenance.h"
#include "pipeline/sinks/output_options.h"

namespace stardose::pipeline {

/// `FOLDER/report/SAMPLE.html`, or with another ending.
[[nodiscard]] std::string report_path(const OutputOptions& output, const std::string& sample, const char* ending);

/// Removes what would vouch for files that are about to change: records of a run, and, unless the output is one to be
/// resumed, of the samples that it has finished.
void remove_records(const OutputOptions& output);
/// `FOLDER/resume.journal`.
[[nodiscard]] std::string journal_path(const OutputOptions& output);

/// An old page must not stand for a sample that failed, nor for a cohort that was another.
void remove_reports(const OutputOptions& output, const std::vector<FailedAlignment>& failed);

/// Warns of results in the folder that an earlier run has written and this one does not write anew: tables, and reports
/// of these samples.
void warn_of_older_results(const PgxJob& job, const Wanted& wanted, const std::vector<std::string>& samples);

/// What a run knows at its end beside its part.
struct RunEnd {
  ShardKey key;  ///< of a shard
  ShardChoice shard;
  Wanted wanted;
  std::chrono::steady_clock::time_point begin;
  Provenance provenance;  ///< of before anything was written, with the warnings of tables that name samples
};

/// Throws InputError (mismatch) where a truth was given and no part had anything in common with it, as one run would.
void check_truth(const PgxSetup& setup, const RunPart& part);

/// Writes shard.json of a shard; else the cohort's page, if there are pages and several samples, and run.json. Throws
/// InputError (output).
[[nodiscard]] PgxSummary end_run(const PgxSetup& setup, RunEnd end, RunPart part);

}  // namespace stardose::pipeline
