// Stage: one alignment to its sample's column.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/evidence/sample_genotypes.h"
#include "genomics/reads/alignment_file.h"
#include "pipeline/alignment_results.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/open_alignment.h"
#include "pipeline/structure_panel.h"

namespace stardose::pipeline {

/// A sample's column of the genotype table, and what belongs to it. Of a file that could not be read only the path and
/// the sample mean something.
struct ReadColumn {
  std::vector<genomics::SiteGenotype> genotypes;
  std::vector<std::int32_t> phase_sets;
  AlignmentSample sample;
  AlignmentSummary file;
  std::vector<std::string> warnings;
  std::optional<genomics::InputError> failure;
};

/// Holds its arguments, which must outlive it; safe to call from many threads. Only the column is kept of a file.
class ReadAlignment {
 public:
  static constexpr std::string_view name = "read alignment";

  ReadAlignment(const genomics::ReadGenotyper& genotyper, const StructurePanel& structures,
                const genomics::AlignmentInputOptions& options, std::vector<AlignmentHead>& heads);

  /// Takes a batch of one: the file's number in `heads`. Throws InputError for what is wrong with all files together. A
  /// pointer, as small results travel better between threads.
  std::unique_ptr<ReadColumn> operator()(Batch file) const;

 private:
  [[nodiscard]] ReadColumn read(AlignmentHead& head) const;

  const genomics::ReadGenotyper& genotyper_;
  const StructurePanel& structures_;
  const genomics::AlignmentInputOptions& options_;
  std::vector<AlignmentHead>& heads_;
};

}  // namespace stardose::pipeline
