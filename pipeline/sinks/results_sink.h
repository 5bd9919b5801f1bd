// Sink: the tables and the reports of a run.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/sinks/output_file.h"
#include "pipeline/sinks/pdf_printer.h"
#include "pipeline/stages/render_samples.h"

namespace stardose::pipeline {

/// Writes calls.tsv, guidance.tsv, matches.tsv, coverage.tsv and dosing.tsv as it goes and gives them their names at
/// close(), where the matrix of features is written; a report gets its name as soon as it is whole. Throws InputError
/// (output).
class ResultsSink {
 public:
  ResultsSink(const std::string& folder, Wanted wanted);

  void put(RenderedSamples samples);
  void close();

  /// Genes without a call over all samples written.
  [[nodiscard]] std::size_t no_calls() const { return no_calls_; }
  /// Lines of the samples whose pages were written, in order.
  [[nodiscard]] std::vector<pharmaco::CohortSample> take_lines() { return std::move(lines_); }
  /// Of all samples, in order; no columns: features are not asked for.
  [[nodiscard]] const learning::Frame& features() const { return features_; }
  /// Doses that could not be worked out, likewise.
  [[nodiscard]] std::size_t no_doses() const { return no_doses_; }

 private:
  std::string report_folder_;
  std::optional<OutputFile> calls_;
  std::optional<OutputFile> guidance_;
  std::optional<OutputFile> matches_;
  std::optional<OutputFile> coverage_;
  std::optional<OutputFile> dosing_;
  std::string folder_;
  learning::Frame features_;
  std::optional<PdfPrinter> printer_;
  std::vector<pharmaco::CohortSample> lines_;
  std::size_t no_calls_ = 0;
  std::size_t no_doses_ = 0;
};

}  // namespace stardose::pipeline
