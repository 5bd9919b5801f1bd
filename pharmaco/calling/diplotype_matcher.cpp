// Candidates, pairs and scores.
#include "pharmaco/calling/diplotype_matcher.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace stardose::pharmaco {

namespace {

constexpr std::uint64_t bit(std::uint8_t allele) { return std::uint64_t{1} << allele; }

/// Orientations of a phase group: bit 0, a strand carries each site's first allele; bit 1, its second.
using Orientations = std::uint8_t;
constexpr Orientations both_orientations = 3;

constexpr Orientations flipped(Orientations o) {
  return static_cast<Orientations>(((o & 1U) << 1U) | ((o >> 1U) & 1U));
}

}  // namespace

/// A named allele that may lie on a strand.
struct DiplotypeMatcher::Candidate {
  std::size_t allele = 0;
  int score = 0;
  int fixed_penalty = 0;  // ambiguous positions at which the sample is homozygous reference
  std::vector<Orientations> groups;
  bool free_everywhere = false;               // fits a strand and its opposite
  std::vector<std::array<int, 2>> penalties;  // by group: on orientation 0 and on 1
};

DiplotypeMatcher::DiplotypeMatcher(const Gene& gene) : gene_{gene} {
  const std::size_t sites = gene.sites.size();
  std::vector<std::uint64_t> open(sites, 1);  // what an undefined position is read as
  if (!gene.alleles.empty()) {
    for (const DefinedSite& at : gene.alleles.front().definition) {
      if (std::has_single_bit(at.allowed)) open[at.site] = at.allowed;
    }
  }
  for (const NamedAllele& allele : gene.alleles) {
    const auto row = static_cast<std::ptrdiff_t>(allowed_.size());
    allowed_.insert(allowed_.end(), open.begin(), open.end());
    std::vector<std::size_t> wobbles;
    for (const DefinedSite& at : allele.definition) {
      allowed_[static_cast<std::size_t>(row) + at.site] = at.allowed;
      if (!std::has_single_bit(at.allowed)) wobbles.push_back(at.site);
    }
    wobbles_.push_back(std::move(wobbles));
    std::vector<std::size_t> not_reference;
    for (std::size_t site = 0; site < sites; ++site) {
      if ((allowed_[static_cast<std::size_t>(row) + site] & 1U) == 0) not_reference.push_back(site);
    }
    not_reference_.push_back(std::move(not_reference));
  }
}

bool DiplotypeMatcher::fits_homozygous(const GeneSites& sites, std::size_t allele) const {
  for (const HomSite& hom : sites.homs) {
    if ((allowed(allele, hom.site) & bit(hom.allele)) == 0) return false;
  }
  // Everywhere else the sample is reference; only an allele that asks for something else there can object.
  auto hom = sites.homs.begin();
  auto het = sites.hets.begin();
  for (const std::size_t site : not_reference_[allele]) {
    while (hom != sites.homs.end() && hom->site < site) ++hom;
    while (het != sites.hets.end() && het->site < site) ++het;
    const bool varies =
        (hom != sites.homs.end() && hom->site == site) || (het != sites.hets.end() && het->site == site);
    if (!varies && !sites.is_missing[site]) return false;
  }
  return true;
}

void DiplotypeMatcher::charge_wobbles(const GeneSites& sites, Candidate& candidate) const {
  candidate.penalties.assign(sites.groups, {});
  for (const std::size_t site : wobbles_[candidate.allele]) {
    const auto het = std::ranges::find(sites.hets, site, &HetSite::site);
    const bool hom_alt = std::ranges::find(sites.homs, site, &HomSite::site) != sites.homs.end();
    if (het != sites.hets.end()) {
      auto& penalty = candidate.penalties[het->group];
      penalty[0] += het->first == 0 ? 1 : 0;
      penalty[1] += het->second == 0 ? 1 : 0;
    } else if (!hom_alt && !sites.is_missing[site]) {
      ++candidate.fixed_penalty;
    }
  }
}

bool DiplotypeMatcher::orient(const GeneSites& sites, Candidate& candidate) const {
  candidate.groups.assign(sites.groups, both_orientations);
  for (const HetSite& het : sites.hets) {
    const std::uint64_t mask = allowed(candidate.allele, het.site);
    const unsigned fits = ((mask & bit(het.first)) != 0 ? 1U : 0U) | ((mask & bit(het.second)) != 0 ? 2U : 0U);
    candidate.groups[het.group] &= static_cast<Orientations>(fits);
  }
  candidate.free_everywhere = std::ranges::all_of(candidate.groups, [](auto o) { return o == both_orientations; });
  return std::ranges::find(candidate.groups, Orientations{0}) == candidate.groups.end();
}

std::vector<DiplotypeMatcher::Candidate> DiplotypeMatcher::candidates(const GeneSites& sites) const {
  std::vector<Candidate> found;
  for (std::size_t a = 0; a < gene_.alleles.size(); ++a) {
    const NamedAllele& allele = gene_.alleles[a];
    if (!allele.is_defined || !fits_homozygous(sites, a)) continue;
    Candidate candidate{.allele = a};
    candidate.score = static_cast<int>(
        std::ranges::count_if(allele.definition, [&](const DefinedSite& at) { return !sites.is_missing[at.site]; }));
    if (candidate.score == 0 || !orient(sites, candidate)) continue;
    charge_wobbles(sites, candidate);
    found.push_back(std::move(candidate));
  }
  return found;
}

// Returns the least penalty over the ways to place a and b on opposite strands; negative: there is none.
int DiplotypeMatcher::pair_penalty(const Candidate& a, const Candidate& b) {
  constexpr int impossible = std::numeric_limits<int>::max();
  int total = a.fixed_penalty + b.fixed_penalty;
  const bool same = a.allele == b.allele;
  for (std::size_t group = 0; group < a.groups.size(); ++group) {
    const auto fits = static_cast<Orientations>(a.groups[group] & flipped(b.groups[group]));
    int least = impossible;
    for (const unsigned orientation : {0U, 1U}) {
      if ((fits & (1U << orientation)) == 0) continue;
      // An allele that fits either strand carries the other base on one of them, and is not charged.
      const int of_a = a.free_everywhere && !same ? 0 : a.penalties[group][orientation];
      const int of_b = b.free_everywhere && !same ? 0 : b.penalties[group][1U - orientation];
      least = std::min(least, of_a + of_b);
    }
    if (least == impossible) return -1;
    total += least;
  }
  return total;
}

std::vector<std::size_t> DiplotypeMatcher::not_ruled_out(const GeneSites& sites) const {
  std::vector<std::size_t> alleles;
  for (std::size_t a = 0; a < gene_.alleles.size(); ++a) {
    const NamedAllele& allele = gene_.alleles[a];
    const bool missing = std::ranges::any_of(
        allele.definition, [&](const DefinedSite& at) { return sites.is_missing[at.site] && (at.allowed & 1U) == 0; });
    Candidate candidate{.allele = a};
    if (missing && fits_homozygous(sites, a) && orient(sites, candidate)) alleles.push_back(a);
  }
  return alleles;
}

std::vector<AlleleFit> DiplotypeMatcher::fitting(const GeneSites& sites) const {
  std::vector<AlleleFit> fits;
  for (const Candidate& candidate : candidates(sites)) {
    fits.push_back({candidate.allele, candidate.score, candidate.free_everywhere});
  }
  return fits;
}

bool DiplotypeMatcher::fit_together(const Candidate& a, const Candidate& b) {
  return std::ranges::equal(a.groups, b.groups, [](Orientations x, Orientations y) { return (x & flipped(y)) != 0; });
}

std::vector<Diplotype> DiplotypeMatcher::possible(const GeneSites& sites) const {
  std::vector<Candidate> kinds;
  for (std::size_t a = 0; a < gene_.alleles.size(); ++a) {
    const NamedAllele& allele = gene_.alleles[a];
    Candidate candidate{.allele = a};
    if (!allele.is_defined || !fits_homozygous(sites, a) || !orient(sites, candidate)) continue;
    const bool is_new = std::ranges::none_of(kinds, [&](const Candidate& kind) {
      return works_alike(gene_, kind.allele, a) && kind.groups == candidate.groups;
    });
    if (is_new) kinds.push_back(std::move(candidate));
  }
  std::vector<Diplotype> pairs;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (sites.one_copy) {
      pairs.push_back({{{kinds[i].allele}}, {}, 0});
      continue;
    }
    for (std::size_t j = i; j < kinds.size(); ++j) {
      if (fit_together(kinds[i], kinds[j])) pairs.push_back({{{kinds[i].allele}}, {{kinds[j].allele}}, 0});
    }
  }
  return pairs;
}

std::vector<Diplotype> DiplotypeMatcher::match(const GeneSites& sites) const {
  const std::vector<Candidate> found = candidates(sites);
  std::vector<Diplotype> pairs;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (sites.one_copy) {
      pairs.push_back({{{found[i].allele}, {}}, {}, found[i].score - found[i].fixed_penalty});
      continue;
    }
    for (std::size_t j = i; j < found.size(); ++j) {
      const int penalty = pair_penalty(found[i], found[j]);
      if (penalty < 0) continue;
      pairs.push_back({{{found[i].allele}, {}}, {{found[j].allele}, {}}, found[i].score + found[j].score - penalty});
    }
  }
  return pairs;
}

}  // namespace stardose::pharmaco
