// Counting.
#include "pharmaco/report/cohort_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace stardose::pharmaco {

namespace {

/// What a finding came to: its phenotypes; of a gene without phenotypes its diplotypes.
std::string result_of(const GeneFinding& finding) {
  const auto& names = finding.phenotypes.empty() ? finding.diplotypes : finding.phenotypes;
  const bool is_sure = finding.status == CallStatus::called;
  return names.empty() ? "no phenotype" : fmt::format("{}", fmt::join(names, is_sure ? "; " : " or "));
}

}  // namespace

CohortGene count_findings(const std::vector<const GeneFinding*>& findings, const std::vector<std::size_t>& counts) {
  CohortGene gene;
  std::map<std::string, std::size_t> results;
  double covered = 0;
  for (std::size_t k = 0; k < findings.size(); ++k) {
    const GeneFinding& finding = *findings[k];
    gene.gene = finding.gene;
    gene.has_guidance = finding.has_guidance;
    gene.samples += counts[k];
    if (finding.sites_total > 0) {
      const double share = 1 - static_cast<double>(finding.sites_missing) / finding.sites_total;
      covered += share * static_cast<double>(counts[k]);
    }
    if (finding.status == CallStatus::no_call) {
      gene.no_calls += counts[k];
      continue;
    }
    if (finding.status != CallStatus::called) gene.ambiguous += counts[k];
    results[result_of(finding)] += counts[k];
  }
  const bool has_positions =
      std::ranges::any_of(findings, [](const GeneFinding* finding) { return finding->sites_total > 0; });
  if (has_positions && gene.samples > 0) gene.positions_covered = covered / static_cast<double>(gene.samples);
  gene.results.assign(results.begin(), results.end());
  std::ranges::stable_sort(gene.results, std::greater<>{}, &std::pair<std::string, std::size_t>::second);
  return gene;
}

}  // namespace stardose::pharmaco
