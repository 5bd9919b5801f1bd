// Reading in shards, or in one go.
#include "pipeline/read_variants.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "pipeline/run.h"
#include "pipeline/stages/read_shard.h"

namespace stardose::pipeline {

namespace {

// Several shards a thread, so that one that is slow does not keep the others waiting.
constexpr std::size_t shards_per_thread = 4;

/// Leaves a shard that is being read when a stop was asked for.
struct Stopped {};

genomics::ReadingPlan reading_plan(const GenePanel& panel, const pharmaco::CallingOptions& calling,
                                   const Limits& limits) {
  genomics::ReadingPlan plan{panel.sites, calling.assume_reference, {}};
  if (limits.threads > 1) plan.cutting.shards = shards_per_thread * static_cast<std::size_t>(limits.threads);
  for (const PanelGene& entry : panel.genes) {
    plan.groups.emplace_back(entry.first_site, entry.first_site + entry.site_count);
  }
  return plan;
}

// What is in flight must not grow with the number of records, so files are cut into small shards whose rows wait for
// those before them; one that cannot be cut is read by one reader, which writes its rows as it goes.
void bound_rows(genomics::ReadingPlan& plan, const std::vector<std::string>& files, const Limits& limits) {
  plan.in_turns = limits.threads == 1 || !std::ranges::all_of(files, genomics::can_be_cut);
  plan.cutting.shards = plan.in_turns ? 1 : std::numeric_limits<std::size_t>::max();
}

/// Returns whether it was stopped.
bool read_in_turns(genomics::CohortReader& reader, const std::stop_token& stop) {
  try {
    while (auto shard = reader.next()) {
      if (stop.stop_requested()) return true;
      reader.add(reader.read(std::move(*shard)));
    }
  } catch (const Stopped&) {
    return true;
  }
  return false;
}

}  // namespace

std::optional<genomics::Cohort> read_variants(const genomics::VariantInputOptions& inputs, const GenePanel& panel,
                                              const pharmaco::CallingOptions& calling, const Limits& limits,
                                              DosageOutput& dosages, const std::stop_token& stop) {
  genomics::ReadingPlan plan = reading_plan(panel, calling, limits);
  genomics::CohortReader reader{inputs, plan};
  if (dosages.takes_rows()) {
    bound_rows(plan, inputs.files, limits);
    plan.use_rows = [&](const genomics::MatrixRows& rows) {
      if (stop.stop_requested()) throw Stopped{};
      dosages.put(rows, reader.samples());
    };
  }
  if (plan.in_turns) {
    if (read_in_turns(reader, stop)) return std::nullopt;
  } else {
    ShardSource shards{reader};
    JoinShards joined{reader};
    try {
      if (run(shards, ReadShard{reader}, joined, limits, stop).stopped) return std::nullopt;
    } catch (const Stopped&) {
      return std::nullopt;
    }
  }
  return reader.finish();
}

}  // namespace stardose::pipeline
