// Wording of findings.
#include "pharmaco/report/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/evidence.h"

namespace stardose::pharmaco {

namespace {

void add_distinct(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(text);
}

std::string name_of(const genomics::Site& site) { return to_string(site) + (site.rsid.empty() ? "" : " " + site.rsid); }

std::string join(const std::vector<std::string>& items, const char* separator) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : separator) + item;
  return text;
}

std::string remark_on_undocumented(const Gene& gene, const GeneCall& call) {
  std::string places;
  for (const std::size_t site : call.undocumented) places += (places.empty() ? "" : ", ") + name_of(gene.sites[site]);
  const bool ignored = call.undocumented_as_reference;
  return "A variant that no named allele has is present at " + places + (ignored ? "; it was read as reference." : ".");
}

std::string remark_on_uncounted(const Gene& gene, const GeneCall& call) {
  std::string places;
  for (const std::size_t site : call.uncounted) places += (places.empty() ? "" : ", ") + name_of(gene.sites[site]);
  return "No named allele of the call has the variant at " + places + "; it was not counted.";
}

std::string remark_on_missing(const Gene& gene, const GeneCall& call) {
  constexpr std::size_t named = 5;
  const std::string counted = "Positions without a genotype: " + std::to_string(call.missing.size()) + " of " +
                              std::to_string(gene.sites.size());
  if (call.untested.empty()) return counted + "; the others rule out every other named allele.";
  std::vector<std::string> names;
  for (const std::size_t allele : call.untested) {
    if (names.size() < named) names.push_back(gene.alleles[allele].reported_name());
  }
  const std::size_t more = call.untested.size() - names.size();
  return counted + "; not ruled out: " + join(names, ", ") +
         (more == 0 ? "." : " and " + std::to_string(more) + " more named alleles.");
}

// `Positions filtered: 3 of 34 (FILTER 1, GQ 2).`
void describe_filtered(const Gene& gene, const GeneCall& call, GeneFinding& finding) {
  if (call.filtered.empty()) return;
  std::map<std::string, int> counts;
  for (const auto& [site, why] : call.filtered) {
    finding.filtered_sites.push_back(name_of(gene.sites[site]) + " (" + field_of(why) + ")");
    ++counts[field_of(why)];
  }
  std::vector<std::string> by_field;
  for (const auto& [field, count] : counts) by_field.push_back(field + " " + std::to_string(count));
  finding.sites_filtered = static_cast<int>(call.filtered.size());
  finding.remarks.push_back("Positions filtered: " + std::to_string(call.filtered.size()) + " of " +
                            std::to_string(gene.sites.size()) + " (" + join(by_field, ", ") + ").");
}

// One remark for each kind, as one deletion reaches many positions.
void describe_hidden(const Gene& gene, const GeneCall& call, GeneFinding& finding) {
  std::map<genomics::Missing, std::vector<std::size_t>> by_kind;
  for (const auto& [site, why] : call.hidden) by_kind[why].push_back(site);
  for (const auto& [why, sites] : by_kind) {
    const std::string more = sites.size() == 1 ? "" : " and " + std::to_string(sites.size() - 1) + " more positions";
    finding.remarks.push_back("At " + name_of(gene.sites[sites.front()]) + more + ": " + missing_in_words(why) + ".");
  }
}

// A position without a place is missing for another reason than the input.
void describe_unplaced(const Gene& gene, const GeneCall& call, GeneFinding& finding) {
  std::vector<std::string> names;
  for (const std::size_t site : call.missing) {
    if (!gene.sites[site].placed) names.push_back(name_of(gene.sites[site]));
  }
  if (!names.empty()) finding.remarks.push_back("Not placed on GRCh37 with certainty: " + join(names, ", ") + ".");
}

void describe_evidence(const Gene& gene, const GeneCall& call, GeneFinding& finding) {
  finding.phasing = to_text(call.phasing);
  finding.sites_total = static_cast<int>(gene.sites.size());
  finding.sites_missing = static_cast<int>(call.missing.size());
  finding.sites_assumed = static_cast<int>(call.assumed);
  finding.sites_in_blocks = static_cast<int>(call.in_blocks);
  finding.sites_seen = finding.sites_total - finding.sites_missing - finding.sites_assumed - finding.sites_in_blocks;
  finding.sites_undocumented = static_cast<int>(call.undocumented.size());
  for (const std::size_t site : call.missing) finding.missing_sites.push_back(name_of(gene.sites[site]));
  for (const std::size_t allele : call.untested) finding.untested_alleles.push_back(gene.alleles[allele].name);
  describe_filtered(gene, call, finding);
  describe_hidden(gene, call, finding);
  describe_unplaced(gene, call, finding);
  if (!call.undocumented.empty()) finding.remarks.push_back(remark_on_undocumented(gene, call));
  if (!call.uncounted.empty()) finding.remarks.push_back(remark_on_uncounted(gene, call));
  const bool has_call = call.status != CallStatus::no_call;
  if (has_call && !call.missing.empty()) {
    finding.remarks.push_back(remark_on_missing(gene, call));
  }
  if (has_call && gene.structure_decides) {
    finding.remarks.emplace_back("Called from small variants alone: deletions, copies and hybrids are not seen.");
  }
}

void describe_matches(const Gene& gene, const GeneCall& call, GeneFinding& finding) {
  for (const Diplotype& diplotype : call.matches) {
    const GeneReading reading = read_diplotype(gene, diplotype);
    const bool is_called = std::ranges::find(call.diplotypes, diplotype) != call.diplotypes.end();
    finding.matches.push_back({reading.diplotype, diplotype.score, is_called, reading.phenotype,
                               reading.score ? to_string(*reading.score) : std::string{}});
  }
}

void describe_combination(const Gene& gene, const GeneCall& call, GeneFinding& finding) {
  finding.reason = "no pair of named alleles explains the variants seen; alleles and variants together do";
  const bool is_half = std::ranges::any_of(call.diplotypes, [](const Diplotype& diplotype) {
    const auto is_missing = [](SiteAllele variant) { return variant.allele == genomics::allele_code::missing; };
    return std::ranges::any_of(diplotype.first.variants, is_missing) ||
           std::ranges::any_of(diplotype.second.variants, is_missing);
  });
  if (is_half) finding.remarks.emplace_back("A name ending with ? is a position of which one allele was not read.");
  if (gene.phenotype.method != PhenotypeMethod::none) {
    finding.remarks.emplace_back("A combination is no allele of the catalogue; what it does is not known.");
  }
}

// The share is rounded down: what falls short must not look as if it did not.
std::string shortfall(const ReadsBehind& reads) {
  return fmt::format("reads cover {} of {} positions well enough ({} %; {:.4g} % are asked)", reads.callable,
                     reads.positions, reads.callable * 100 / std::max<std::size_t>(reads.positions, 1),
                     reads.least_share * 100);
}

// `rs4149056 C/rs4149056 T`: what the one site shows, when it alone speaks.
void describe_inference(const Gene& gene, const GeneCall& call, GeneFinding& finding) {
  const InferredFrom& source = *gene.inferred_from;
  std::vector<std::string> bases;
  for (const std::size_t allele : call.inferred) {
    const auto code = std::ranges::find(source.allele_of_code, allele) - source.allele_of_code.begin();
    const genomics::Site& site = gene.sites[source.site];
    bases.push_back(code == 0 ? site.ref : site.alts[static_cast<std::size_t>(code) - 1]);
  }
  std::ranges::sort(bases);
  finding.basis = source.rsid + " alone";
  finding.remarks.push_back("No diplotype; the phenotype rests on " + source.rsid + " alone (" + join(bases, "/") +
                            ").");
}

}  // namespace

void describe_readings(const GeneResult& result, GeneFinding& finding) {
  for (const GeneReading& reading : result.readings) {
    add_distinct(finding.phenotypes, reading.phenotype);
    for (const std::string& status : reading.statuses) add_distinct(finding.phenotypes, status);
    if (reading.score) add_distinct(finding.activity_scores, to_string(*reading.score));
  }
}

std::string missing_in_words(genomics::Missing why) {
  switch (why) {
    case genomics::Missing::ploidy: return "more than two alleles";
    case genomics::Missing::structural: return "a large deletion, duplication or other structural variant";
    case genomics::Missing::not_left_aligned:
      return "an indel that is not left-aligned and may be this position's; --reference would settle it";
    case genomics::Missing::needs_phase: return "neighbouring variants whose phase decides";
    case genomics::Missing::conflict: return "records that contradict each other";
    case genomics::Missing::failed_filter: return "a variant that FILTER or FT rejects";
    case genomics::Missing::low_depth: return "a variant on too few reads (DP)";
    case genomics::Missing::low_quality: return "a variant of too low a genotype quality (GQ)";
    case genomics::Missing::low_balance: return "a variant with too few reads for one of its two alleles (AD)";
    case genomics::Missing::not_covered: return "in no record";
    case genomics::Missing::symbolic: return "inside another record's deletion, or not read";
    default: return "no genotype";
  }
}

std::string field_of(genomics::Missing why) {
  switch (why) {
    case genomics::Missing::low_depth: return "DP";
    case genomics::Missing::low_quality: return "GQ";
    case genomics::Missing::low_balance: return "AD";
    default: return "FILTER";
  }
}

GeneFinding describe_call(const Gene& gene, const GeneCall& call, const GeneResult& result) {
  GeneFinding finding;
  finding.gene = gene.symbol;
  finding.has_guidance = gene.has_guidance;
  finding.status = call.status;
  finding.from_reads = call.reads.has_value();
  for (const Diplotype& diplotype : call.diplotypes) finding.diplotypes.push_back(to_text(gene, diplotype));
  for (const std::size_t allele : call.lone_alleles) finding.diplotypes.push_back(gene.alleles[allele].reported_name());
  describe_readings(result, finding);
  finding.reason = to_text(call.reason);
  if (call.status == CallStatus::ambiguous) finding.reason = "several diplotypes explain the variants equally well";
  if (call.status == CallStatus::combination) describe_combination(gene, call, finding);
  if (gene.calling == CallingMethod::lowest_function && call.diplotypes.size() > 1) {
    finding.remarks.emplace_back("Of these diplotypes the one that works least decides the phenotype.");
  }
  if (call.reason == NoCallReason::low_coverage) finding.reason = shortfall(*call.reads);
  if (call.status != CallStatus::no_call) finding.basis = call.reads ? "reads" : "variants";
  describe_matches(gene, call, finding);
  if (gene.calling != CallingMethod::outside_only) describe_evidence(gene, call, finding);
  if (!call.inferred.empty()) describe_inference(gene, call, finding);
  for (const GeneReading& reading : read_possible(gene, call, result)) {
    finding.could_also_be.push_back(in_words(reading));
  }
  if (!call.ranking.set_aside.empty()) finding.basis += " and frequencies in " + call.ranking.population;
  finding.posteriors = call.ranking.posteriors;
  finding.posteriors.resize(std::min(finding.posteriors.size(), finding.diplotypes.size()));
  if (std::string ranking = on_ranking(gene, call); !ranking.empty()) finding.remarks.push_back(std::move(ranking));
  finding.open = open_cause(call, result, !finding.could_also_be.empty());
  return finding;
}

}  // namespace stardose::pharmaco
