// Reads to genotypes, coverage and structures.
#include "pipeline/stages/read_alignment.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stardose::pipeline {

namespace {

std::vector<SiteReads> in_few_bytes(const std::vector<genomics::SiteCoverage>& coverage) {
  std::vector<SiteReads> sites;
  sites.reserve(coverage.size());
  for (const genomics::SiteCoverage& site : coverage) {
    const auto quality = static_cast<std::uint8_t>(std::clamp(std::lround(site.mapping_quality), 0L, 255L));
    sites.push_back({site.depth, site.usable, quality, site.asked, site.is_callable()});
  }
  return sites;
}

}  // namespace

ReadAlignment::ReadAlignment(const genomics::ReadGenotyper& genotyper, const StructurePanel& structures,
                             const genomics::AlignmentInputOptions& options, std::vector<AlignmentHead>& heads)
    : genotyper_{genotyper}, structures_{structures}, options_{options}, heads_{heads} {}

std::unique_ptr<ReadColumn> ReadAlignment::operator()(Batch file) const {
  AlignmentHead& head = heads_[file.begin];  // no other thread has it
  auto column = std::make_unique<ReadColumn>();
  column->failure = failure_of_one([&] { *column = read(head); }, options_);
  column->file.path = head.path;
  column->file.sample = head.sample;
  return column;
}

ReadColumn ReadAlignment::read(AlignmentHead& head) const {
  const std::shared_ptr<genomics::AlignmentFile> opened = head.take(options_);
  const genomics::ReadEvidence evidence = opened->read(structures_.plan());
  genomics::SampleGenotypes genotypes = genotyper_.genotypes(evidence);
  ReadColumn column;
  column.warnings = std::move(head.warnings);
  column.sample = {in_few_bytes(genotypes.coverage), structures_.call(evidence, *opened, column.warnings)};
  const double mean_depth =
      genomics::coverage_of(std::span<const genomics::SiteCoverage>{genotypes.coverage}).mean_depth;
  column.file = {{}, {}, evidence.reads, evidence.duplicates, mean_depth};
  column.genotypes = std::move(genotypes.genotypes);
  column.phase_sets = std::move(genotypes.phase_sets);
  return column;
}

}  // namespace stardose::pipeline
