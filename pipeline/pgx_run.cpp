// The main job, step by step.
#include "pipeline/pgx_run.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/cohort_reader.h"
#include "genomics/io/sample_selection.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/phenotype/outside_call_file.h"
#include "pipeline/cohort_results.h"
#include "pipeline/gene_panel.h"
#include "pipeline/progress.h"
#include "pipeline/provenance.h"
#include "pipeline/run.h"
#include "pipeline/sinks/collector.h"
#include "pipeline/sinks/file_name.h"
#include "pipeline/sinks/results_sink.h"
#include "pipeline/sinks/text_sink.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/advise_guideline.h"
#include "pipeline/stages/call_gene.h"
#include "pipeline/stages/read_shard.h"
#include "pipeline/stages/render_dosages.h"
#include "pipeline/stages/render_samples.h"

namespace stardose::pipeline {

namespace {

// Reports are large, table rows are small; the size changes no byte of the output.
std::size_t batch_size(const Wanted& wanted) { return wanted.html || wanted.json ? 4 : 8; }

template <class Out, class Stg>
std::vector<Out> run_all(std::size_t items, const Stg& stage, const Limits& limits, const std::stop_token& stop,
                         bool& stopped) {
  BatchSource source{items, 1};
  Collector<Out> collector;
  stopped = run(source, stage, collector, limits, stop).stopped || stopped;
  return collector.take();
}

pharmaco::SampleReport blank_report(const PgxJob& job, const pharmaco::Release& release) {
  pharmaco::SampleReport report;
  report.program_version = job.program_version;
  report.catalogue_release = release.name;
  report.catalogue_date = release.date;
  report.assembly = release.assembly;
  report.assume_reference = job.calling.assume_reference;
  report.thresholds = job.input.thresholds;
  for (const pharmaco::CatalogueSource& source : release.sources) {
    report.attributions.push_back(source.attribution + " (" + source.version + "; " + source.terms + ")");
  }
  return report;
}

// Several shards a thread, so that one that is slow does not keep the others waiting.
constexpr int shards_per_thread = 4;

genomics::ReadingPlan reading_plan(const GenePanel& panel, const PgxJob& job) {
  genomics::ReadingPlan plan{panel.sites, job.calling.assume_reference, {}};
  if (job.limits.threads > 1) plan.cutting.shards = static_cast<std::size_t>(job.limits.threads * shards_per_thread);
  for (const PanelGene& entry : panel.genes) {
    plan.groups.emplace_back(entry.first_site, entry.first_site + entry.site_count);
  }
  return plan;
}

void check_inputs(const PgxJob& job) {
  for (const std::string& path : job.input.files) {
    if (path == "-") continue;
    const genomics::VariantFile file{path, job.input.use_index};
    (void)select_samples(job.input, path, file.samples());
  }
  if (job.input.files.empty()) {
    throw genomics::InputError{genomics::Fault::usage,
                               {"", "", "no input given", "name a VCF or BCF file with --input"}};
  }
}

/// dosages.tsv, written when it is made and named when the rest of the run is done.
class DosageTable {
 public:
  /// Returns whether the run was stopped.
  bool write(const PgxJob& job, const genomics::Cohort& cohort, const GenePanel& panel, const std::stop_token& stop) {
    const RenderDosages render{cohort, panel.sites, job.calling.assume_reference};
    file_.emplace(job.output.folder + "/dosages.tsv").write(render.header());
    TextSink sink{*file_};
    BatchSource lines{render.size(), 8};
    return run(lines, render, sink, job.limits, stop).stopped;
  }
  void close() {
    if (file_) file_->close(true);
  }

 private:
  std::optional<OutputFile> file_;
};

}  // namespace

PgxSummary run_pgx(const PgxJob& job, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  const Wanted wanted = wanted_outputs(job.output);
  const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge(job.knowledge);
  const GenePanel panel = choose_genes(knowledge, job.calling);
  PgxSummary summary;
  summary.genes = panel.genes.size();
  if (job.dry_run) {
    check_inputs(job);
    return summary;
  }

  const genomics::ReadingPlan plan = reading_plan(panel, job);
  genomics::CohortReader reader{job.input, plan};
  ShardSource shards{reader};
  JoinShards joined{reader};
  summary.stopped = run(shards, ReadShard{reader}, joined, job.limits, stop).stopped;
  if (summary.stopped) return summary;
  const genomics::Cohort cohort = reader.finish();
  for (const std::string& warning : cohort.warnings) job.warn(warning);
  summary.samples = cohort.samples.size();
  const pharmaco::OutsideCalls outside = read_outside_calls(job.calling.outside_calls, cohort.samples, knowledge.genes);

  CohortResults results{cohort.samples, {}, {}};
  const CallGene call_gene{panel, job.calling, cohort, outside};
  results.genes = run_all<GeneOutcomes>(panel.genes.size(), call_gene, job.limits, stop, summary.stopped);
  if (summary.stopped) return summary;
  const AdviseGuideline advise{knowledge, panel, results.genes, cohort.samples.size()};
  results.guidelines =
      run_all<GuidelineOutcomes>(knowledge.guidelines.size(), advise, job.limits, stop, summary.stopped);
  if (summary.stopped) return summary;

  job.on_writing();
  // An old run.json must not vouch for new tables.
  const std::string run_file = job.output.folder + "/run.json";
  std::remove(run_file.c_str());
  ResultsSink sink{job.output.folder, wanted};
  DosageTable dosages;
  if (wanted.dosages) summary.stopped = dosages.write(job, cohort, panel, stop);
  if (summary.stopped) return summary;
  const RenderSamples render{results, blank_report(job, knowledge.release), wanted};
  BatchSource batches{cohort.samples.size(), batch_size(wanted)};
  ProgressLine progress{"samples written, in batches",
                        (cohort.samples.size() + batch_size(wanted) - 1) / batch_size(wanted)};
  summary.stopped = run(batches, render, sink, job.limits, stop, progress).stopped;
  summary.no_calls = sink.no_calls();
  if (summary.stopped) return summary;
  dosages.close();

  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  const Provenance provenance{job.program_version,         job.workflow,     summary.samples, summary.genes,
                              knowledge.guidelines.size(), summary.no_calls, elapsed.count()};
  write_file(run_file, run_json(provenance, knowledge.release, cohort), true);
  if (wanted.html) {
    summary.first_report = job.output.folder + "/report/" + file_name_of(cohort.samples.front()) + ".html";
  }
  return summary;
}

}  // namespace stardose::pipeline
