// The main job, step by step.
#include "pipeline/pgx_run.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/cohort_reader.h"
#include "pharmaco/knowledge/gene_place.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/phenotype/outside_call_file.h"
#include "pharmaco/report/html_cohort.h"
#include "pipeline/cohort_page.h"
#include "pipeline/cohort_results.h"
#include "pipeline/dosage_output.h"
#include "pipeline/dose_plan.h"
#include "pipeline/gene_panel.h"
#include "pipeline/input_files.h"
#include "pipeline/multiqc_output.h"
#include "pipeline/open_inputs.h"
#include "pipeline/patient_genes.h"
#include "pipeline/progress.h"
#include "pipeline/provenance.h"
#include "pipeline/read_inputs.h"
#include "pipeline/run.h"
#include "pipeline/sinks/collector.h"
#include "pipeline/sinks/file_name.h"
#include "pipeline/sinks/results_sink.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/advise_guideline.h"
#include "pipeline/stages/call_gene.h"
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

pharmaco::SampleReport blank_report(const PgxJob& job, const pharmaco::Release& release, genomics::Assembly assembly) {
  pharmaco::SampleReport report;
  report.program_version = job.program_version;
  report.catalogue_release = release.name;
  report.catalogue_date = release.date;
  report.assembly = to_string(assembly);
  report.assume_reference = job.calling.assume_reference;
  report.thresholds = job.input.thresholds;
  for (const pharmaco::CatalogueSource& source : release.sources) {
    report.attributions.push_back(source.attribution + " (" + source.version + "; " + source.terms + ")");
  }
  return report;
}

/// Positions of one gene on each contig, near enough on either assembly: reading there shows whether a CRAM's reference
/// is to be had.
genomics::ReadPlan probe_of(const pharmaco::KnowledgeBase& knowledge) {
  genomics::ReadPlan probe;
  std::set<std::string> contigs;
  for (const pharmaco::Gene& gene : knowledge.genes) {
    if (gene.sites.empty() || !contigs.insert(gene.contig).second) continue;
    for (const genomics::Site& site : gene.sites) {
      if (!is_single_base(site)) continue;
      probe.sites.push_back({site.contig, site.position, {site.ref, site.alts.front()}});
    }
  }
  return probe;
}

/// Opens everything; pipes and standard input are left unread, as the run that follows needs them.
void check_inputs(const PgxJob& job, SortedInputs inputs, const pharmaco::KnowledgeBase& knowledge,
                  const std::stop_token& stop) {
  const auto opened = open_inputs(inputs, job.limits, stop, probe_of(knowledge));
  if (opened && !opened->failed.empty()) throw opened->failed.front().error;
  if (!opened || opened->samples.empty()) return;
  for (const AlignmentHead& head : opened->alignments) std::ranges::for_each(head.warnings, job.warn);
  std::vector<std::string> outside = job.calling.outside_calls;
  std::erase_if(outside, [](const std::string& path) {
    std::error_code error;
    return path == "-" || std::filesystem::is_fifo(path, error);
  });
  for (const std::string& warning : read_outside_calls(outside, opened->samples, knowledge).warnings) job.warn(warning);
}

/// Doses are worked out to be seen.
void check_shown(const PgxJob& job, const Wanted& wanted) {
  const bool asked = !job.dosing.dose.empty();
  if (asked && !wanted.dosing && !wanted.html && !wanted.json) {
    throw genomics::InputError{genomics::Fault::usage,
                               {"", "dose", "doses are asked for, and nothing that shows them is written",
                                "add dosing, html or json to `write`"}};
  }
  if (!asked && wanted.dosing && job.output.write.size() == 1) {
    throw genomics::InputError{genomics::Fault::usage,
                               {"", "write", "dosing is of doses, and none is asked for",
                                "name drugs, `--dose warfarin`, or choose another output"}};
  }
}

/// Genes that a dose needs are called whatever `genes` says.
pharmaco::CallingOptions calling_of(const PgxJob& job, const DosePlan& doses) {
  pharmaco::CallingOptions calling = job.calling;
  if (calling.genes.empty()) return calling;
  for (const std::string& gene : doses.genes()) {
    if (std::ranges::find(calling.genes, gene) == calling.genes.end()) calling.genes.push_back(gene);
  }
  return calling;
}

/// Coverage is of alignments; asked for by default, it is written where there are any. So it is with doses.
Wanted wanted_of(const PgxJob& job, const SortedInputs& inputs) {
  Wanted wanted = wanted_outputs(job.output);
  wanted.matches = job.calling.all_matches;
  const bool any_alignment = !inputs.alignments.files.empty();
  check_shown(job, wanted);
  wanted.dosing = wanted.dosing && !job.dosing.dose.empty();
  if (wanted.coverage && !any_alignment && job.output.write.size() == 1) {
    throw genomics::InputError{genomics::Fault::usage,
                               {"", "write", "coverage is of alignments, and no input is one",
                                "give a BAM or CRAM, or choose another output"}};
  }
  wanted.coverage = wanted.coverage && any_alignment;
  return wanted;
}

pharmaco::CoverageReport thresholds_of(const PgxJob& job) {
  const genomics::ReadFilter& filter = job.alignments.filter;
  return {job.input.thresholds.min_depth,
          filter.min_mapping_quality,
          filter.min_base_quality,
          job.calling.min_callable,
          {}};
}

void tell(const PgxJob& job, const std::vector<std::string>& warnings, std::vector<std::string>& told) {
  std::ranges::for_each(warnings, job.warn);
  told.insert(told.end(), warnings.begin(), warnings.end());
}

std::string report_path(const PgxJob& job, const std::string& sample, const char* ending = ".html") {
  return job.output.folder + "/report/" + file_name_of(sample) + ending;
}

std::string index_path(const PgxJob& job) { return job.output.folder + "/report/index.html"; }

/// An old page must not stand for a sample that failed, nor for a cohort that was another.
void remove_reports(const PgxJob& job, const std::vector<FailedAlignment>& failed) {
  std::remove(index_path(job).c_str());
  for (const FailedAlignment& each : failed) {
    if (each.sample.empty()) continue;
    for (const char* ending : {".html", ".pdf", ".json"}) std::remove(report_path(job, each.sample, ending).c_str());
  }
}

}  // namespace

PgxSummary run_pgx(const PgxJob& job, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  SortedInputs inputs = sort_inputs({job.input, job.alignments, job.input_list});
  const Wanted wanted = wanted_of(job, inputs);
  DosageOutput dosages{job.output, job.on_writing};
  pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge(job.knowledge);
  const DosePlan doses{job.dosing, job.patients, job.knowledge, knowledge};
  const pharmaco::CallingOptions calling = calling_of(job, doses);
  const GenePanel panel = choose_genes(knowledge, calling);
  PgxSummary summary{.inputs = inputs.size(), .genes = panel.genes.size()};
  if (job.dry_run) {
    check_inputs(job, std::move(inputs), knowledge, stop);
    return summary;
  }

  const auto read = read_inputs(std::move(inputs), {knowledge, panel, calling, job.limits}, dosages, stop);
  summary.stopped = !read;
  if (summary.stopped) return summary;
  const auto& [cohort, alignments] = *read;
  for (pharmaco::Gene& gene : knowledge.genes) place_on(gene, cohort.assembly);
  std::vector<std::string> warnings;
  tell(job, cohort.warnings, warnings);
  tell(job, alignments.warnings, warnings);
  summary.failed = alignments.failed;
  summary.samples = cohort.samples.size();
  const pharmaco::OutsideCalls outside = read_outside_calls(calling.outside_calls, cohort.samples, knowledge);
  tell(job, outside.warnings, warnings);
  const auto hear = [&](const std::string& warning) { tell(job, {warning}, warnings); };
  doses.check(cohort.samples, hear);
  const pharmaco::MedicationLists medications =
      read_medications(job.medications, cohort.samples, knowledge.drugs, hear);

  CohortResults results{cohort.samples, {}, {}};
  const CallGene call_gene{panel, calling, cohort, alignments, outside, wanted.html || wanted.json};
  results.genes = run_all<GeneOutcomes>(panel.genes.size(), call_gene, job.limits, stop, summary.stopped);
  if (summary.stopped) return summary;
  for (const GeneOutcomes& gene : results.genes) tell(job, gene.warnings, warnings);
  pharmaco::CohortReport page{blank_report(job, knowledge.release, cohort.assembly), {}, {}, {}};
  if (!job.output.truth.empty()) {
    page.concordance = compare_with_truth(job.output.truth, job.knowledge, knowledge, results);
  }
  const AdviseGuideline advise{knowledge, panel, results.genes, summary.samples};
  const std::size_t guidelines = wanted.guidance || wanted.html || wanted.json ? knowledge.guidelines.size() : 0;
  results.guidelines = run_all<GuidelineOutcomes>(guidelines, advise, job.limits, stop, summary.stopped);
  if (summary.stopped) return summary;

  job.on_writing();
  // An old run.json must not vouch for new tables.
  const std::string run_file = job.output.folder + "/run.json";
  std::remove(run_file.c_str());
  remove_reports(job, summary.failed);
  ResultsSink sink{job.output.folder, wanted};
  summary.stopped = dosages.write_table(cohort, panel.sites, job.calling.assume_reference, job.limits, stop);
  if (summary.stopped) return summary;
  const SampleCoverage coverage{panel, *cohort.sites, alignments, thresholds_of(job)};
  const PatientGenes genes{panel, cohort, outside, results.genes, {doses.genes(), &doses.variants()}};
  const RenderSamples render{results, coverage, {doses, genes, medications}, page.shared, wanted};
  const std::size_t batch = batch_size(wanted);
  BatchSource batches{cohort.samples.size(), batch};
  ProgressLine progress{"samples written, in batches", (cohort.samples.size() + batch - 1) / batch};
  summary.stopped = run(batches, render, sink, job.limits, stop, progress).stopped;
  summary.no_calls = sink.no_calls();
  summary.doses = summary.samples * doses.doses_a_sample();
  summary.no_doses = sink.no_doses();
  if (summary.stopped) return summary;
  dosages.close(cohort);
  if (wanted.multiqc) write_multiqc(job.output.folder, job.program_version, results, coverage);
  if (wanted.html && summary.samples > 1) {
    page.genes = count_genes(results);
    page.samples = sink.take_lines();
    write_file(index_path(job), html_cohort(page), false);
  }

  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  const Provenance provenance{.program_version = job.program_version,
                              .workflow = job.workflow,
                              .covariates = doses.table(),
                              .samples = summary.samples,
                              .genes = summary.genes,
                              .guidelines = knowledge.guidelines.size(),
                              .no_calls = summary.no_calls,
                              .doses = summary.doses,
                              .no_doses = summary.no_doses,
                              .seconds = elapsed.count(),
                              .warnings = std::move(warnings)};
  write_file(run_file, run_json(provenance, knowledge.release, *read), true);
  if (wanted.html) summary.first_report = report_path(job, cohort.samples.front());
  return summary;
}

}  // namespace stardose::pipeline
