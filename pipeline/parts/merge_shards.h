// Shards to the results of one run.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "pipeline/parts/shard_document.h"
#include "pipeline/pgx_run.h"

namespace stardose::pipeline {

/// Shards of one run in their order, each with its folder.
struct ShardSet {
  std::vector<std::string> folders;
  std::vector<ShardDocument> documents;
};

/// Reads shard.json of each folder, in any order. Throws InputError (mismatch) unless they are all the shards of one
/// run, each once, made alike.
[[nodiscard]] ShardSet read_shard_set(const std::vector<std::string>& folders, const std::string& program_version);

/// Writes into the job's output folder what one run of the job would have written, byte by byte. The job has the
/// settings that the shards were made with; of its inputs only tables that name samples are read again: what they say
/// of samples that the run lacks can be told only now. Throws InputError.
[[nodiscard]] PgxSummary merge_shards(const PgxJob& job, ShardSet shards);

}  // namespace stardose::pipeline
