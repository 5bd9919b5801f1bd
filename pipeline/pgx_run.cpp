// The main job, step by step.
#include "pipeline/pgx_run.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <utility>

#include "genomics/input_error.h"
#include "pipeline/cohort_results.h"
#include "pipeline/dosage_output.h"
#include "pipeline/input_files.h"
#include "pipeline/parts/finish_run.h"
#include "pipeline/parts/resumable_run.h"
#include "pipeline/parts/shard_document.h"
#include "pipeline/pgx_setup.h"
#include "pipeline/pgx_steps.h"
#include "pipeline/read_inputs.h"
#include "pipeline/sinks/output_folder.h"
#include "pipeline/sinks/results_sink.h"

namespace stardose::pipeline {

namespace {

/// Returns false when it was stopped.
bool write_samples(const ReadSamples& samples, const CohortResults& results, DosageOutput& dosages,
                   const std::stop_token& stop, RunPart& part) {
  const PgxJob& job = samples.setup.job;
  const genomics::Cohort& cohort = samples.read.cohort;
  ResultsSink sink{job.output.folder, samples.wanted, guided_genes(part)};
  const bool assume = job.calling.assume_reference;
  if (dosages.write_table(cohort, samples.setup.panel.sites, assume, job.limits, stop)) return false;
  if (!render_samples(samples, results, part.assembly, sink, stop)) return false;
  dosages.close(cohort);
  part.samples = sink.take_samples();
  part.features = sink.take_features();
  note_empty_features(samples, genes_of(samples, results), 0, part);
  return true;
}

}  // namespace

PgxSummary run_pgx(const PgxJob& job, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  SortedInputs inputs = sort_inputs({job.input, job.alignments, job.input_list, job.output.shard});
  const ShardChoice shard = inputs.shard;
  const Wanted wanted = wanted_of(job, inputs);
  std::optional<OutputFolder> folder;  // outlives what is written there
  DosageOutput dosages{job.output, job.on_writing};
  PgxSetup setup{job};
  check_codes(setup, wanted);
  if (job.dry_run) {
    const PgxSummary summary{.inputs = inputs.size(), .genes = setup.panel.genes.size()};
    check_inputs(setup, std::move(inputs), stop);
    return summary;
  }
  RunEnd end{shard.is_asked || job.output.resume ? shard_key(setup, inputs) : ShardKey{}, shard, wanted, begin,
             setup.provenance()};
  folder.emplace(job.output.folder);
  folder->remove_stale();
  if (job.output.resume) return run_resumable(job, std::move(inputs), std::move(end), stop);

  PgxSummary stopped{.stopped = true};
  const ReadingJob reading{setup.knowledge, setup.panel, setup.calling, job.limits};
  const auto read = read_inputs(std::move(inputs), reading, dosages, stop);
  if (!read) return stopped;
  setup.place_on(read->cohort.assembly);
  RunPart part = part_of_inputs(*read);
  std::ranges::for_each(read->cohort.warnings, job.warn);
  std::ranges::for_each(read->alignments.warnings(), job.warn);
  const SampleTables tables = read_sample_tables(setup, read->cohort.samples, shard.is_asked);
  std::ranges::for_each(tables.warnings, job.warn);
  const ReadSamples samples{setup, wanted, *read, tables, shard.is_asked};
  CohortResults results{read->cohort.samples, {}, {}};
  const bool has_samples = !results.samples.empty();
  if (has_samples && !call_samples(samples, stop, results, part)) return stopped;

  job.on_writing();
  remove_records(job.output);
  remove_reports(job.output, read->alignments.failed);
  warn_of_older_results(job, wanted, results.samples);
  if (has_samples && !write_samples(samples, results, dosages, stop, part)) return stopped;
  end.provenance.warnings = tables.warnings;
  PgxSummary summary = end_run(setup, std::move(end), std::move(part));
  summary.failed = read->alignments.failed;
  return summary;
}

}  // namespace stardose::pipeline
