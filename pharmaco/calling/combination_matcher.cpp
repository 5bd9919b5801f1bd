// Taking strands apart, orientation by orientation of the phase groups.
#include "pharmaco/calling/combination_matcher.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace stardose::pharmaco {

namespace {

bool is_allowed(const DefinedSite& at, std::uint8_t allele) { return ((at.allowed >> allele) & 1U) != 0; }

/// `*80+*28` names two alleles on one strand, which a combination says itself.
bool names_several(const Gene& gene, const std::string& name) {
  if (name.find('+') == std::string::npos) return false;
  std::size_t parts = 0;
  for (std::size_t at = 0; at <= name.size(); ++parts) {
    const std::size_t end = std::min(name.find('+', at), name.size());
    const std::string_view part = std::string_view{name}.substr(at, end - at);
    if (std::ranges::find(gene.alleles, part, &NamedAllele::name) == gene.alleles.end()) return false;
    at = end + 1;
  }
  return parts > 1;
}

/// What the sample shows at one site, for both orientations of its group.
struct Shown {
  std::uint8_t first = 0;
  std::uint8_t second = 0;
  std::size_t group = 0;
};

std::vector<Shown> shown_at(const Gene& gene, const GeneSites& sites) {
  std::vector<Shown> shown(gene.sites.size());
  for (const HomSite& hom : sites.homs) shown[hom.site] = {hom.allele, hom.allele, 0};
  for (const HetSite& het : sites.hets) shown[het.site] = {het.first, het.second, het.group};
  return shown;
}

/// A strand's alleles other than the assembly's, by site. Bit k of `orientation`: group k shows its second alleles.
std::vector<SiteAllele> variants_on(const GeneSites& sites, std::uint64_t orientation) {
  std::vector<SiteAllele> variants;
  for (const HomSite& hom : sites.homs) variants.push_back({hom.site, hom.allele});
  for (const HetSite& het : sites.hets) {
    const std::uint8_t allele = ((orientation >> het.group) & 1U) != 0 ? het.second : het.first;
    if (allele != 0) variants.push_back({het.site, allele});
  }
  std::ranges::sort(variants, {}, &SiteAllele::site);
  return variants;
}

/// Of pairs that are the same it is the same, and of no others.
std::vector<std::uint64_t> key_of(const Diplotype& pair) {
  std::vector<std::uint64_t> key{static_cast<std::uint64_t>(pair.score)};
  for (const Haplotype* haplotype : {&pair.first, &pair.second}) {
    key.push_back(haplotype->alleles.size());
    key.insert(key.end(), haplotype->alleles.begin(), haplotype->alleles.end());
    key.push_back(haplotype->variants.size());
    for (const SiteAllele& variant : haplotype->variants) {
      key.push_back(variant.site);
      key.push_back(variant.allele);
    }
  }
  return key;
}

}  // namespace

/// A named allele that a strand may hold, by the positions that its definition asks and that were seen.
struct CombinationMatcher::Part {
  std::size_t allele = 0;
  std::vector<std::size_t> core;   // sites, ascending
  std::uint64_t needs_first = 0;   // groups that must show their first alleles
  std::uint64_t needs_second = 0;  // groups that must show their second alleles

  [[nodiscard]] bool lies_on(std::uint64_t orientation) const {
    return (orientation & needs_first) == 0 && (~orientation & needs_second) == 0;
  }
  [[nodiscard]] bool shares_a_site(const Part& other) const {
    return std::ranges::any_of(core, [&](std::size_t site) { return std::ranges::binary_search(other.core, site); });
  }
};

struct CombinationMatcher::Strand {
  Haplotype haplotype;
  int score = 0;
};

CombinationMatcher::CombinationMatcher(const Gene& gene) : gene_{gene} {
  for (std::size_t a = 0; a < gene.alleles.size(); ++a) {
    const NamedAllele& allele = gene.alleles[a];
    if (!allele.is_reference && allele.is_defined && !names_several(gene, allele.name)) usable_.push_back(a);
  }
  std::ranges::stable_sort(usable_, {}, [&](std::size_t a) -> const std::string& { return gene.alleles[a].name; });
}

std::vector<CombinationMatcher::Part> CombinationMatcher::parts(const GeneSites& sites) const {
  const std::vector<Shown> shown = shown_at(gene_, sites);
  std::vector<Part> found;
  for (const std::size_t a : usable_) {
    Part part{.allele = a};
    bool fits = true;
    for (const DefinedSite& at : gene_.alleles[a].definition) {
      if (sites.is_missing[at.site]) continue;
      part.core.push_back(at.site);
      const Shown& here = shown[at.site];
      const bool first = is_allowed(at, here.first);
      const bool second = is_allowed(at, here.second);
      if (first && !second) part.needs_first |= std::uint64_t{1} << here.group;
      if (second && !first) part.needs_second |= std::uint64_t{1} << here.group;
      fits = fits && (first || second);
    }
    if (fits && !part.core.empty() && (part.needs_first & part.needs_second) == 0) found.push_back(std::move(part));
  }
  std::ranges::stable_sort(found, std::ranges::greater{}, [](const Part& part) { return part.core.size(); });
  return found;
}

CombinationMatcher::Strand CombinationMatcher::assemble(const GeneSites& sites, const std::vector<const Part*>& chosen,
                                                        const std::vector<SiteAllele>& variants) const {
  Strand strand;
  const std::vector<DefinedSite>& reference = gene_.alleles.front().definition;
  const auto is_told = [&](const SiteAllele& variant) {
    if (!chosen.empty()) {
      return std::ranges::any_of(
          chosen, [&](const Part* part) { return std::ranges::binary_search(part->core, variant.site); });
    }
    // Where the reference allele's definition leaves a choice, the variant is named: it says more.
    const auto at = std::ranges::find(reference, variant.site, &DefinedSite::site);
    return at != reference.end() && std::has_single_bit(at->allowed) && is_allowed(*at, variant.allele);
  };
  std::ranges::copy_if(variants, std::back_inserter(strand.haplotype.variants), std::not_fn(is_told));
  for (const Part* part : chosen) {
    strand.haplotype.alleles.push_back(part->allele);
    strand.score += static_cast<int>(part->core.size());
  }
  std::ranges::sort(strand.haplotype.alleles, {}, [&](std::size_t a) { return gene_.alleles[a].rank; });
  if (chosen.empty()) {
    if (strand.haplotype.variants.empty()) strand.haplotype.alleles = {0};
    strand.score = static_cast<int>(
        std::ranges::count_if(reference, [&](const DefinedSite& at) { return !sites.is_missing[at.site]; }));
  }
  strand.score -= static_cast<int>(strand.haplotype.variants.size());
  return strand;
}

std::vector<CombinationMatcher::Strand> CombinationMatcher::take_apart(const GeneSites& sites,
                                                                       const std::vector<Part>& parts,
                                                                       std::uint64_t orientation) const {
  std::vector<std::vector<const Part*>> ways;
  for (const Part& part : parts) {
    if (!part.lies_on(orientation)) continue;
    bool added = false;
    bool excluded = false;
    for (auto& way : ways) {
      bool overlaps = false;
      for (const Part* other : way) {
        if (!part.shares_a_site(*other)) continue;
        overlaps = true;
        excluded = excluded || part.core.size() != other->core.size();
      }
      if (overlaps) continue;
      way.push_back(&part);
      added = true;
    }
    // Alleles of equal size that share a position: which of them it is cannot be said, so each starts a way of its own.
    if (!added && !excluded) ways.push_back({&part});
  }
  if (ways.empty()) ways.emplace_back();
  const std::vector<SiteAllele> variants = variants_on(sites, orientation);
  std::vector<Strand> strands;
  strands.reserve(ways.size());
  for (const auto& way : ways) strands.push_back(assemble(sites, way, variants));
  return strands;
}

std::vector<Diplotype> CombinationMatcher::match(const GeneSites& sites) const {
  const std::vector<Part> possible = parts(sites);
  std::vector<Diplotype> pairs;
  // The first group stays as it is: turning all of them round swaps the strands, which changes nothing.
  const std::uint64_t layouts = std::uint64_t{1} << sites.groups;
  for (std::uint64_t orientation = 0; orientation < layouts; orientation += 2) {
    const std::vector<Strand> first = take_apart(sites, possible, orientation);
    if (sites.one_copy) {
      for (const Strand& only : first) pairs.push_back({only.haplotype, {}, only.score});
      continue;
    }
    const std::vector<Strand> second = take_apart(sites, possible, ~orientation);
    for (const Strand& one : first) {
      for (const Strand& other : second) {
        const bool swap = name_less(gene_, other.haplotype, one.haplotype);
        pairs.push_back(
            {swap ? other.haplotype : one.haplotype, swap ? one.haplotype : other.haplotype, one.score + other.score});
      }
    }
  }
  std::set<std::vector<std::uint64_t>> seen;
  std::erase_if(pairs, [&](const Diplotype& pair) { return !seen.insert(key_of(pair)).second; });
  return pairs;
}

}  // namespace stardose::pharmaco
