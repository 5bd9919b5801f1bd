// Taking named alleles off the strands, the largest first.
#include "pharmaco/calling/lowest_function.h"

#include <algorithm>
#include <map>
#include <utility>

namespace stardose::pharmaco {

namespace {

/// How many copies of each variant allele a strand, or both strands together, still have: (site, allele) -> copies.
using Copies = std::map<std::pair<std::size_t, std::uint8_t>, int>;

/// Positions of a definition that have a genotype.
std::vector<DefinedSite> seen_definition(const NamedAllele& allele, const GeneSites& sites) {
  std::vector<DefinedSite> seen;
  std::ranges::copy_if(allele.definition, std::back_inserter(seen),
                       [&](const DefinedSite& at) { return !sites.is_missing[at.site]; });
  return seen;
}

/// Non-reference alleles with at least one position seen, by number of positions, then name.
std::vector<std::size_t> by_size(const Gene& gene, const GeneSites& sites) {
  std::vector<std::size_t> order;
  std::vector<std::size_t> sizes(gene.alleles.size(), 0);
  const std::vector<bool> left_out = outshone(gene, sites);
  for (std::size_t a = 0; a < gene.alleles.size(); ++a) {
    if (gene.alleles[a].is_reference || left_out[a]) continue;
    sizes[a] = seen_definition(gene.alleles[a], sites).size();
    if (sizes[a] > 0) order.push_back(a);
  }
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    if (sizes[a] != sizes[b]) return sizes[a] > sizes[b];
    return gene.alleles[a].rank < gene.alleles[b].rank;
  });
  return order;
}

/// Takes one copy of the allele's variants; false, and nothing taken, when a position lacks one.
bool take(const std::vector<DefinedSite>& definition, Copies& copies) {
  std::vector<Copies::iterator> taken;
  for (const DefinedSite& at : definition) {
    const auto copy = std::find_if(copies.begin(), copies.end(), [&](const auto& entry) {
      return entry.first.first == at.site && entry.second > 0 && ((at.allowed >> entry.first.second) & 1U) != 0;
    });
    if (copy == copies.end()) return false;
    taken.push_back(copy);
  }
  for (const auto& copy : taken) --copy->second;
  return true;
}

std::vector<std::size_t> take_all(const Gene& gene, const GeneSites& sites, Copies copies) {
  std::vector<std::size_t> alleles;
  if (copies.empty()) return alleles;
  for (const std::size_t a : by_size(gene, sites)) {
    const auto definition = seen_definition(gene.alleles[a], sites);
    while (take(definition, copies)) alleles.push_back(a);
  }
  std::ranges::sort(alleles, {}, [&](std::size_t allele) { return gene.alleles[allele].rank; });
  return alleles;
}

Copies copies_on(const GeneSites& sites, bool second, std::uint64_t flipped) {
  Copies copies;
  for (const HomSite& hom : sites.homs) copies[{hom.site, hom.allele}] = 1;
  for (const HetSite& het : sites.hets) {
    const bool turned = ((flipped >> het.group) & 1U) != 0;
    const std::uint8_t allele = second != turned ? het.second : het.first;
    if (allele != 0) copies[{het.site, allele}] = 1;
  }
  return copies;
}

Copies copies_of_both(const GeneSites& sites) {
  Copies copies;
  for (const HomSite& hom : sites.homs) copies[{hom.site, hom.allele}] = 2;
  for (const HetSite& het : sites.hets) {
    for (const std::uint8_t allele : {het.first, het.second}) {
      if (allele != 0) copies[{het.site, allele}] = 1;
    }
  }
  return copies;
}

Haplotype strand(const Gene& gene, const GeneSites& sites, bool second, std::uint64_t flipped) {
  Haplotype haplotype{take_all(gene, sites, copies_on(sites, second, flipped)), {}};
  if (haplotype.alleles.empty()) haplotype.alleles = {0};
  return haplotype;
}

/// Positions seen that the alleles' definitions ask.
int score_of(const Gene& gene, const GeneSites& sites, const Haplotype& haplotype) {
  std::size_t asked = 0;
  for (const std::size_t allele : haplotype.alleles) asked += seen_definition(gene.alleles[allele], sites).size();
  return static_cast<int>(asked);
}

}  // namespace

Diplotype alleles_by_strand(const Gene& gene, const GeneSites& sites, std::uint64_t flipped) {
  Diplotype diplotype{strand(gene, sites, false, flipped), {}, 0};
  diplotype.score = score_of(gene, sites, diplotype.first);
  if (sites.one_copy) return diplotype;
  diplotype.second = strand(gene, sites, true, flipped);
  diplotype.score += score_of(gene, sites, diplotype.second);
  if (name_less(gene, diplotype.second, diplotype.first)) std::swap(diplotype.first, diplotype.second);
  return diplotype;
}

std::vector<Diplotype> alleles_by_layout(const Gene& gene, const GeneSites& sites) {
  std::vector<Diplotype> layouts;
  // The first group stays as it is: turning all of them round swaps the strands, which changes nothing.
  for (std::uint64_t flipped = 0; flipped < (std::uint64_t{1} << sites.groups); flipped += 2) {
    Diplotype layout = alleles_by_strand(gene, sites, flipped);
    const bool known = std::ranges::any_of(
        layouts, [&](const Diplotype& other) { return other.first == layout.first && other.second == layout.second; });
    if (!known) layouts.push_back(std::move(layout));
  }
  return layouts;
}

std::vector<std::size_t> alleles_unphased(const Gene& gene, const GeneSites& sites) {
  std::vector<std::size_t> alleles = take_all(gene, sites, copies_of_both(sites));
  while (alleles.size() < 2) alleles.insert(alleles.begin(), 0);
  return alleles;
}

std::vector<std::size_t> unseen_alleles(const Gene& gene, const GeneSites& sites) {
  std::vector<Copies> strands = {copies_of_both(sites)};
  if (sites.groups <= 1) strands = {copies_on(sites, false, 0), copies_on(sites, true, 0)};
  std::vector<std::size_t> unseen;
  for (std::size_t a = 0; a < gene.alleles.size(); ++a) {
    const NamedAllele& allele = gene.alleles[a];
    std::vector<DefinedSite> seen;
    bool has_gap = false;
    for (const DefinedSite& at : allele.definition) {
      const bool is_missing = sites.is_missing[at.site];
      has_gap = has_gap || (is_missing && (at.allowed & 1U) == 0);
      if (!is_missing) seen.push_back(at);
    }
    if (!has_gap || allele.is_reference) continue;
    const bool fits = seen.empty() || std::ranges::any_of(strands, [&](Copies copies) { return take(seen, copies); });
    if (fits) unseen.push_back(a);
  }
  return unseen;
}

std::vector<Diplotype> with_unseen(const Gene& gene, const GeneCall& call, const std::vector<std::size_t>& unseen) {
  std::vector<std::size_t> kinds;
  for (const std::size_t allele : unseen) {
    const bool is_new = std::ranges::none_of(kinds, [&](std::size_t kind) { return works_alike(gene, kind, allele); });
    if (is_new) kinds.push_back(allele);
  }
  std::vector<std::pair<std::size_t, std::size_t>> called;
  std::vector<Diplotype> lone;
  for (const Diplotype& pair : call.diplotypes) {
    if (!pair.has_second()) {
      const std::size_t first = worst_allele(gene, pair.first.alleles);
      for (const std::size_t a : kinds) lone.push_back({{{worst_allele(gene, {first, a})}}, {}, 0});
      continue;
    }
    called.emplace_back(worst_allele(gene, pair.first.alleles), worst_allele(gene, pair.second.alleles));
  }
  if (!call.lone_alleles.empty()) called.push_back(worst_two(gene, call.lone_alleles));
  std::vector<Diplotype> pairs;
  for (const auto& [first, second] : called) {
    for (const std::size_t a : kinds) {
      const std::size_t worse_first = worst_allele(gene, {first, a});
      pairs.push_back({{{worse_first}}, {{second}}, 0});
      pairs.push_back({{{first}}, {{worst_allele(gene, {second, a})}}, 0});
      for (const std::size_t b : kinds) pairs.push_back({{{worse_first}}, {{worst_allele(gene, {second, b})}}, 0});
    }
  }
  for (Diplotype& pair : pairs) {
    if (name_less(gene, pair.second, pair.first)) std::swap(pair.first, pair.second);
  }
  pairs.insert(pairs.end(), lone.begin(), lone.end());
  return pairs;
}

std::pair<std::size_t, std::size_t> worst_two(const Gene& gene, std::vector<std::size_t> alleles) {
  const std::size_t worst = worst_allele(gene, alleles);
  alleles.erase(std::ranges::find(alleles, worst));
  return {worst, worst_allele(gene, alleles)};
}

std::vector<bool> outshone(const Gene& gene, const GeneSites& sites) {
  std::vector<bool> result(gene.alleles.size(), false);
  if (std::ranges::find(sites.is_missing, true) == sites.is_missing.end()) return result;
  for (std::size_t a = 0; a < gene.alleles.size(); ++a) {
    const NamedAllele& allele = gene.alleles[a];
    const std::vector<DefinedSite> seen = seen_definition(allele, sites);
    if (allele.is_reference || seen.empty() || seen.size() == allele.definition.size()) continue;
    result[a] = std::ranges::any_of(gene.alleles, [&](const NamedAllele& other) { return other.definition == seen; });
  }
  return result;
}

int allele_rank(const Gene& gene, std::size_t number) {
  const NamedAllele& allele = gene.alleles[number];
  if (gene.phenotype.method == PhenotypeMethod::activity_score) {
    // Unknown between none and full: it must neither hide a worse allele nor count as normal.
    return allele.activity ? allele.activity->hundredths : 99;
  }
  const auto named = std::ranges::find(gene.worst_first, allele.function);
  if (named != gene.worst_first.end()) return static_cast<int>(named - gene.worst_first.begin());
  return gene.worst_first.size() < 2 ? 0 : static_cast<int>(gene.worst_first.size()) - 2;
}

std::size_t worst_allele(const Gene& gene, const std::vector<std::size_t>& alleles) {
  return *std::ranges::min_element(alleles, {}, [&](std::size_t number) { return allele_rank(gene, number); });
}

}  // namespace stardose::pharmaco
