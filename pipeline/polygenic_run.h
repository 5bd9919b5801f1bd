// Polygenic scores: a cohort and scoring files in, tables out.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "genomics/io/variant_input_options.h"
#include "pharmaco/polygenic/polygenic_options.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// What to do. Refers to the caller's settings, which must outlive the run.
struct PolygenicJob {
  const genomics::VariantInputOptions& input;
  const pharmaco::PolygenicOptions& polygenic;
  const std::string& folder;  ///< for the results; made if missing
  const Limits& limits;
  std::string program_version;
  std::string workflow;                          ///< resolved, for run.json
  bool timestamps = false;                       ///< run.json also says when, where and how long
  bool dry_run = false;                          ///< check everything, open every input, write nothing
  std::function<void(const std::string&)> warn;  ///< hears of what a user should know; a sentence each
  std::function<void()> on_writing = [] {};      ///< called before the first result is written
};

struct PolygenicSummary {
  bool stopped = false;
  std::size_t samples = 0;
  std::size_t scores = 0;
};

/// Writes scores.tsv, summary.tsv, NAME.matches.tsv for each scoring file and run.json. A score that falls short of
/// min-overlap is not in scores.tsv, and once all is written InputError (mismatch) says so with the numbers.
/// Throws InputError. A stop leaves no table under its final name.
[[nodiscard]] PolygenicSummary run_polygenic(const PolygenicJob& job, const std::stop_token& stop);

}  // namespace stardose::pipeline
