// Shards in turn, or several at once.
#include "pipeline/read_shards.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "pipeline/run.h"
#include "pipeline/stages/read_shard.h"

namespace stardose::pipeline {

namespace {

// Several shards a thread, so that one that is slow does not keep the others waiting.
constexpr std::size_t shards_per_thread = 4;

bool read_in_turns(genomics::CohortReader& reader, const std::stop_token& stop,
                   std::optional<genomics::CohortShard> shard) {
  if (!shard) shard = reader.next();
  for (; shard; shard = reader.next()) {
    if (stop.stop_requested()) return true;
    reader.add(reader.read(std::move(*shard)));
  }
  return false;
}

}  // namespace

void cut_for_threads(genomics::ReadingPlan& plan, const Limits& limits) {
  if (limits.threads > 1) plan.cutting.shards = shards_per_thread * static_cast<std::size_t>(limits.threads);
}

void bound_rows(genomics::ReadingPlan& plan, const std::vector<std::string>& files, const Limits& limits) {
  plan.in_turns = limits.threads == 1 || !std::ranges::all_of(files, genomics::can_be_cut);
  plan.cutting.shards = plan.in_turns ? 1 : std::numeric_limits<std::size_t>::max();
}

bool read_shards(genomics::CohortReader& reader, const genomics::ReadingPlan& plan, const Limits& limits,
                 const std::stop_token& stop, std::optional<genomics::CohortShard> first) {
  try {
    if (plan.in_turns) return read_in_turns(reader, stop, std::move(first));
    ShardSource shards{reader, std::move(first)};
    JoinShards joined{reader};
    return run(shards, ReadShard{reader}, joined, limits, stop).stopped;
  } catch (const Stopped&) {
    return true;
  }
}

}  // namespace stardose::pipeline
