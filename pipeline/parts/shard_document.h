// shard.json: what `stardose merge` needs to know of a shard.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pipeline/input_files.h"
#include "pipeline/parts/result_table.h"
#include "pipeline/parts/run_part.h"
#include "pipeline/parts/shard_choice.h"
#include "pipeline/pgx_setup.h"

namespace stardose::pipeline {

/// What all shards of one run have in common.
struct ShardKey {
  std::string program_version;
  std::string catalogue;                            ///< SHA-256 of its files
  std::string workflow;                             ///< the settings that decide, as YAML
  std::vector<std::string> inputs;                  ///< of the whole run, in order
  std::map<std::string, std::string> fingerprints;  ///< of variant files and of tables that the user gave, by path
  std::string pseudonyms = {};                      ///< names the key, of names that are replaced; empty: they are not

  friend bool operator==(const ShardKey&, const ShardKey&) = default;
};

struct ShardDocument {
  ShardKey key;
  ShardChoice shard;
  Wanted wanted;
  RunPart part;
  std::map<std::string, std::string> files = {};  ///< tables and dosages: name -> SHA-256
};

/// Reads what must be read for fingerprints. Throws InputError.
[[nodiscard]] ShardKey shard_key(const PgxSetup& setup, const SortedInputs& inputs);

/// Takes the digests of the files that the run has written to its folder, and writes shard.json, durably and last.
/// Throws InputError (output), and (mismatch) for a name of an input, or in its header, that is not UTF-8, which JSON
/// cannot hold.
void write_shard_document(const OutputOptions& output, ShardDocument document);

/// Throws InputError (input): there is no shard.json, it is none of ours, or it was changed since it was written.
[[nodiscard]] ShardDocument read_shard_document(const std::string& folder);

}  // namespace stardose::pipeline
