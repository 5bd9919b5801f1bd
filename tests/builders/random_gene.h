// Random small genes, and samples that often carry their alleles.
#pragma once

#include <algorithm>
#include <bit>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "pharmaco/knowledge/gene.h"
#include "tests/builders/genotypes.h"

namespace stardose::test {

/// Repeatable for a seed.
class RandomGene {
 public:
  explicit RandomGene(unsigned seed) : random_{seed} {}

  /// 2-8 sites of 1-3 alternatives, 2-8 named alleles; definitions leave positions open and allow several alleles.
  [[nodiscard]] pharmaco::Gene gene() {
    pharmaco::Gene gene;
    gene.symbol = "RANDOM";
    const int sites = between(2, 8);
    for (int k = 0; k < sites; ++k) {
      std::vector<std::string> alts{"C", "G", "T"};
      alts.resize(static_cast<std::size_t>(between(1, 3)));
      gene.sites.push_back({"chr1", 100 * (k + 1), "A", alts, "", false});
    }
    const int alleles = between(2, 8);
    for (int a = 0; a < alleles; ++a) gene.alleles.push_back(allele(gene, a));
    return gene;
  }

  /// Two strands drawn from the gene's alleles, at times with another allele here and there.
  [[nodiscard]] Genotypes sample(const pharmaco::Gene& gene) {
    Genotypes genotypes;
    const auto& first = pick(gene.alleles);
    const auto& second = pick(gene.alleles);
    const bool haploid = chance(8);
    const bool phased = chance(30);
    const bool sets = chance(40);
    for (std::size_t site = 0; site < gene.sites.size(); ++site) {
      if (chance(8)) {
        genotypes.sites.emplace_back();
        genotypes.phase_sets.push_back(0);
        continue;
      }
      const std::uint8_t a = carried(gene, first, site);
      const std::uint8_t b = haploid ? genomics::allele_code::no_copy : carried(gene, second, site);
      const bool swap = !haploid && chance(50) && !phased;
      const bool is_phased = phased || (sets && chance(70));
      genotypes.sites.emplace_back(swap ? b : a, swap ? a : b, is_phased);
      genotypes.phase_sets.push_back(sets && is_phased ? between(0, 2) : 0);
    }
    return genotypes;
  }

  /// Makes some genotypes half-calls and some alleles ones that the site does not list.
  void spoil(Genotypes& genotypes) {
    for (genomics::SiteGenotype& genotype : genotypes.sites) {
      if (genotype.is_missing() || genotype.is_haploid() || !chance(15)) continue;
      const std::uint8_t code = chance(50) ? genomics::allele_code::missing : genomics::allele_code::other;
      genotype = {genotype.first() == 0 ? std::uint8_t{1} : genotype.first(), code, genotype.is_phased()};
    }
  }

  /// A new order of `count` things: number k goes to place [k].
  [[nodiscard]] std::vector<std::size_t> order(std::size_t count) {
    std::vector<std::size_t> places(count);
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::ranges::shuffle(places, random_);
    return places;
  }

 private:
  [[nodiscard]] int between(int low, int high) { return std::uniform_int_distribution<int>{low, high}(random_); }
  [[nodiscard]] bool chance(int percent) { return between(1, 100) <= percent; }
  template <class T>
  [[nodiscard]] const T& pick(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(between(0, static_cast<int>(list.size()) - 1))];
  }

  [[nodiscard]] std::uint64_t mask(const genomics::Site& site, bool may_be_open) {
    const int top = static_cast<int>(site.alts.size());
    if (may_be_open && chance(45)) return 0;
    std::uint64_t bits = 0;
    for (int k = chance(25) ? between(2, top + 1) : 1; k > 0; --k) bits |= std::uint64_t{1} << between(0, top);
    return bits;
  }

  [[nodiscard]] pharmaco::NamedAllele allele(const pharmaco::Gene& gene, int number) {
    pharmaco::NamedAllele allele;
    allele.name = "*" + std::to_string(number + 1);
    allele.is_reference = number == 0;
    allele.rank = static_cast<std::size_t>(number);
    const bool plain = chance(70);  // most genes' first allele is the assembly's sequence
    for (std::size_t site = 0; site < gene.sites.size(); ++site) {
      const std::uint64_t bits = number == 0 && plain ? 1 : mask(gene.sites[site], number != 0);
      if (bits != 0) allele.definition.push_back({site, bits});
    }
    allele.is_defined = !allele.definition.empty();
    return allele;
  }

  [[nodiscard]] std::uint8_t carried(const pharmaco::Gene& gene, const pharmaco::NamedAllele& allele,
                                     std::size_t site) {
    const int top = static_cast<int>(gene.sites[site].alts.size());
    if (chance(4)) return static_cast<std::uint8_t>(between(0, top));
    std::uint64_t bits = 0;
    for (const auto* source : {&allele, &gene.alleles.front()}) {
      for (const auto& defined : source->definition) {
        if (bits == 0 && defined.site == site) bits = defined.allowed;
      }
    }
    while (true) {
      const int code = between(0, top);
      if (bits == 0 || ((bits >> code) & 1U) != 0) return static_cast<std::uint8_t>(code);
    }
  }

  std::mt19937 random_;
};

/// The gene with its sites in another order, and the sample with it.
inline std::pair<pharmaco::Gene, Genotypes> reordered(const pharmaco::Gene& gene, const Genotypes& genotypes,
                                                      const std::vector<std::size_t>& places) {
  pharmaco::Gene moved = gene;
  Genotypes moved_genotypes = genotypes;
  for (std::size_t k = 0; k < places.size(); ++k) {
    moved.sites[places[k]] = gene.sites[k];
    moved_genotypes.sites[places[k]] = genotypes.sites[k];
    if (!genotypes.phase_sets.empty()) moved_genotypes.phase_sets[places[k]] = genotypes.phase_sets[k];
  }
  for (pharmaco::NamedAllele& allele : moved.alleles) {
    for (pharmaco::DefinedSite& at : allele.definition) at.site = places[at.site];
    std::ranges::sort(allele.definition, {}, &pharmaco::DefinedSite::site);
  }
  return {std::move(moved), std::move(moved_genotypes)};
}

}  // namespace stardose::test
