// Sink: the tables and the reports of a run.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/parts/result_table.h"
#include "pipeline/parts/run_part.h"
#include "pipeline/sinks/report_writer.h"
#include "pipeline/sinks/table_file.h"
#include "pipeline/stages/render_samples.h"

namespace stardose::pipeline {

/// Writes the tables that are wanted as it goes and gives them their names at close(); a report gets its name as soon
/// as it is whole. Throws InputError (output).
class ResultsSink {
 public:
  /// `guided`: symbols of the genes with guidance.
  ResultsSink(const std::string& folder, const Wanted& wanted, const std::vector<std::string>& guided);

  void put(RenderedSamples samples);
  void close();

  /// A row a sample, in order; no columns: features are not asked for.
  [[nodiscard]] learning::Frame take_features() { return std::move(features_); }
  /// The samples written, in order.
  [[nodiscard]] std::vector<PartSample> take_samples() { return std::move(samples_); }

 private:
  ReportWriter reports_;
  ByTable<std::optional<TableFile>> tables_;
  std::vector<PartSample> samples_;
  learning::Frame features_;
};

}  // namespace stardose::pipeline
