// run.json: what made these results.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/cohort_reader.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/read_inputs.h"

namespace stardose::pipeline {

struct Provenance {
  std::string program_version;
  std::string workflow;    ///< the resolved workflow as YAML
  std::string covariates;  ///< table of patients; empty: none
  std::string features;    ///< file of features; empty: none
  std::size_t samples = 0;
  std::size_t genes = 0;
  std::size_t guidelines = 0;
  std::size_t no_calls = 0;
  std::size_t doses = 0;
  std::size_t no_doses = 0;
  double seconds = 0;                 ///< wall time of the run
  std::vector<std::string> warnings;  ///< those of the input and of outside calls
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
  double seconds = 0;  ///< wall time of the run
};

/// Returns SHA-256 over a file's size and its first and last mebibyte: enough to see that a file was replaced, cut or
/// appended to, without reading a genome again. Empty for standard input
/// and pipes, which can be read only once. Throws InputError.
[[nodiscard]] std::string fingerprint(const std::string& path);

/// Returns the JSON. Only here do clock and host appear.
[[nodiscard]] std::string run_json(const Provenance& provenance, const pharmaco::Release& release,
                                   const InputResults& inputs);
[[nodiscard]] std::string run_json(const PolygenicProvenance& provenance);

}  // namespace stardose::pipeline
