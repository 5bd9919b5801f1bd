// The cohort's page and run.json.
#include "pipeline/parts/finish_run.h"

#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "pharmaco/report/cohort_report.h"
#include "pharmaco/report/html_cohort.h"
#include "pharmaco/report/multiqc.h"
#include "pipeline/cohort_page.h"
#include "pipeline/parts/ro_crate.h"
#include "pipeline/sinks/feature_files.h"
#include "pipeline/sinks/file_name.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

std::string report_path(const OutputOptions& output, const std::string& sample, const char* ending) {
  return output.folder + "/report/" + file_name_of(sample) + ending;
}

namespace {

std::string index_path(const OutputOptions& output) { return output.folder + "/report/index.html"; }

void write_page(const PgxSetup& setup, const RunPart& part) {
  pharmaco::CohortReport page{setup.blank_report(part.assembly), {}, {}, part.concordance};
  for (const pharmaco::GeneTally& gene : part.genes) page.genes.push_back(gene.total());
  for (const PartSample& sample : part.samples) page.samples.push_back(sample.line.value());
  write_file(index_path(setup.job.output), html_cohort(page), false);
}

}  // namespace

void remove_records(const OutputOptions& output) {
  for (const char* name : {"/run.json", "/shard.json", "/ro-crate-metadata.json"})
    std::remove((output.folder + name).c_str());
  if (!output.resume) std::remove(journal_path(output).c_str());
}

std::string journal_path(const OutputOptions& output) { return output.folder + "/resume.journal"; }

void check_truth(const PgxSetup& setup, const RunPart& part) {
  const PgxJob& job = setup.job;
  if (job.output.truth.empty() || !part.concordance.empty()) return;
  TruthTable{job.output.truth, job.knowledge, setup.knowledge}.refuse_nothing_in_common();
}

void remove_reports(const OutputOptions& output, const std::vector<FailedAlignment>& failed) {
  std::remove(index_path(output).c_str());
  for (const FailedAlignment& each : failed) {
    if (each.sample.empty()) continue;
    for (const char* ending : {".html", ".pdf", ".json", ".fhir.json"}) {
      std::remove(report_path(output, each.sample, ending).c_str());
    }
  }
}

void warn_of_older_results(const PgxJob& job, const Wanted& wanted, const std::vector<std::string>& samples) {
  std::vector<std::string> older;
  const auto look = [&](const std::string& path, bool is_wanted) {
    std::error_code error;
    if (!is_wanted && std::filesystem::exists(path, error)) older.push_back(path);
  };
  const ByTable<bool> tables = wanted.tables();
  for (std::size_t k = 0; k < result_tables; ++k) look(job.output.folder + "/" + table_file(k), tables[k]);
  for (const std::string& sample : samples) {
    look(report_path(job.output, sample, ".html"), wanted.html);
    look(report_path(job.output, sample, ".pdf"), wanted.pdf);
    look(report_path(job.output, sample, ".json"), wanted.json);
    look(report_path(job.output, sample, ".fhir.json"), wanted.fhir);
  }
  if (older.empty()) return;
  const std::string more = older.size() == 1 ? "" : " and " + std::to_string(older.size() - 1) + " more";
  job.warn(older.front() + more + ": of an earlier run, as this one does not write them; remove what is out of date");
}

PgxSummary end_run(const PgxSetup& setup, RunEnd end, RunPart part) {
  const OutputOptions& output = setup.job.output;
  PgxSummary summary{.inputs = part.variant_inputs.size() + part.alignment_inputs.size() + part.failed.size(),
                     .samples = part.samples.size(),
                     .genes = setup.panel.genes.size(),
                     .no_calls = part.no_calls(),
                     .doses = part.samples.size() * setup.patients.doses().doses_a_sample(),
                     .no_doses = part.no_doses()};
  const bool has_pages = end.wanted.html && !part.samples.empty();
  if (has_pages) summary.first_report = report_path(output, part.samples.front().name, ".html");
  if (!part.features.columns.empty()) write_features(output.folder, part.features);
  if (end.shard.is_asked) {
    write_shard_document(output, {std::move(end.key), end.shard, end.wanted, std::move(part)});
    return summary;
  }
  for (const auto& [column, warning] : part.empty_features) setup.job.warn(warning);
  if (end.wanted.html && part.samples.size() > 1) write_page(setup, part);
  if (end.wanted.multiqc) {
    write_file(output.folder + "/multiqc/" + std::string{pharmaco::multiqc_versions_name},
               pharmaco::multiqc_versions(setup.job.program_version), false);
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - end.begin;
  if (output.timestamps) end.provenance.clock = RunClock{elapsed.count()};
  write_file(output.folder + "/run.json", run_json(end.provenance, setup.knowledge.release, part), true);
  if (output.ro_crate) write_ro_crate(setup, part, output.timestamps);
  return summary;
}

}  // namespace stardose::pipeline
