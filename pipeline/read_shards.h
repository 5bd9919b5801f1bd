// Reading a cohort's files on one thread or several.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "genomics/io/cohort_reader.h"
#include "pipeline/limits.h"

namespace stardose::pipeline {

/// Thrown by who is handed rows to leave a shard that is being read, when a stop was asked for.
struct Stopped {};

/// Cuts files for the threads there are.
void cut_for_threads(genomics::ReadingPlan& plan, const Limits& limits);

/// Cuts them so small that the rows of what is in flight fit in memory; what cannot be cut is read by one reader, which
/// hands rows over as it goes. Call when the plan has use_rows.
void bound_rows(genomics::ReadingPlan& plan, const std::vector<std::string>& files, const Limits& limits);

/// Reads everything: finish() is left to do. `first`: a shard that was taken from the reader already. Returns whether
/// it was stopped.
[[nodiscard]] bool read_shards(genomics::CohortReader& reader, const genomics::ReadingPlan& plan, const Limits& limits,
                               const std::stop_token& stop, std::optional<genomics::CohortShard> first = std::nullopt);

}  // namespace stardose::pipeline
