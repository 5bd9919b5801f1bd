// The matcher against every way to phase, and against pairs worked out by hand.
#include "pharmaco/calling/diplotype_matcher.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>

#include "pharmaco/calling/gene_sites.h"
#include "tests/builders/gene_builder.h"
#include "tests/builders/genotypes.h"
#include "tests/builders/phase_enumerator.h"
#include "tests/builders/random_gene.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;
using stardose::test::Genotypes;
using stardose::test::PhaseEnumerator;
using stardose::test::RandomGene;
using stardose::test::ScoredPair;
using stardose::test::sites_of;

namespace {

std::set<ScoredPair> matched(const Gene& gene, const Genotypes& genotypes) {
  const GeneSites sites = prepare_sites(gene, genotypes.sites, genotypes.phase_sets, {});
  std::set<ScoredPair> pairs;
  for (const Diplotype& pair : DiplotypeMatcher{gene}.match(sites)) {
    const int second = pair.has_second() ? static_cast<int>(pair.second.alleles.front()) : -1;
    const bool is_new = pairs.insert({static_cast<int>(pair.first.alleles.front()), second, pair.score}).second;
    CHECK_MESSAGE(is_new, "the matcher lists a pair twice");
  }
  return pairs;
}

std::string shown(const Gene& gene, const Genotypes& genotypes) {
  std::string text = "\n";
  for (const NamedAllele& allele : gene.alleles) {
    text += allele.name;
    for (const DefinedSite& at : allele.definition)
      text += " " + std::to_string(at.site) + "=" + std::to_string(at.allowed);
    text += "\n";
  }
  for (std::size_t k = 0; k < genotypes.sites.size(); ++k) {
    text += stardose::test::text_of(genotypes.sites[k]) + "@" + std::to_string(genotypes.phase_sets[k]) + " ";
  }
  return text;
}

std::string list(const std::set<ScoredPair>& pairs) {
  std::ostringstream text;
  for (const ScoredPair& pair : pairs) text << pair << " ";
  return text.str();
}

std::set<std::string> named(const Gene& gene, const std::string& genotypes) {
  std::set<std::string> names;
  for (const ScoredPair& pair : matched(gene, sites_of(genotypes))) {
    const std::string second = pair.second < 0 ? "" : "/" + gene.alleles[static_cast<std::size_t>(pair.second)].name;
    names.insert(gene.alleles[static_cast<std::size_t>(pair.first)].name + second + "=" + std::to_string(pair.score));
  }
  return names;
}

using Names = std::set<std::string>;

}  // namespace

TEST_CASE("the matcher finds the pairs and scores that trying every phase finds") {
  int with_pairs = 0;
  int several_pairs = 0;
  for (unsigned seed = 1; seed <= 6000; ++seed) {
    RandomGene random{seed};
    const Gene gene = random.gene();
    for (int k = 0; k < 4; ++k) {
      const Genotypes genotypes = random.sample(gene);
      if (std::ranges::all_of(genotypes.sites, [](auto g) { return g.is_missing(); })) continue;
      const auto expected = PhaseEnumerator{gene, genotypes}.pairs();
      const auto found = matched(gene, genotypes);
      with_pairs += expected.empty() ? 0 : 1;
      several_pairs += expected.size() > 1 ? 1 : 0;
      REQUIRE_MESSAGE(found == expected, "seed " << seed << shown(gene, genotypes) << "\nexpected " << list(expected)
                                                 << "\nfound    " << list(found));
    }
  }
  // The comparison means something only where there is something to find.
  CHECK(with_pairs > 15000);
  CHECK(several_pairs > 4000);
}

TEST_CASE("the order of the sites changes no pair and no score") {
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    RandomGene random{seed};
    const Gene gene = random.gene();
    const Genotypes genotypes = random.sample(gene);
    const auto [moved, moved_genotypes] = stardose::test::reordered(gene, genotypes, random.order(gene.sites.size()));
    REQUIRE_MESSAGE(matched(gene, genotypes) == matched(moved, moved_genotypes), "seed " << seed);
  }
}

TEST_CASE("two unphased heterozygous sites allow both ways to pair") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G")
                        .allele("*3", "200=T")
                        .allele("*4", "100=G 200=T")
                        .build();
  CHECK(named(gene, "0/1 0/1") == Names{"*1/*4=4", "*2/*3=2"});
  CHECK(named(gene, "0|1 0|1") == Names{"*1/*4=4"});
  CHECK(named(gene, "0|1 1|0") == Names{"*2/*3=2"});
  CHECK(named(gene, "0|1@7 1|0@7") == Names{"*2/*3=2"});
  CHECK(named(gene, "0|1@7 1|0@8") == Names{"*1/*4=4", "*2/*3=2"});
}

TEST_CASE("a position that no one saw takes no part in the score") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G")
                        .allele("*3", "100=G 200=T")
                        .build();
  CHECK(named(gene, "1/1 .") == Names{"*2/*2=2", "*2/*3=2", "*3/*3=2"});
  CHECK(named(gene, "1/1 0/0") == Names{"*2/*2=2"});
}

TEST_CASE("an allele whose positions are all missing is not found by its absence") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G")
                        .allele("*3", "200=T")
                        .build();
  CHECK(named(gene, "0/0 .") == Names{"*1/*1=2"});
}

TEST_CASE("one copy is one allele, never a pair") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G")
                        .allele("*3", "100=G 200=Y")
                        .build();
  CHECK(named(gene, "1 0") == Names{"*2=1", "*3=1"});
  CHECK(named(gene, "1 1") == Names{"*3=2"});
}

TEST_CASE("an ambiguous letter costs a point where the strand carries the reference") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G 200=Y")
                        .build();
  CHECK(named(gene, "1/1 1/1") == Names{"*2/*2=4"});
  CHECK(named(gene, "1/1 0/1") == Names{"*2/*2=3"});
  CHECK(named(gene, "1/1 0/0") == Names{"*2/*2=2"});
}

TEST_CASE("an open position reads as the reference allele, also where that is not the assembly's base") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference 100=G")
                        .allele("*2", "200=T")
                        .allele("*38", "100=A")
                        .build();
  CHECK(named(gene, "1/1 1/1") == Names{"*2/*2=2"});
  CHECK(named(gene, "0/0 1/1").empty());
  CHECK(named(gene, "0/0 0/0") == Names{"*38/*38=2"});
}

TEST_CASE("a hundred unphased heterozygous sites are matched at once") {
  GeneBuilder builder;
  std::string genotypes;
  std::string variant;
  for (int k = 1; k <= 100; ++k) {
    builder.site(100 * k, "A", "G");
    variant += (k == 1 ? "" : " ") + std::to_string(100 * k) + "=G";
    genotypes += "0/1 ";
  }
  const Gene gene = builder.allele("*1", "reference").allele("*2", variant).build();
  CHECK(named(gene, genotypes) == Names{"*1/*2=200"});
}
