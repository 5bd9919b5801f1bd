// Writing tables and reports.
#include "pipeline/sinks/results_sink.h"

#include <algorithm>
#include <iterator>

#include "pharmaco/dosing/dose_formats.h"
#include "pharmaco/report/table.h"
#include "pipeline/sinks/feature_files.h"

namespace stardose::pipeline {

ResultsSink::ResultsSink(const std::string& folder, Wanted wanted)
    : report_folder_{folder + "/report"}, folder_{folder} {
  make_folder(folder);
  if (wanted.reports()) make_folder(report_folder_);
  if (wanted.pdf) printer_.emplace();
  if (wanted.calls) {
    calls_.emplace(folder + "/calls.tsv");
    calls_->write(pharmaco::calls_header());
  }
  if (wanted.guidance) {
    guidance_.emplace(folder + "/guidance.tsv");
    guidance_->write(pharmaco::guidance_header());
  }
  if (wanted.matches) {
    matches_.emplace(folder + "/matches.tsv");
    matches_->write(pharmaco::matches_header());
  }
  if (wanted.coverage) {
    coverage_.emplace(folder + "/coverage.tsv");
    coverage_->write(pharmaco::coverage_header());
  }
  if (wanted.dosing) {
    dosing_.emplace(folder + "/dosing.tsv");
    dosing_->write(pharmaco::dose_header());
  }
}

void ResultsSink::put(RenderedSamples samples) {
  if (calls_) calls_->write(samples.calls);
  if (guidance_) guidance_->write(samples.guidance);
  if (matches_) matches_->write(samples.matches);
  if (coverage_) coverage_->write(samples.coverage);
  if (dosing_) dosing_->write(samples.dosing);
  if (!samples.features.columns.empty()) append(features_, std::move(samples.features));
  for (const RenderedFile& report : samples.reports) {
    const std::string path = report_folder_ + "/" + report.name;
    write_file(path, report.text, false);
    if (printer_ && path.ends_with(".html")) printer_->print(path, path.substr(0, path.size() - 4) + "pdf");
  }
  std::ranges::move(samples.lines, std::back_inserter(lines_));
  no_calls_ += samples.no_calls;
  no_doses_ += samples.no_doses;
}

void ResultsSink::close() {
  if (calls_) calls_->close(true);
  if (guidance_) guidance_->close(true);
  if (matches_) matches_->close(true);
  if (coverage_) coverage_->close(true);
  if (dosing_) dosing_->close(true);
  if (!features_.columns.empty()) write_features(folder_, features_);
}

}  // namespace stardose::pipeline
