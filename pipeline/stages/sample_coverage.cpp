// Figures by site to figures by gene.
#include "pipeline/stages/sample_coverage.h"

namespace stardose::pipeline {

std::optional<pharmaco::CoverageReport> SampleCoverage::of(std::size_t sample) const {
  const AlignmentSample* reads = alignments_.of(sample);
  if (reads == nullptr) return std::nullopt;
  pharmaco::CoverageReport report = thresholds_;
  for (const PanelGene& entry : panel_.genes) {
    pharmaco::GeneCoverage gene{entry.gene->symbol, entry.gene->has_guidance, {}};
    for (std::size_t site = entry.first_site; site < entry.first_site + entry.gene->sites.size(); ++site) {
      const SiteReads& at = reads->coverage[site];
      if (!at.is_placed) continue;
      gene.positions.push_back({site - entry.first_site, to_string(sites_.site(site)), at.depth, at.usable,
                                at.mapping_quality, at.is_callable});
    }
    if (!gene.positions.empty()) report.genes.push_back(std::move(gene));
  }
  return report;
}

}  // namespace stardose::pipeline
