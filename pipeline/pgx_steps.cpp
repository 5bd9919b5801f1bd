// Genes, then guidelines.
#include "pipeline/pgx_steps.h"

#include <vector>

#include "pipeline/cohort_page.h"
#include "pipeline/sinks/collector.h"
#include "pipeline/stages/advise_guideline.h"
#include "pipeline/stages/call_gene.h"

namespace stardose::pipeline {

namespace {

template <class Out, class Stg>
bool run_all(std::size_t items, const Stg& stage, const Limits& limits, const std::stop_token& stop,
             std::vector<Out>& results) {
  BatchSource source{items, 1};
  Collector<Out> collector;
  const bool stopped = run(source, stage, collector, limits, stop).stopped;
  results = collector.take();
  return !stopped;
}

}  // namespace

pharmaco::CoverageReport thresholds_of(const PgxJob& job) {
  const genomics::ReadFilter& filter = job.alignments.filter;
  return {job.input.thresholds.min_depth,
          filter.min_mapping_quality,
          filter.min_base_quality,
          job.calling.min_callable,
          {}};
}

bool call_samples(const ReadSamples& samples, const std::stop_token& stop, CohortResults& results, RunPart& part) {
  const auto& [setup, wanted, read, tables, is_part] = samples;
  const PgxJob& job = setup.job;
  const bool wants_evidence = wanted.html || wanted.json;
  const CallGene call_gene{setup.panel, setup.calling, read.cohort, read.alignments, tables.outside, wants_evidence};
  if (!run_all(setup.panel.genes.size(), call_gene, job.limits, stop, results.genes)) return false;
  add_genes(results, part);
  for (const auto& of_gene : part.gene_warnings) {
    for (const GeneWarning& warning : of_gene) job.warn(warning.text);
  }
  if (!job.output.truth.empty()) {
    const TruthTable truth{job.output.truth, job.knowledge, setup.knowledge};
    part.concordance = truth.compare(results, {0, results.samples.size()});
    if (part.concordance.empty() && !is_part) truth.refuse_nothing_in_common();
  }
  const AdviseGuideline advise{setup.knowledge, setup.panel, results.genes, results.samples.size()};
  const std::size_t guidelines = wanted.guidance || wanted.reports() ? setup.knowledge.guidelines.size() : 0;
  return run_all(guidelines, advise, job.limits, stop, results.guidelines);
}

PatientGenes genes_of(const ReadSamples& samples, const CohortResults& results) {
  const PatientPlan& plan = samples.setup.patients;
  return PatientGenes{samples.setup.panel,
                      samples.read.cohort,
                      samples.tables.outside,
                      results.genes,
                      {plan.genes(), &plan.variants()}};
}

void note_empty_features(const ReadSamples& samples, const PatientGenes& genes, std::size_t sample, RunPart& part) {
  const PatientPlan& plan = samples.setup.patients;
  if (!plan.has_features() || part.features.columns.empty()) return;
  const auto patient = plan.known().of(samples.read.cohort.samples[sample], genes.of(sample));
  const std::vector<std::string> sentences = plan.empty_features(part.features, patient);
  const std::vector<std::size_t> empty = empty_columns(part.features);
  for (std::size_t k = 0; k < empty.size(); ++k) part.empty_features.emplace(empty[k], sentences.at(k));
}

}  // namespace stardose::pipeline
