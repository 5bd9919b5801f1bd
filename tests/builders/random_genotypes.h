// Genotypes drawn at the catalogue's positions and written as VCF on either assembly, through the catalogue's pairs.
#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/sites/site.h"

namespace stardose::test {

/// One person's genotype at a site in bases: what the two strands carry, whatever the assembly calls them.
struct DrawnGenotype {
  std::vector<std::string> alleles;  ///< one or two; `.` for one that is not known
  bool phased = false;
  int phase_set = 0;
};

/// A site with everyone's genotype there.
struct DrawnSite {
  genomics::Site site;  ///< as the catalogue has it
  std::vector<DrawnGenotype> people;
};

/// A base that the site does not list; empty where the site is more than a base, or lists all.
inline std::string unlisted_base(const genomics::Site& site) {
  const auto is_single = [](const std::string& allele) { return allele.size() == 1; };
  if (!is_single(site.ref) || !std::ranges::all_of(site.alts, is_single)) return {};
  for (const char base : std::string{"ACGT"}) {
    const std::string text{base};
    if (text != site.ref && std::ranges::find(site.alts, text) == site.alts.end()) return text;
  }
  return {};
}

/// Mostly reference, so that a gene has a few variants a person and can be called.
class GenotypeDrawer {
 public:
  explicit GenotypeDrawer(unsigned seed) : random_{seed} {}

  DrawnSite draw(const genomics::Site& site, std::size_t people, bool haploid, bool phased) {
    DrawnSite drawn{site, {}};
    for (std::size_t person = 0; person < people; ++person) {
      DrawnGenotype genotype{{allele(site)}, phased && chance(80), 0};
      if (!haploid) genotype.alleles.push_back(allele(site));
      if (genotype.phased && chance(5)) genotype.phase_set = 7;
      drawn.people.push_back(std::move(genotype));
    }
    return drawn;
  }
  bool chance(int percent) { return std::uniform_int_distribution<int>{1, 100}(random_) <= percent; }

 private:
  std::string allele(const genomics::Site& site) {
    if (chance(1)) return chance(50) ? "." : unlisted_base(site).empty() ? "." : unlisted_base(site);
    if (!chance(4)) return site.ref;
    return site.alts[std::uniform_int_distribution<std::size_t>{0, site.alts.size() - 1}(random_)];
  }

  std::mt19937 random_;
};

/// The record of a site on an assembly, with the catalogue's base there as REF. `chr`: whether contigs have it.
inline std::string record_of(const DrawnSite& drawn, genomics::Assembly assembly, bool chr) {
  const genomics::Site site = as_written(placed_on(drawn.site, assembly));
  std::vector<std::string> alleles = site.alts;
  alleles.insert(alleles.begin(), site.ref);
  if (!unlisted_base(drawn.site).empty()) alleles.push_back(unlisted_base(drawn.site));
  std::string contig = chr ? site.contig : site.contig.substr(3);
  if (contig == "M") contig = "MT";
  std::string line = contig + "\t" + std::to_string(site.position + 1) + "\t.\t" + site.ref + "\t";
  for (std::size_t k = 1; k < alleles.size(); ++k) line += (k == 1 ? "" : ",") + alleles[k];
  line += "\t.\tPASS\t.\tGT:PS";
  for (const DrawnGenotype& person : drawn.people) {
    line += "\t";
    for (std::size_t strand = 0; strand < person.alleles.size(); ++strand) {
      if (strand > 0) line += person.phased ? "|" : "/";
      const auto at = std::ranges::find(alleles, person.alleles[strand]);
      line += at == alleles.end() ? "." : std::to_string(at - alleles.begin());
    }
    line += person.phase_set == 0 ? ":." : ":" + std::to_string(person.phase_set);
  }
  return line + "\n";
}

}  // namespace stardose::test
