// Files of shards, put together to the bytes of one run.
#pragma once

#include <string>
#include <vector>

#include "pipeline/parts/shard_document.h"

namespace stardose::pipeline {

/// A shard that has samples, and where its files are.
struct ShardFolder {
  std::string path;
  const ShardDocument* document = nullptr;
};

/// Throws InputError (input) when a table or dosages are not those that the shard has written.
void check_files(const ShardFolder& shard);

/// Writes the tables that the shards have. Samples of variant files come first. Throws InputError.
void join_tables(const std::vector<ShardFolder>& shards, const std::string& output);

/// Copies the reports. Throws InputError, also for one that is not as it was written.
void copy_reports(const std::vector<ShardFolder>& shards, const std::string& output);

/// Puts dosages.tsv, or dosages.bed, .bim and .fam, together sample by sample, if the shards have them. Throws
/// InputError, also where their positions differ.
void join_dosages(const std::vector<ShardFolder>& shards, const std::string& output);

}  // namespace stardose::pipeline
