// Wording of evidence.
#include "pharmaco/report/evidence.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace stardose::pharmaco {

namespace {

constexpr std::size_t sites_named = 3;
constexpr std::size_t possibilities_named = 5;

std::string name_of(const genomics::Site& site) { return to_string(site) + (site.rsid.empty() ? "" : " " + site.rsid); }

std::string named_sites(const Gene& gene, const std::vector<std::size_t>& sites) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(sites.size(), sites_named); ++i) names.push_back(name_of(gene.sites[sites[i]]));
  const std::string text = fmt::format("{}", fmt::join(names, ", "));
  return sites.size() <= sites_named ? text : fmt::format("{} and {} more", text, sites.size() - sites_named);
}

std::vector<std::size_t> alleles_of(const Diplotype& pair) {
  std::vector<std::size_t> alleles = pair.first.alleles;
  alleles.insert(alleles.end(), pair.second.alleles.begin(), pair.second.alleles.end());
  return alleles;
}

/// Those of `alleles` that `others` has not, copy by copy.
std::vector<std::size_t> only_in(std::vector<std::size_t> alleles, const std::vector<std::size_t>& others) {
  for (const std::size_t other : others) {
    const auto same = std::ranges::find(alleles, other);
    if (same != alleles.end()) alleles.erase(same);
  }
  return alleles;
}

std::string names_of(const Gene& gene, const std::vector<std::size_t>& alleles) {
  std::vector<std::string> names;
  for (const std::size_t allele : alleles) {
    const std::string& name = gene.alleles[allele].reported_name();
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, " and "));
}

/// Seen sites that the first alleles ask more often than the second.
std::vector<std::size_t> asked_more(const Gene& gene, const GeneCall& call, const std::vector<std::size_t>& alleles,
                                    const std::vector<std::size_t>& others) {
  std::map<std::size_t, int> asked;
  for (const std::size_t allele : alleles) {
    for (const DefinedSite& at : gene.alleles[allele].definition) ++asked[at.site];
  }
  for (const std::size_t allele : others) {
    for (const DefinedSite& at : gene.alleles[allele].definition) --asked[at.site];
  }
  std::vector<std::size_t> sites;
  for (const auto& [site, times] : asked) {
    if (times > 0 && !std::ranges::binary_search(call.missing, site)) sites.push_back(site);
  }
  return sites;
}

std::string on_scores(const Gene& gene, const GeneCall& call) {
  const Diplotype& best = call.diplotypes.front();
  const Diplotype& next = call.next_best.pair;
  const auto won = only_in(alleles_of(best), alleles_of(next));
  const auto lost = only_in(alleles_of(next), alleles_of(best));
  const auto sites = asked_more(gene, call, won, lost);
  const std::string scores = fmt::format("scores {} against {}", next.score, best.score);
  if (sites.empty()) return scores + ": where its definition allows several bases, the strand has the reference";
  const bool one = lost.size() < 2 || names_of(gene, lost).find(" and ") == std::string::npos;
  return fmt::format("{}: {} {} not define {}, where {} agree{}", scores, names_of(gene, lost), one ? "does" : "do",
                     named_sites(gene, sites), names_of(gene, won),
                     names_of(gene, won).find(" and ") == std::string::npos ? "s" : "");
}

OpenCause cause_of(NoCallReason reason) {
  switch (reason) {
    case NoCallReason::none: return OpenCause::none;
    case NoCallReason::not_covered:
    case NoCallReason::not_placed:
    case NoCallReason::other_sequence:
    case NoCallReason::required_missing: return OpenCause::missing_positions;
    case NoCallReason::half_call: return OpenCause::half_genotype;
    case NoCallReason::filtered_variant:
    case NoCallReason::hidden_variant: return OpenCause::hidden_variant;
    case NoCallReason::phase_unknown: return OpenCause::phase;
    case NoCallReason::one_allele:
    case NoCallReason::mixed_ploidy: return OpenCause::number_of_copies;
    case NoCallReason::undocumented_variant: return OpenCause::unknown_variant;
    case NoCallReason::no_match: return OpenCause::unknown_combination;
    case NoCallReason::structure_decides:
    case NoCallReason::structure_not_known: return OpenCause::structure;
    case NoCallReason::low_coverage: return OpenCause::low_coverage;
    case NoCallReason::outside_only: return OpenCause::typing;
  }
  return OpenCause::none;
}

std::string first_few(const std::vector<std::string>& items) {
  const std::size_t shown = items.size() <= possibilities_named ? items.size() : possibilities_named - 1;
  const std::string text = fmt::format("{}", fmt::join(items.data(), items.data() + shown, ", "));
  return shown == items.size() ? text : fmt::format("{} and {} more", text, items.size() - shown);
}

std::string ranked(const Gene& gene, const std::vector<Diplotype>& pairs, const double* posterior) {
  std::vector<std::string> parts;
  for (const Diplotype& pair : pairs) parts.push_back(to_text(gene, pair) + " " + percent(*posterior++));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

OpenCause open_cause(const GeneCall& call, const GeneResult& result, bool could_change) {
  if (call.status == CallStatus::no_call) return cause_of(call.reason);
  if (call.status == CallStatus::ambiguous) {
    const bool strands_unknown = call.phasing == Phasing::unphased || call.phasing == Phasing::partly_phased;
    if (strands_unknown) return OpenCause::phase;
    return call.missing.empty() ? OpenCause::equal_definitions : OpenCause::missing_positions;
  }
  const auto is_indeterminate = [](const GeneReading& reading) {
    return reading.phenotype == PhenotypeRule::indeterminate;
  };
  if (std::ranges::any_of(result.readings, is_indeterminate)) return OpenCause::unknown_effect;
  return could_change ? OpenCause::missing_positions : OpenCause::none;
}

std::vector<std::size_t> deciding_sites(const Gene& gene, const GeneCall& call) {
  if (call.next_best.why == NextBest::Why::contradicted) return call.next_best.against;
  if (call.next_best.why != NextBest::Why::lower_score) return {};
  const auto best = alleles_of(call.diplotypes.front());
  const auto next = alleles_of(call.next_best.pair);
  return asked_more(gene, call, only_in(best, next), only_in(next, best));
}

std::string why_not(const Gene& gene, const GeneCall& call) {
  switch (call.next_best.why) {
    case NextBest::Why::none: return "";
    case NextBest::Why::lower_score: return on_scores(gene, call);
    case NextBest::Why::preference:
      return fmt::format("explains the variants as well; the catalogue prefers {} where phase is not known",
                         to_text(gene, call.diplotypes.front()));
    case NextBest::Why::contradicted: return "contradicted at " + named_sites(gene, call.next_best.against);
  }
  return "";
}

std::string in_words(const GeneReading& reading) {
  if (reading.phenotype.empty()) return reading.diplotype;
  if (!reading.score) return reading.phenotype;
  return fmt::format("{} (score {})", reading.phenotype, to_string(*reading.score));
}

std::string percent(double probability) {
  if (probability > 0.999) return ">99.9 %";
  if (probability < 0.001) return "<0.1 %";
  return fmt::format("{:.1f} %", probability * 100);
}

std::string on_ranking(const Gene& gene, const GeneCall& call) {
  const FrequencyRanking& ranking = call.ranking;
  if (ranking.population.empty()) return {};
  if (ranking.posteriors.empty()) return "Not ranked: the catalogue has no allele frequencies for it.";
  if (ranking.set_aside.empty()) {
    return fmt::format("By allele frequencies ({}): {}.", ranking.population,
                       ranked(gene, call.diplotypes, ranking.posteriors.data()));
  }
  return fmt::format("Called by allele frequencies ({}), {}; set aside: {}.", ranking.population,
                     percent(ranking.posteriors.front()), ranked(gene, ranking.set_aside, &ranking.posteriors[1]));
}

std::string caveat_of(const Gene& gene, const GeneCall& call, const GeneFinding& finding) {
  std::string caveat;
  if (!finding.could_also_be.empty()) {
    caveat = fmt::format("{} could also be {}: {} of {} positions missing.", gene.symbol,
                         first_few(finding.could_also_be), call.missing.size(), gene.sites.size());
  }
  if (!call.ranking.posteriors.empty()) {
    caveat += fmt::format("{}{}: {}", caveat.empty() ? "" : " ", gene.symbol, on_ranking(gene, call));
  }
  return caveat;
}

void describe_runner_up(const Gene& gene, const GeneCall& call, GeneFinding& finding) {
  if (call.next_best.why == NextBest::Why::none) return;
  finding.runner_up = to_text(gene, call.next_best.pair);
  finding.runner_up_why = why_not(gene, call);
}

}  // namespace stardose::pharmaco
