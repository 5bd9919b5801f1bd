// Patterns to calls, phenotypes and words.
#include "pipeline/stages/call_gene.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/describe.h"
#include "pharmaco/report/describe_outside.h"
#include "pharmaco/report/evidence.h"
#include "pharmaco/report/proxy_finding.h"
#include "pharmaco/report/table.h"

namespace stardose::pipeline {

using pharmaco::Gene;

CallGene::CallGene(const GenePanel& panel, const pharmaco::CallingOptions& options, const genomics::Cohort& cohort,
                   const pharmaco::OutsideCalls& outside, bool with_evidence)
    : panel_{panel}, cohort_{cohort}, outside_{outside}, with_evidence_{with_evidence}, ranking_{options.ranking} {
  for (const PanelGene& entry : panel.genes) {
    const bool asked =
        std::ranges::find(options.from_small_variants, entry.gene->symbol) != options.from_small_variants.end();
    const bool covered = entry.site_count > 0 && cohort.covered[entry.first_site];
    callers_.emplace_back(*entry.gene, pharmaco::CallerOptions{.assume_reference = options.assume_reference && covered,
                                                               .from_small_variants = asked,
                                                               .find_combinations = options.find_combinations,
                                                               .all_matches = options.all_matches});
  }
}

GeneOutcomes CallGene::operator()(Batch item) const {
  const PanelGene& entry = panel_.genes[item.begin];
  const Gene& gene = *entry.gene;
  const pharmaco::GenePatterns patterns =
      pharmaco::find_patterns(cohort_.genotypes, entry.first_site, entry.site_count);
  GeneOutcomes outcomes;
  std::vector<std::uint32_t> outcome_of_pattern;
  std::unordered_multimap<std::string, std::uint32_t> by_row;
  for (const pharmaco::GenePattern& pattern : patterns.distinct) {
    GeneOutcome outcome = outcome_of(item.begin, pattern);
    const auto [begin, end] = by_row.equal_range(outcome.row);
    const auto same = std::find_if(
        begin, end, [&](const auto& known) { return outcomes.distinct[known.second].finding == outcome.finding; });
    if (same != end) {
      outcome_of_pattern.push_back(same->second);
      continue;
    }
    outcome_of_pattern.push_back(static_cast<std::uint32_t>(outcomes.distinct.size()));
    by_row.emplace(outcome.row, outcome_of_pattern.back());
    outcomes.distinct.push_back(std::move(outcome));
  }
  outcomes.of_sample.reserve(patterns.of_sample.size());
  for (const std::uint32_t pattern : patterns.of_sample) outcomes.of_sample.push_back(outcome_of_pattern[pattern]);
  replace_by_outside(gene, outcomes);
  return outcomes;
}

GeneOutcome CallGene::outcome_of(std::size_t number, const pharmaco::GenePattern& pattern) const {
  const Gene& gene = *panel_.genes[number].gene;
  pharmaco::GeneCall call = callers_[number].call(pattern.genotypes, pattern.phase_sets);
  rank_by_frequency(gene, ranking_, call);
  GeneOutcome outcome{read_phenotype(gene, call), {}, {}, {}};
  outcome.finding = describe_call(gene, call, outcome.result);
  if (!gene.proxies.empty()) add_proxies(pharmaco::read_proxies(gene, pattern.genotypes), outcome.finding);
  outcome.result.caveat = caveat_of(gene, call, outcome.finding);
  if (with_evidence_) {
    if (has_nearest(call)) call.next_best = callers_[number].nearest(pattern.genotypes, pattern.phase_sets);
    describe_runner_up(gene, call, outcome.finding);
  }
  outcome.row = calls_row(outcome.finding);
  outcome.match_rows = match_rows(outcome.finding);
  return outcome;
}

void CallGene::replace_by_outside(const Gene& gene, GeneOutcomes& outcomes) const {
  const auto brought = outside_.by_gene.find(gene.symbol);
  if (brought == outside_.by_gene.end()) return;
  std::map<std::pair<std::vector<pharmaco::OutsideCall>, std::uint32_t>, std::uint32_t> known;
  for (const pharmaco::SampleOutsideCalls& of_sample : brought->second) {
    const std::uint32_t own = outcomes.of_sample[of_sample.sample];
    const auto [at, is_new] = known.emplace(std::pair{of_sample.calls, own}, outcomes.distinct.size());
    if (is_new) {
      const pharmaco::OutsideResult outside = read_outside_calls(gene, of_sample.calls);
      GeneOutcome outcome{outside.result, {}, {}, {}};
      outcome.finding = describe_outside_call(gene, outside, outcomes.distinct[own].finding);
      outcome.row = calls_row(outcome.finding);
      outcomes.distinct.push_back(std::move(outcome));
    }
    outcomes.of_sample[of_sample.sample] = at->second;
  }
}

}  // namespace stardose::pipeline
