// Methods, limits, guidelines and attributions.
#include "pharmaco/report/html_methods.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace stardose::pharmaco {

namespace {

constexpr std::array<std::string_view, 5> limits = {
    "Only the positions and genes listed here were looked at; a variant elsewhere is not seen.",
    "A result names the alleles that the catalogue defines. Rare and new variants may be missed.",
    "Structural variants (deletions, duplications, hybrids) are seen only where the input shows them.",
    "Drug response also depends on age, weight, organ function, other drugs and diagnosis.",
    "Advice is given by guideline as published on the date shown; newer guidance may exist.",
};

constexpr std::array<std::string_view, 3> methods = {
    "Genotypes at the defining positions of each gene were matched with the named alleles of the catalogue. The "
    "diplotypes that explain them best are reported; equally good ones are all reported.",
    "Phenotypes and activity scores follow the CPIC terms and tables in the catalogue. Advice of CPIC and of DPWG is "
    "shown side by side and not merged; DPWG does not grade its advice.",
    "ACTION: prescribing must change. CAUTION: weaker advice, monitoring, or a change under stated conditions. "
    "UNKNOWN: "
    "the result or the guideline does not decide. NO CHANGE: a determined result that needs no change. A drug is "
    "listed "
    "under the most demanding advice on it.",
};

std::string thresholds_text(const genomics::GenotypeThresholds& thresholds) {
  return fmt::format(
      "A genotype was used if, where the input gives them, FILTER and FT were {}, DP was at least {} ({} on a single "
      "copy), GQ at least {}, and the smaller share of the reads (AD) of two different alleles at least {}. A genotype "
      "that falls short counts neither as reference nor as a variant; a gene in which such a one shows a variant is "
      "not "
      "called.",
      fmt::join(thresholds.filters, " or "), thresholds.min_depth, (thresholds.min_depth + 1) / 2,
      thresholds.min_genotype_quality, thresholds.min_allele_balance);
}

std::string thresholds_text(const CoverageReport& reads, const genomics::GenotypeThresholds& thresholds) {
  return fmt::format(
      "Genotypes were made from reads with a mapping quality of at least {} (any, where copies and hybrids decide) and "
      "bases of at least {}; duplicates were left out. A position is callable with at least {} usable reads ({} on a "
      "single copy). A genotype was used from a quality of {} on, and of two different alleles the one with fewer "
      "reads "
      "had at least {} of them; one that falls short counts neither as reference nor as a variant. A gene of which "
      "less "
      "than {:.4g} % of the positions are callable is not called.",
      reads.min_mapping_quality, reads.min_base_quality, reads.min_depth, (reads.min_depth + 1) / 2,
      thresholds.min_genotype_quality, thresholds.min_allele_balance, reads.min_callable * 100);
}

void write_guidelines(HtmlWriter& html, const SampleReport& report) {
  std::map<std::string_view, const Advice*> guidelines;
  for (const Advice& advice : report.advice) guidelines.try_emplace(advice.guideline, &advice);
  if (guidelines.empty()) return;
  html.element("h3", "Guidelines");
  const auto list = html.open("ul", {{"class", "sources"}});
  for (const auto& [name, advice] : guidelines) {
    std::string line = fmt::format("{} ({})", name, advice->version);
    if (!advice->pmids.empty()) line += fmt::format(", PMID {}", fmt::join(advice->pmids, ", "));
    html.element("li", line);
  }
}

}  // namespace

void write_methods(HtmlWriter& html, const SampleReport& report) {
  const auto section = html.open("section", {{"id", "methods"}, {"aria-labelledby", "methods-title"}});
  html.element("h2", {{"id", "methods-title"}}, "Methods, limits and sources");
  {
    const auto details = html.open("details", {{"class", "printed"}});
    html.element("summary", "Methods and limits");
    html.element("h3", "Limits");
    {
      const auto list = html.open("ul");
      for (const std::string_view limit : limits) html.element("li", limit);
    }
    html.element("h3", "Methods");
    for (const std::string_view method : methods) html.element("p", method);
    html.element("p", report.coverage ? thresholds_text(*report.coverage, report.thresholds)
                                      : thresholds_text(report.thresholds));
  }
  {
    const auto details = html.open("details");
    html.element("summary", "Guidelines and sources");
    write_guidelines(html, report);
    html.element("h3", "Sources of the catalogue");
    for (const std::string& attribution : report.attributions) html.element("p", attribution);
  }
  html.element("p", {{"class", "note screen"}},
               "In print, a folded part appears only if it is open; methods and limits always do.");
}

}  // namespace stardose::pharmaco
