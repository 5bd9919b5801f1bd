// The argument, section by section.
#include "pharmaco/explain/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "genomics/input_error.h"
#include "pharmaco/calling/lowest_function.h"
#include "pharmaco/explain/page.h"
#include "pharmaco/explain/positions.h"
#include "pharmaco/explain/structure.h"
#include "pharmaco/explain/what_if.h"
#include "pharmaco/guidance/sentence.h"
#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/describe.h"
#include "pharmaco/report/describe_structure.h"
#include "pharmaco/report/evidence.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t alleles_shown = 12;
constexpr std::size_t misfits_shown = 6;
constexpr std::size_t telling = 10;  // alleles that may share a variant which still tells something of each
constexpr std::size_t pairs_shown = 6;

std::string result_text(const GeneResult& result) {
  std::vector<std::string> parts;
  for (const GeneReading& reading : result.readings) {
    std::string text = reading.diplotype;
    if (!reading.phenotype.empty()) text += (text.empty() ? "" : ", ") + in_words(reading);
    for (const std::string& status : reading.statuses) text += (text.empty() ? "" : ", ") + status;
    parts.push_back(std::move(text));
  }
  return fmt::format("{}", fmt::join(parts, "; or "));
}

bool is_by_structure(const CallToExplain& what) {
  return what.structure != nullptr && decides(what.gene, *what.structure);
}

GeneFinding finding_of(const CallToExplain& what) {
  if (is_by_structure(what)) {
    return describe_structure(what.gene, *what.structure, what.call.reads.value_or(ReadsBehind{})).finding;
  }
  GeneFinding finding = describe_call(what.gene, what.call, what.result);
  if (what.structure != nullptr) note_copies(*what.structure, finding);
  return finding;
}

void write_head(const CallToExplain& what, const GeneFinding& finding, Page& page) {
  const GeneResult& result = what.outside != nullptr ? *what.outside : what.result;
  const std::string outcome = result.readings.empty() ? "no call" : result_text(result);
  page.paragraph(fmt::format("{} in {}: {}", what.gene.symbol, genomics::printable(what.sample), outcome), 0);
  if (what.outside != nullptr) {
    const char* ours = what.coverage != nullptr ? "reads" : "variants";
    page.paragraph(fmt::format("An outside call, which goes before what the {} say.", ours));
  }
  if (what.outside == nullptr && !finding.reason.empty()) page.paragraph(as_sentence(finding.reason));
  for (const std::string& remark : finding.remarks) page.paragraph(remark);
  if (what.gene.structure_decides && what.structure == nullptr) {
    page.paragraph("Copies and hybrids decide this gene, and small variants do not show them.");
  }
}

/// Returns whether a strand's base is among these; `unknown` where there is none to compare.
bool shows_any(genomics::SiteGenotype genotype, std::uint64_t allowed, bool unknown) {
  if (genotype.is_missing() || genotype.is_partial()) return unknown;
  const auto is_in = [&](std::uint8_t code) { return ((allowed >> code) & 1U) != 0; };
  return is_in(genotype.first()) || (!genotype.is_haploid() && is_in(genotype.second()));
}

/// How many alleles ask for a variant at each site. What most of them ask tells none from another.
std::vector<std::size_t> times_asked(const Gene& gene) {
  std::vector<std::size_t> times(gene.sites.size(), 0);
  for (const NamedAllele& allele : gene.alleles) {
    for (const DefinedSite& at : allele.definition) times[at.site] += (at.allowed & 1U) == 0 ? 1 : 0;
  }
  return times;
}

/// Alleles that have a telling variant in common with the sample and yet fit no strand, with a site against each.
std::vector<std::pair<std::size_t, std::size_t>> misfits(const CallToExplain& what,
                                                         const std::vector<AlleleFit>& fits) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  const std::vector<std::size_t> times = times_asked(what.gene);
  for (std::size_t a = 0; a < what.gene.alleles.size(); ++a) {
    const NamedAllele& allele = what.gene.alleles[a];
    if (allele.is_reference || std::ranges::find(fits, a, &AlleleFit::allele) != fits.end()) continue;
    const bool shares = std::ranges::any_of(allele.definition, [&](const DefinedSite& at) {
      return (at.allowed & 1U) == 0 && times[at.site] <= telling &&
             shows_any(what.genotypes[at.site], at.allowed, false);
    });
    std::size_t site = 0;
    while (site < times.size() && shows_any(what.genotypes[site], what.caller.matcher().allowed(a, site), true)) ++site;
    if (shares && site < times.size()) found.emplace_back(a, site);
  }
  return found;
}

void write_alleles(const CallToExplain& what, const GeneSites& sites, Page& page) {
  page.heading("WHICH ALLELES FIT");
  const std::vector<AlleleFit> fits = what.caller.matcher().fitting(sites);
  if (fits.empty()) page.paragraph("None: every named allele is contradicted by a position seen.");
  for (std::size_t i = 0; i < std::min(fits.size(), alleles_shown); ++i) {
    const NamedAllele& allele = what.gene.alleles[fits[i].allele];
    const std::string function = allele.function.empty() ? "function not given" : allele.function;
    page.item("  - ",
              fmt::format("{} ({}): defines {} of the positions, {} {}, and a strand agrees with them{}.", allele.name,
                          function, allele.definition.size(), fits[i].score,
                          what.assume_reference ? "seen or assumed" : "seen",
                          fits[i].either_strand && !sites.hets.empty() ? ", either strand" : ""),
              4);
  }
  if (fits.size() > alleles_shown) page.paragraph(fmt::format("and {} more.", fits.size() - alleles_shown));
  const auto against = misfits(what, fits);
  for (std::size_t i = 0; i < std::min(against.size(), misfits_shown); ++i) {
    const genomics::Site& site = what.gene.sites[against[i].second];
    page.item("  - ",
              fmt::format("not {}, though it shares a variant: {} is {}.", what.gene.alleles[against[i].first].name,
                          to_string(site), shown(site, what.genotypes[against[i].second])),
              4);
  }
  if (against.size() > misfits_shown) {
    page.paragraph(fmt::format("Nor {} more that share one.", against.size() - misfits_shown));
  }
}

std::string phase_argument(const CallToExplain& what, const GeneSites& sites) {
  const std::size_t hets = sites.hets.size();
  switch (what.call.phasing) {
    case Phasing::none: return "Not considered: there is nothing to match.";
    case Phasing::homozygous:
      return "No position is heterozygous, so both strands are alike and phase does not matter.";
    case Phasing::single_het: return "One position is heterozygous, so phase does not matter.";
    case Phasing::one_copy: return "One copy, so there is one strand.";
    case Phasing::phased:
      return fmt::format("The genotypes of {} heterozygous positions are phased: the file says which share a strand.",
                         hets);
    case Phasing::phase_sets:
      return fmt::format("{} heterozygous positions are in one phase set: the file says which share a strand.", hets);
    case Phasing::partly_phased:
      return fmt::format(
          "{} heterozygous positions in {} groups: phased within a group, every layout of the groups "
          "against each other is considered.",
          hets, sites.groups);
    case Phasing::unphased:
      return fmt::format(
          "{} heterozygous positions without phase to each other: every way to lay them on two strands "
          "is considered.",
          hets);
  }
  return "";
}

void write_pairs(const CallToExplain& what, Page& page) {
  const GeneCall& call = what.call;
  page.heading("WHY THIS RESULT");
  const bool allele_by_allele = what.gene.calling == CallingMethod::lowest_function;
  if (allele_by_allele) {
    page.paragraph("Every allele of this gene counts on its own, and the one on each strand that works least decides.");
  }
  if (!call.lone_alleles.empty()) {
    page.paragraph("Alleles found, strands not known: " + allele_names(what.gene, call.lone_alleles, alleles_shown) +
                   ".");
  }
  if (call.status == CallStatus::no_call) {
    page.paragraph(fmt::format("No call: {}.", to_text(call.reason)));
  }
  for (std::size_t i = 0; i < std::min(call.diplotypes.size(), pairs_shown); ++i) {
    const Diplotype& pair = call.diplotypes[i];
    const bool has_score = pair.score > 0;
    page.item(
        "  - ",
        fmt::format("{} explains what was seen{}{}.", to_text(what.gene, pair),
                    has_score ? fmt::format("; score {} (positions seen that its definitions ask)", pair.score) : "",
                    i < call.ranking.posteriors.size() ? "; " + percent(call.ranking.posteriors[i]) : ""),
        4);
  }
  if (call.diplotypes.size() > pairs_shown) {
    page.paragraph(fmt::format("and {} more, as good.", call.diplotypes.size() - pairs_shown));
  }
  if (call.next_best.why != NextBest::Why::none) {
    const bool is_nearest = call.next_best.why == NextBest::Why::contradicted;
    page.paragraph(fmt::format("{}: {}, {}.", is_nearest ? "Nearest" : "Next best",
                               to_text(what.gene, call.next_best.pair), why_not(what.gene, call)));
  } else if (call.status != CallStatus::no_call && !allele_by_allele) {
    page.paragraph("No further pair of named alleles explains what was seen.");
  }
}

std::string worth(const Gene& gene, std::size_t number) {
  const NamedAllele& allele = gene.alleles[number];
  const std::string function = allele.function.empty() ? "function not given" : allele.function;
  if (gene.phenotype.method != PhenotypeMethod::activity_score)
    return fmt::format("{} {}", allele.reported_name(), function);
  return fmt::format("{} {} ({})", allele.reported_name(), allele.activity ? to_string(*allele.activity) : "no value",
                     function);
}

std::string derivation(const Gene& gene, const std::vector<std::size_t>& alleles, const GeneReading& reading) {
  const bool by_score = gene.phenotype.method == PhenotypeMethod::activity_score;
  std::vector<std::string> terms;
  for (const std::size_t allele : alleles) terms.push_back(worth(gene, allele));
  std::string text = fmt::format("{}", fmt::join(terms, " + "));
  if (by_score && reading.score) text += " = activity score " + to_string(*reading.score);
  return text + (by_score ? ": " : " -> ") + reading.phenotype + ".";
}

void write_phenotype(const CallToExplain& what, Page& page) {
  if (what.result.readings.empty()) return;
  page.heading("FROM DIPLOTYPE TO PHENOTYPE");
  if (what.gene.phenotype.method == PhenotypeMethod::none) {
    page.paragraph("The catalogue gives this gene no phenotypes; guidelines ask for the diplotype.");
    return;
  }
  const bool by_score = what.gene.phenotype.method == PhenotypeMethod::activity_score;
  page.paragraph(by_score ? "Rule: activity values of the alleles are added, and bands of the sum have names (CPIC)."
                          : "Rule: the two alleles' functions together have a name (CPIC).");
  for (std::size_t i = 0; i < std::min(what.call.diplotypes.size(), pairs_shown); ++i) {
    const Diplotype& pair = what.call.diplotypes[i];
    const std::size_t first = worst_allele(what.gene, pair.first.alleles);
    std::vector<std::size_t> alleles = {first};
    if (pair.has_second()) alleles.push_back(worst_allele(what.gene, pair.second.alleles));
    page.item("  - ", derivation(what.gene, alleles, what.result.readings[i]), 4);
  }
  if (!what.call.lone_alleles.empty()) {
    const auto [first, second] = worst_two(what.gene, what.call.lone_alleles);
    page.item("  - ", derivation(what.gene, {first, second}, what.result.readings.front()), 4);
  }
  if (!what.call.inferred.empty()) {
    page.item("  - ", derivation(what.gene, what.call.inferred, what.result.readings.back()), 4);
  }
}

}  // namespace

std::string explain(const CallToExplain& what) {
  Page page;
  const GeneFinding finding = finding_of(what);
  write_head(what, finding, page);
  if (is_by_structure(what)) {
    write_structure(what, *finding.structure, page);
  } else if (what.gene.calling != CallingMethod::outside_only) {
    const GeneSites sites = what.caller.sites(what.genotypes, what.phase_sets);
    write_positions(what, page);
    write_alleles(what, sites, page);
    page.heading("PHASE");
    page.paragraph(phase_argument(what, sites));
    write_pairs(what, page);
    write_what_if(what, page);
    write_phenotype(what, page);
  }
  write_advice(what, page);
  return page.text();
}

}  // namespace stardose::pharmaco
