// Counting.
#include "pharmaco/report/gene_tally.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

namespace stardose::pharmaco {

namespace {

/// What a finding came to: its phenotypes; of a gene without phenotypes its diplotypes.
std::string result_of(const GeneFinding& finding) {
  const auto& names = finding.phenotypes.empty() ? finding.diplotypes : finding.phenotypes;
  const bool is_sure = finding.status == CallStatus::called;
  return names.empty() ? "no phenotype" : fmt::format("{}", fmt::join(names, is_sure ? "; " : " or "));
}

}  // namespace

void GeneTally::add(const GeneFinding& finding, std::size_t count) {
  gene = finding.gene;
  has_guidance = finding.has_guidance;
  if (count == 0) return;
  samples += count;
  if (finding.sites_total > 0) positions[{finding.sites_missing, finding.sites_total}] += count;
  if (finding.status == CallStatus::no_call) {
    no_calls += count;
    return;
  }
  if (finding.status != CallStatus::called) ambiguous += count;
  results[result_of(finding)] += count;
}

void GeneTally::add(const GeneTally& other) {
  gene = other.gene;
  has_guidance = other.has_guidance;
  samples += other.samples;
  no_calls += other.no_calls;
  ambiguous += other.ambiguous;
  for (const auto& [result, count] : other.results) results[result] += count;
  for (const auto& [missing_of, count] : other.positions) positions[missing_of] += count;
}

CohortGene GeneTally::total() const {
  CohortGene sum{gene, has_guidance, samples, no_calls, ambiguous, {results.begin(), results.end()}, {}};
  std::ranges::stable_sort(sum.results, std::greater<>{}, &std::pair<std::string, std::size_t>::second);
  if (positions.empty() || samples == 0) return sum;
  double covered = 0;
  for (const auto& [missing_of, count] : positions) {
    covered += (1 - static_cast<double>(missing_of.first) / missing_of.second) * static_cast<double>(count);
  }
  sum.positions_covered = covered / static_cast<double>(samples);
  return sum;
}

}  // namespace stardose::pharmaco
