// What missing positions leave possible: alleles, pairs and phenotypes.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "pharmaco/calling/diplotype_matcher.h"
#include "pharmaco/phenotype/phenotyper.h"
#include "tests/builders/calls.h"
#include "tests/builders/gene_builder.h"
#include "tests/builders/random_gene.h"

using namespace stardose::pharmaco;
using stardose::genomics::SiteGenotype;
using stardose::test::call;
using stardose::test::GeneBuilder;
using stardose::test::RandomGene;
using Texts = std::vector<std::string>;

namespace {

GeneBuilder by_function() {
  return GeneBuilder{}
      .method("functions")
      .site(100, "A", "G")
      .site(200, "C", "T")
      .site(300, "G", "A")
      .allele("*1", "reference")
      .allele("*2", "100=G", "No function")
      .allele("*3", "200=T", "No function")
      .allele("*4", "300=A", "Uncertain function")
      .phenotype("Normal function", "Normal function", "Normal")
      .phenotype("No function", "Normal function", "Intermediate")
      .phenotype("No function", "No function", "Poor")
      .phenotype("Normal function", "Uncertain function", "Indeterminate")
      .phenotype("No function", "Uncertain function", "Indeterminate")
      .phenotype("Uncertain function", "Uncertain function", "Indeterminate");
}

Texts possible(const Gene& gene, const std::string& genotypes) {
  const GeneCall result = call(gene, genotypes);
  Texts words;
  for (const GeneReading& reading : read_possible(gene, result, read_phenotype(gene, result))) {
    words.push_back(reading.diplotype + " " + reading.phenotype);
  }
  return words;
}

}  // namespace

TEST_CASE("an allele whose only position is missing may be on one strand or on both") {
  const Gene gene = by_function().build();
  CHECK(possible(gene, "./. 0/0 0/0") == Texts{"*1/*2 Intermediate", "*2/*2 Poor"});
  CHECK(possible(gene, "./. 0/1 0/0") == Texts{"*2/*3 Poor"});
  CHECK(possible(gene, "0/0 0/0 0/0").empty());
}

TEST_CASE("what could not change the phenotype is not told") {
  const Gene gene = by_function().build();
  CHECK(possible(gene, "./. 1/1 0/0").empty());
  CHECK(possible(gene, "0/0 0/0 ./.").empty());  // an allele of unknown function
}

TEST_CASE("a gene without phenotypes is told by its diplotypes") {
  const Gene gene = by_function().method("none").build();
  CHECK(possible(gene, "./. 0/0 0/0") == Texts{"*1/*2 ", "*2/*2 "});
}

TEST_CASE("one copy has what one copy can be") {
  const Gene gene = by_function()
                        .ploidy("x_linked")
                        .phenotype("No function", ".", "Deficient")
                        .phenotype("Normal function", ".", "Well")
                        .build();
  CHECK(possible(gene, ". 0 0") == Texts{"*2 Deficient"});
}

TEST_CASE("where alleles count one by one, an unseen one may join any strand") {
  const Gene gene = by_function()
                        .calling("lowest_function")
                        .setting("worst_first: [No function, Uncertain function, Normal function]")
                        .build();
  CHECK(possible(gene, "./. 0/1 0/1") == Texts{"*2/*3 Poor"});
  CHECK(possible(gene, "./. 0|0 0|1") == Texts{"*1/*2 Intermediate", "*2/*2 Poor"});
}

TEST_CASE("an unseen allele is not ruled out by a variant of another on both strands") {
  const Gene gene = by_function()
                        .calling("lowest_function")
                        .setting("worst_first: [No function, Uncertain function, Normal function]")
                        .build();
  const GeneCall result = call(gene, "./. 0/0 1/1");
  CHECK(result.untested == std::vector<std::size_t>{1});
  CHECK(possible(gene, "./. 0/0 1/1") == Texts{"*2/*2 Poor"});  // with one *2 it is indeterminate, as it was
}

// Whatever stands at the missing positions: pairs that then explain the genotypes mean something that was foreseen.
TEST_CASE("no way to fill random missing positions leads to a pair that was not foreseen") {
  RandomGene random{7};
  std::mt19937 fill{11};
  int compared = 0;
  for (int round = 0; round < 4000; ++round) {
    Gene gene = random.gene();
    gene.phenotype.method = PhenotypeMethod::functions;
    for (std::size_t a = 0; a < gene.alleles.size(); ++a) gene.alleles[a].function = a % 3 == 0 ? "x" : "y";
    auto sample = random.sample(gene);
    const DiplotypeMatcher matcher{gene};
    const GeneSites before = prepare_sites(gene, sample.sites, sample.phase_sets, {});
    if (before.call.reason != NoCallReason::none || before.call.missing.empty() || before.one_copy) continue;
    const auto foreseen = matcher.possible(before);
    for (const std::size_t site : before.call.missing) {
      const auto top = static_cast<unsigned>(gene.sites[site].alts.size());
      const auto code = [&] { return static_cast<std::uint8_t>(fill() % (top + 1)); };
      sample.sites[site] = SiteGenotype{code(), code(), false};
    }
    const GeneSites after = prepare_sites(gene, sample.sites, sample.phase_sets, {});
    for (const Diplotype& pair : matcher.match(after)) {
      const auto alike = [&](const Haplotype& a, const Haplotype& b) {
        return works_alike(gene, a.alleles.front(), b.alleles.front());
      };
      CHECK(std::ranges::any_of(foreseen, [&](const Diplotype& known) {
        return (alike(known.first, pair.first) && alike(known.second, pair.second)) ||
               (alike(known.first, pair.second) && alike(known.second, pair.first));
      }));
      ++compared;
    }
  }
  CHECK(compared > 500);
}
