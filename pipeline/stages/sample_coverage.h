// How well a sample's alignment covers the genes of a run, for reports and coverage.tsv.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include "genomics/sites/site_index.h"
#include "pharmaco/report/coverage_report.h"
#include "pipeline/alignment_results.h"
#include "pipeline/gene_panel.h"

namespace stardose::pipeline {

/// Refers to what it is made of, which must outlive it; safe to call from many threads.
class SampleCoverage {
 public:
  /// `sites`: those of the panel, on the input's assembly. `thresholds`: what the report says that reads were held to.
  SampleCoverage(const GenePanel& panel, const genomics::SiteIndex& sites, const AlignmentResults& alignments,
                 pharmaco::CoverageReport thresholds)
      : panel_{panel}, sites_{sites}, alignments_{alignments}, thresholds_{std::move(thresholds)} {}

  /// Returns nullopt for a sample of variant files.
  [[nodiscard]] std::optional<pharmaco::CoverageReport> of(std::size_t sample) const;

 private:
  const GenePanel& panel_;
  const genomics::SiteIndex& sites_;
  const AlignmentResults& alignments_;
  pharmaco::CoverageReport thresholds_;
};

}  // namespace stardose::pipeline
