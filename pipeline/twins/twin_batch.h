// Records of many patients at once.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/twin/twin_answer.h"
#include "pharmaco/twin/twin_options.h"
#include "pipeline/limits.h"
#include "pipeline/twins/twin_parts.h"

namespace stardose::pipeline {

/// Returns what these options ask of each record.
[[nodiscard]] pharmaco::TwinQuestion question_of(const pharmaco::TwinOptions& options);

/// Refers to the caller's settings, which must outlive the call.
struct TwinBatch {
  const TwinParts& parts;
  const pharmaco::TwinOptions& options;
  const Limits& limits;
  const std::string& folder;  ///< for the results
  std::string_view program_version;
  std::function<void(const std::string&)> warn;
};

struct TwinBatchSummary {
  std::size_t patients = 0;
  std::size_t advised = 0;
  std::size_t added = 0;            ///< events
  std::vector<std::string> failed;  ///< records that cannot be used, with the reason
  bool stopped = false;
};

/// Returns the records named, and those of folders, by name; each once. Throws InputError: none, no such file.
[[nodiscard]] std::vector<std::string> records_of(const std::vector<std::string>& paths);

/// Adds the events, learns, forecasts and advises: advice.tsv, and a page and a JSON file for each patient in twins/.
/// The same bytes for any number of threads. A record that cannot be used is told in `failed`, and keeps none of the
/// others. Throws InputError: events that cannot be read, or are of a patient who has no record; no record can be used.
[[nodiscard]] TwinBatchSummary run_twins(const TwinBatch& batch, const std::stop_token& stop);

}  // namespace stardose::pipeline
