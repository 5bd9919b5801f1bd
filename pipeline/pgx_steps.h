// Steps that a run takes with the samples that it has read.
#pragma once

#include <algorithm>
#include <stop_token>
#include <string>

#include "pipeline/cohort_results.h"
#include "pipeline/parts/run_part.h"
#include "pipeline/patient_genes.h"
#include "pipeline/pgx_setup.h"
#include "pipeline/progress.h"
#include "pipeline/read_inputs.h"
#include "pipeline/run.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/render_samples.h"
#include "pipeline/stages/sample_coverage.h"

namespace stardose::pipeline {

/// What was read, and what it is called with. `setup` is on the assembly that was read.
struct ReadSamples {
  const PgxSetup& setup;
  const Wanted& wanted;
  const InputResults& read;
  const SampleTables& tables;
  bool is_part;  ///< of the run's samples
};

/// Calls the genes of all samples and gives the advice; `results` has the samples' names. Adds what is counted to the
/// part. Returns false when it was stopped. Throws InputError.
[[nodiscard]] bool call_samples(const ReadSamples& samples, const std::stop_token& stop, CohortResults& results,
                                RunPart& part);

/// What doses and features ask of the samples' genes. Refers to its arguments.
[[nodiscard]] PatientGenes genes_of(const ReadSamples& samples, const CohortResults& results);

/// Notes which features nobody of the samples has, each with the reason by the sample given. `genes` are those of the
/// samples.
void note_empty_features(const ReadSamples& samples, const PatientGenes& genes, std::size_t sample, RunPart& part);

/// What reports say that reads were held to.
[[nodiscard]] pharmaco::CoverageReport thresholds_of(const PgxJob& job);

/// Reports are large, table rows are small; the size changes no byte of the output.
[[nodiscard]] inline std::size_t batch_size(const Wanted& wanted) { return wanted.reports() ? 4 : 8; }

/// Gives the sink the rows and reports of all samples, in order. Returns false when it was stopped.
template <class Snk>
[[nodiscard]] bool render_samples(const ReadSamples& samples, const CohortResults& results, const std::string& assembly,
                                  Snk& sink, const std::stop_token& stop) {
  const PgxSetup& setup = samples.setup;
  const genomics::Cohort& cohort = samples.read.cohort;
  const SampleCoverage coverage{setup.panel, *cohort.sites, samples.read.alignments, thresholds_of(setup.job)};
  const PatientGenes genes = genes_of(samples, results);
  const RenderSamples render{results,
                             coverage,
                             {setup.patients, genes, samples.tables.medications},
                             setup.knowledge,
                             setup.blank_report(assembly),
                             samples.wanted};
  const std::size_t batch = batch_size(samples.wanted);
  BatchSource batches{cohort.samples.size(), batch};
  ProgressLine progress{"samples written, in batches", (cohort.samples.size() + batch - 1) / batch};
  return !run(batches, render, sink, setup.job.limits, stop, progress).stopped;
}

}  // namespace stardose::pipeline
