// What the genes want of the files.
#include "pipeline/read_variants.h"

#include "pipeline/read_shards.h"

namespace stardose::pipeline {

namespace {

genomics::ReadingPlan reading_plan(const GenePanel& panel, const pharmaco::CallingOptions& calling,
                                   const Limits& limits) {
  genomics::ReadingPlan plan{panel.sites, calling.assume_reference, {}};
  cut_for_threads(plan, limits);
  for (const PanelGene& entry : panel.genes) {
    plan.groups.emplace_back(entry.first_site, entry.first_site + entry.site_count);
  }
  return plan;
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
  if (read_shards(reader, plan, limits, stop)) return std::nullopt;
  return reader.finish();
}

}  // namespace stardose::pipeline
