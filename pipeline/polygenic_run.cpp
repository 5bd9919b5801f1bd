// Scores, step by step.
#include "pipeline/polygenic_run.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "genomics/input_error.h"
#include "pharmaco/polygenic/score_results.h"
#include "pipeline/provenance.h"
#include "pipeline/score_cohort.h"
#include "pipeline/sinks/file_name.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/sinks/output_folder.h"

namespace stardose::pipeline {

namespace {

using pharmaco::ScoreOverlap;

void write_scores(const PolygenicJob& job, ScoredCohort& cohort, const std::vector<ScoreOverlap>& overlaps) {
  const double least = job.polygenic.min_overlap;
  if (std::ranges::none_of(overlaps, [&](const ScoreOverlap& overlap) { return overlap.is_enough(least); })) return;
  constexpr std::size_t many = 1 << 20;
  OutputFile file{job.folder + "/scores.tsv"};
  std::string text = pharmaco::scores_header();
  pharmaco::Scoring& scoring = *cohort.scoring;
  for (std::size_t k = 0; k < cohort.samples.size(); ++k) {
    append_scores(cohort.samples[k], k, overlaps, scoring.sums(), scoring.plan().rules, scoring.references(), least,
                  text);
    if (text.size() < many) continue;
    file.write(text);
    text.clear();
  }
  file.write(text);
  file.close(true);
}

void refuse_if_short(const PolygenicJob& job, const ScoredCohort& cohort, const std::vector<ScoreOverlap>& overlaps) {
  const double least = job.polygenic.min_overlap;
  const auto is_short = [&](const ScoreOverlap& overlap) { return !overlap.is_enough(least); };
  const auto refused = std::ranges::find_if(overlaps, is_short);
  if (refused == overlaps.end()) return;
  const auto others = std::ranges::count_if(overlaps, is_short) - 1;
  throw genomics::InputError{
      genomics::Fault::mismatch,
      {cohort.scoring->files()[refused->file].path, "",
       refusal(*refused, least) + (others > 0 ? ", and " + std::to_string(others) + " more score(s) fall short" : ""),
       job.folder + "/" + file_name_of(cohort.scoring->files()[refused->file].header.name) +
           ".matches.tsv says what became of each variant; --min-overlap lowers the bar"}};
}

PolygenicProvenance provenance_of(const PolygenicJob& job, const ScoredCohort& cohort,
                                  const std::vector<ScoreOverlap>& overlaps, double seconds) {
  PolygenicProvenance provenance{job.program_version, job.workflow, cohort.assembly, cohort.inputs, {}, {}, {}, {}};
  if (job.timestamps) provenance.clock = RunClock{seconds};
  provenance.samples = cohort.samples.size();
  provenance.warnings = cohort.scoring->warnings();
  provenance.warnings.insert(provenance.warnings.end(), cohort.warnings.begin(), cohort.warnings.end());
  for (const ScoreOverlap& overlap : overlaps) {
    provenance.scores.push_back({overlap.score, cohort.scoring->files()[overlap.file].path, overlap.variants,
                                 overlap.scored, overlap.is_enough(job.polygenic.min_overlap)});
  }
  return provenance;
}

}  // namespace

PolygenicSummary run_polygenic(const PolygenicJob& job, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  ScoredCohort cohort = score_cohort(job.input, job.polygenic, job.limits, stop, job.dry_run);
  PolygenicSummary summary{cohort.stopped, cohort.samples.size(), 0};
  if (summary.stopped) return summary;
  for (const std::string& warning : cohort.scoring->warnings()) job.warn(warning);
  for (const std::string& warning : cohort.warnings) job.warn(warning);
  const std::vector<ScoreOverlap> overlaps = pharmaco::overlaps(cohort.scoring->files(), cohort.scoring->units());
  summary.scores = overlaps.size();
  if (job.dry_run) return summary;

  job.on_writing();
  const OutputFolder folder{job.folder};
  // Neither an old run.json nor old scores must pass for new ones.
  const std::string run_file = job.folder + "/run.json";
  std::remove(run_file.c_str());
  std::remove((job.folder + "/scores.tsv").c_str());
  for (const pharmaco::ScoringFile& file : cohort.scoring->files()) {
    write_file(job.folder + "/" + file_name_of(file.header.name) + ".matches.tsv", matches_tsv(file), true);
  }
  write_file(job.folder + "/summary.tsv", summary_tsv(overlaps, cohort.scoring->files(), job.polygenic.min_overlap),
             true);
  write_scores(job, cohort, overlaps);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  write_file(run_file, run_json(provenance_of(job, cohort, overlaps, elapsed.count())), true);
  refuse_if_short(job, cohort, overlaps);
  return summary;
}

}  // namespace stardose::pipeline
