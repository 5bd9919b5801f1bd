// The main job, sample by sample, so that it can be taken up where it ended.
#pragma once

#include <stop_token>

#include "pipeline/input_files.h"
#include "pipeline/parts/finish_run.h"
#include "pipeline/pgx_run.h"

namespace stardose::pipeline {

/// Does what run_pgx does, with the same results, but writes each sample into resume.journal when it is finished and
/// passes over those that are there already with the same key: SHA-256 over the program's version, the catalogue, the
/// settings, the tables that the user gave and the sample's inputs (those of variant files share their files, and the
/// choice of samples from them). The output folder is the caller's, locked. Throws InputError as run_pgx, (usage) where
/// dosages are wanted, as their columns are not written sample by sample, and for standard input and pipes.
[[nodiscard]] PgxSummary run_resumable(const PgxJob& job, SortedInputs inputs, RunEnd end, const std::stop_token& stop);

}  // namespace stardose::pipeline
