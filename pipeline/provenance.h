// run.json: what made these results.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/cohort_reader.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/parts/run_part.h"

namespace stardose::pipeline {

/// When, where and how long: what differs between runs that do the same.
struct RunClock {
  double seconds = 0;  ///< wall time
};

/// A file as it is when it is looked at.
struct KnownFile {
  KnownFile() = default;
  /// Throws InputError as fingerprint() does.
  explicit KnownFile(std::string its_path);

  std::string path;         ///< empty: there is none
  std::string fingerprint;  ///< empty: none can be had
};

/// What a run is known by beside its parts.
struct Provenance {
  std::string program_version;
  std::string workflow;               ///< the settings that decide, as YAML
  KnownFile covariates;               ///< table of patients
  KnownFile features;                 ///< file of features
  std::string catalogue_signer = {};  ///< public key in hexadecimal; empty: nobody's, or it is the program's own
  std::size_t guidelines = 0;
  std::size_t doses_a_sample = 0;
  std::vector<std::string> warnings;  ///< of tables that name samples
  std::optional<RunClock> clock;      ///< nullopt: the record is not to say it
};

/// What made a run's polygenic scores.
struct PolygenicProvenance {
  struct Score {
    std::string name;
    std::string file;
    std::size_t variants = 0;
    std::size_t scored = 0;
    bool accepted = false;
  };

  std::string program_version;
  std::string workflow;                        ///< the resolved workflow as YAML
  std::optional<genomics::Assembly> assembly;  ///< nullopt: the input does not say
  std::vector<genomics::InputSummary> inputs;
  std::vector<Score> scores;
  std::vector<std::string> warnings;
  std::size_t samples = 0;
  std::optional<RunClock> clock;  ///< nullopt: the record is not to say it
};

/// Returns SHA-256 over a file's size and its first and last mebibyte: enough to see that a file was replaced, cut or
/// appended to, without reading a genome again. Empty for standard input
/// and pipes, which can be read only once. Throws InputError.
[[nodiscard]] std::string fingerprint(const std::string& path);

/// Returns what changes with any byte that a file holds: SHA-256 over the checksums of its blocks where it has such
/// (BGZF), which leaves what is packed unread, else over all of it. For what goes on from results that were made
/// before. Throws InputError, also for what is no regular file (usage).
[[nodiscard]] std::string content_print(const std::string& path);

/// Returns the JSON. Clock and host appear here or nowhere.
[[nodiscard]] std::string run_json(const Provenance& provenance, const pharmaco::Release& release, const RunPart& part);
[[nodiscard]] std::string run_json(const PolygenicProvenance& provenance);

}  // namespace stardose::pipeline
