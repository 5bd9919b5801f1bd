// The dosages that a run was asked for, from reading to named files.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "genomics/io/cohort_reader.h"
#include "pipeline/limits.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/sinks/output_options.h"
#include "pipeline/sinks/plink_files.h"

namespace stardose::pipeline {

/// Nothing has its final name before close(); without it, nothing stays.
class DosageOutput {
 public:
  /// `on_writing` is called before the first row is written. Throws InputError (usage) for sites that are neither
  /// `catalogue` nor `all`.
  DosageOutput(const OutputOptions& options, std::function<void()> on_writing);

  /// true: rows of all records are taken while the input is read.
  [[nodiscard]] bool takes_rows() const { return wanted_ && all_; }
  /// Throws InputError (usage) when rows are wanted: alignments have no records.
  void refuse_rows_of_reads() const;
  /// The samples are those of all rows. Throws InputError.
  void put(const genomics::MatrixRows& rows, const std::vector<std::string>& samples);
  /// Writes the table of the catalogue's alternatives, if that is what is wanted. Returns whether it was stopped.
  [[nodiscard]] bool write_table(const genomics::Cohort& cohort, const genomics::SiteIndex& sites,
                                 bool assume_reference, const Limits& limits, const std::stop_token& stop);
  void close(const genomics::Cohort& cohort);

 private:
  std::string folder_;
  bool wanted_;
  bool all_;
  std::function<void()> on_writing_;
  std::optional<PlinkFiles> fileset_;
  std::optional<OutputFile> table_;
};

}  // namespace stardose::pipeline
