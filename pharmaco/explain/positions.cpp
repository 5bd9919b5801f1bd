// The table of positions.
#include "pharmaco/explain/positions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "pharmaco/report/describe.h"
#include "pharmaco/report/evidence.h"

namespace stardose::pharmaco {

namespace {

using genomics::SiteGenotype;
namespace allele_code = genomics::allele_code;

constexpr std::size_t longest_allele = 12;
constexpr std::size_t names_shown = 5;
constexpr std::size_t missing_shown = 20;

std::string base(const genomics::Site& site, std::uint8_t code) {
  if (code == allele_code::missing) return ".";
  if (code == 0 || code <= site.alts.size()) {
    const std::string& text = code == 0 ? site.ref : site.alts[code - 1];
    return text.size() <= longest_allele ? text : fmt::format("{}..({})", text.substr(0, 6), text.size());
  }
  return "?";
}

bool is_reference(SiteGenotype genotype) {
  return !genotype.is_missing() && genotype.first() == 0 && (genotype.is_haploid() || genotype.second() == 0);
}

/// Named alleles that do not allow the reference here, those of the call first.
std::vector<std::size_t> askers(const CallToExplain& what, std::size_t site) {
  std::vector<std::size_t> alleles;
  std::vector<std::string> seen;
  const auto add = [&](std::size_t allele) {
    const std::string& name = what.gene.alleles[allele].reported_name();
    const bool reference_fits = (what.caller.matcher().allowed(allele, site) & 1U) != 0;
    if (reference_fits || std::ranges::find(seen, name) != seen.end()) return;
    seen.push_back(name);
    alleles.push_back(allele);
  };
  for (const Diplotype& pair : what.call.diplotypes) {
    for (const Haplotype* haplotype : {&pair.first, &pair.second}) std::ranges::for_each(haplotype->alleles, add);
  }
  std::ranges::for_each(what.call.lone_alleles, add);
  for (std::size_t allele = 0; allele < what.gene.alleles.size(); ++allele) {
    if (what.gene.alleles[allele].is_defined) add(allele);
  }
  return alleles;
}

/// `25`, or `8 of 31`: usable reads, of those that there are.
std::string depth_at(const GeneCoverage& coverage, std::size_t site) {
  const auto at = std::ranges::find(coverage.positions, site, &PositionCoverage::site);
  if (at == coverage.positions.end()) return "-";
  return at->usable == at->depth ? std::to_string(at->depth) : fmt::format("{} of {}", at->usable, at->depth);
}

std::vector<std::string> row_of(const CallToExplain& what, std::size_t number) {
  const genomics::Site& site = what.gene.sites[number];
  const SiteGenotype genotype = what.genotypes[number];
  const bool assumed = what.assume_reference && genotype == SiteGenotype{};
  std::string shows = assumed ? "assumed reference" : shown(site, genotype);
  const std::int32_t set = what.phase_sets.empty() ? 0 : what.phase_sets[number];
  if (genotype.is_het() && genotype.is_phased() && set != 0) {
    shows += set > 0 ? fmt::format(" (set {})", set) : fmt::format(" (set #{:08x})", static_cast<unsigned>(-set));
  }
  const std::string alts = fmt::format("{}", fmt::join(site.alts, ","));
  const std::string change = base(site, 0) + ">" + (alts.size() <= longest_allele ? alts : base(site, 1) + ",..");
  std::vector<std::string> row = {to_string(site), site.rsid.empty() ? "-" : site.rsid, change, shows};
  if (what.coverage != nullptr) row.push_back(depth_at(*what.coverage, number));
  row.push_back(allele_names(what.gene, askers(what, number), names_shown));
  return row;
}

bool is_decisive(const CallToExplain& what, std::size_t site) {
  const auto decisive = deciding_sites(what.gene, what.call);
  return decisive.size() <= names_shown && std::ranges::find(decisive, site) != decisive.end();
}

}  // namespace

std::string shown(const genomics::Site& site, SiteGenotype genotype) {
  if (genotype.is_filtered() && !genotype.hides_variant()) return "filtered by " + field_of(genotype.why_missing());
  if (genotype.is_missing()) return missing_in_words(genotype.why_missing());
  if (genotype.is_haploid()) return base(site, genotype.first());
  return base(site, genotype.first()) + (genotype.is_phased() ? "|" : "/") + base(site, genotype.second());
}

std::string allele_names(const Gene& gene, const std::vector<std::size_t>& alleles, std::size_t most) {
  std::vector<std::string> names;
  for (const std::size_t allele : alleles) {
    const std::string& name = gene.alleles[allele].reported_name();
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  if (names.empty()) return "-";
  const std::size_t shown_names = std::min(names.size(), most);
  const std::string text = fmt::format("{}", fmt::join(names.data(), names.data() + shown_names, ", "));
  return shown_names == names.size() ? text : fmt::format("{} and {} more", text, names.size() - shown_names);
}

void write_positions(const CallToExplain& what, Page& page) {
  std::vector<std::vector<std::string>> rows = {{"position", "rsid", "change", "the file shows", "asked by"}};
  if (what.coverage != nullptr) rows = {{"position", "rsid", "change", "the reads show", "usable", "asked by"}};
  std::size_t variants = 0;
  std::size_t missing = 0;
  std::size_t assumed = 0;
  for (std::size_t site = 0; site < what.gene.sites.size(); ++site) {
    const SiteGenotype genotype = what.genotypes[site];
    const bool taken = what.assume_reference && genotype == SiteGenotype{};
    const bool is_missing = genotype.is_missing() && !taken;
    const bool is_variant = !genotype.is_missing() && !is_reference(genotype);
    assumed += taken ? 1 : 0;
    missing += is_missing ? 1 : 0;
    variants += is_variant ? 1 : 0;
    const bool is_listed = is_missing && missing <= missing_shown;
    if (what.all_positions || is_listed || is_variant || is_decisive(what, site)) rows.push_back(row_of(what, site));
  }
  const std::size_t total = what.gene.sites.size();
  std::string summary = fmt::format(
      "{} positions define the alleles of {}: {} homozygous reference, {} with a variant, "
      "{} missing",
      total, what.gene.symbol, total - variants - missing - assumed, variants, missing);
  if (!what.call.filtered.empty()) summary += fmt::format(" ({} of them filtered)", what.call.filtered.size());
  if (what.call.in_blocks > 0) summary += fmt::format(", {} of all known from reference blocks", what.call.in_blocks);
  if (assumed > 0) summary += fmt::format(", {} in no record and taken as reference because you asked for it", assumed);
  page.heading(what.coverage != nullptr ? "WHAT THE READS SHOW" : "WHAT THE FILE SHOWS");
  page.paragraph(summary + ".");
  if (what.coverage != nullptr) {
    page.paragraph(fmt::format("{} of {} positions are callable. Usable reads: mean {:.0f}, least {}.",
                               what.coverage->callable(), what.coverage->positions.size(), what.coverage->mean_depth(),
                               what.coverage->least_depth()));
  }
  if (rows.size() > 1) page.table(rows);
  if (!what.all_positions && missing > missing_shown) {
    page.paragraph(fmt::format("and {} more missing; --all-positions lists them.", missing - missing_shown));
  }
}

}  // namespace stardose::pharmaco
