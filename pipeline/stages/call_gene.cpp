// Patterns to calls, phenotypes and words.
#include "pipeline/stages/call_gene.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/describe.h"
#include "pharmaco/report/describe_outside.h"
#include "pharmaco/report/describe_structure.h"
#include "pharmaco/report/evidence.h"
#include "pharmaco/report/proxy_finding.h"
#include "pharmaco/report/table.h"
#include "pipeline/stages/outcome_set.h"

namespace stardose::pipeline {

using pharmaco::Gene;

CallGene::CallGene(const GenePanel& panel, const pharmaco::CallingOptions& options, const genomics::Cohort& cohort,
                   const AlignmentResults& alignments, const pharmaco::OutsideCalls& outside, bool with_evidence)
    : panel_{panel},
      cohort_{cohort},
      alignments_{alignments},
      outside_{outside},
      with_evidence_{with_evidence},
      min_callable_{options.min_callable},
      ranking_{options.ranking} {
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
  const pharmaco::GenePatterns patterns =
      pharmaco::find_patterns(cohort_.genotypes, entry.first_site, entry.site_count);
  OutcomeSet set{patterns.of_sample.size()};
  std::vector<std::uint32_t> of_pattern(patterns.distinct.size(), OutcomeSet::none);
  // By pattern, callable positions, and what was said of copies.
  std::map<std::tuple<std::uint32_t, std::size_t, pharmaco::NoStructureReason>, std::uint32_t> of_reads;
  for (std::size_t sample = 0; sample < patterns.of_sample.size(); ++sample) {
    const std::uint32_t pattern = patterns.of_sample[sample];
    const AlignmentSample* reads = alignments_.of(sample);
    if (reads == nullptr) {
      std::uint32_t& number = of_pattern[pattern];
      if (number == OutcomeSet::none) number = set.add(outcome_of(item.begin, patterns.distinct[pattern], {}, nullptr));
      set.give_next(number);
      continue;
    }
    const pharmaco::ReadsBehind behind = reads_behind(entry, *reads);
    const pharmaco::StructureCall* structure = alignments_.structure_of(item.begin, sample);
    if (structure != nullptr && decides(*entry.gene, *structure)) {
      set.give_next(set.add(structure_outcome(*entry.gene, *structure, behind)));
      continue;
    }
    const auto copies = structure == nullptr ? pharmaco::NoStructureReason::none : structure->reason;
    std::uint32_t& number =
        of_reads.try_emplace(std::tuple{pattern, behind.callable, copies}, OutcomeSet::none).first->second;
    if (number == OutcomeSet::none) {
      number = set.add(outcome_of(item.begin, patterns.distinct[pattern], behind, structure));
    }
    set.give_next(number);
  }
  GeneOutcomes outcomes = set.take();
  replace_by_outside(*entry.gene, outcomes);
  return outcomes;
}

pharmaco::ReadsBehind CallGene::reads_behind(const PanelGene& entry, const AlignmentSample& reads) const {
  pharmaco::ReadsBehind behind{.least_share = min_callable_};
  for (std::size_t site = entry.first_site; site < entry.first_site + entry.gene->sites.size(); ++site) {
    behind.positions += reads.coverage[site].is_placed ? 1 : 0;
    behind.callable += reads.coverage[site].is_callable ? 1 : 0;
  }
  return behind;
}

GeneOutcome CallGene::outcome_of(std::size_t number, const pharmaco::GenePattern& pattern,
                                 const std::optional<pharmaco::ReadsBehind>& reads,
                                 const pharmaco::StructureCall* copies) const {
  const Gene& gene = *panel_.genes[number].gene;
  pharmaco::GeneCall call = callers_[number].call(pattern.genotypes, pattern.phase_sets);
  if (reads) hold_to_reads(*reads, call);
  rank_by_frequency(gene, ranking_, call);
  GeneOutcome outcome{read_phenotype(gene, call), {}, {}, {}};
  outcome.finding = describe_call(gene, call, outcome.result);
  if (copies != nullptr) {
    note_copies(*copies, outcome.finding);
    outcome.copies = counted_copies(*copies);
  }
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

GeneOutcome CallGene::structure_outcome(const Gene& gene, const pharmaco::StructureCall& call,
                                        const pharmaco::ReadsBehind& reads) {
  pharmaco::StructureOutcome structure = describe_structure(gene, call, reads);
  GeneOutcome outcome{std::move(structure.result), std::move(structure.finding), {}, {}};
  outcome.copies = counted_copies(outcome.finding);
  outcome.row = calls_row(outcome.finding);
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
      outcome.result.caveat = contradiction_by_reads(outcomes.distinct[own].finding, outcome.finding);
      outcome.row = calls_row(outcome.finding);
      outcomes.distinct.push_back(std::move(outcome));
    }
    outcomes.of_sample[of_sample.sample] = at->second;
    const std::string& contradiction = outcomes.distinct[at->second].result.caveat;
    if (!contradiction.empty()) {
      // What each says is in the results.
      outcomes.warnings.push_back({of_sample.sample, "sample " + cohort_.samples[of_sample.sample] + ": " +
                                                         gene.symbol +
                                                         ": the outside call is not what the reads say; the outside "
                                                         "call goes first."});
    }
  }
}

}  // namespace stardose::pipeline
