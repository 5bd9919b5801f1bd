// The pair nearest to genotypes that no pair explains.
#include "pharmaco/calling/nearest_pair.h"

#include <doctest/doctest.h>

#include "pharmaco/calling/gene_caller.h"
#include "tests/builders/gene_builder.h"
#include "tests/builders/genotypes.h"
#include "tests/builders/random_gene.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;
using stardose::test::sites_of;

namespace {

GeneBuilder four_sites() {
  return GeneBuilder{}
      .site(100, "A", "G")
      .site(200, "C", "T")
      .site(300, "G", "A")
      .site(400, "T", "C")
      .allele("*1", "reference")
      .allele("*2", "100=G")
      .allele("*3", "200=T")
      .allele("*4", "200=T 300=A");
}

struct Nearest {
  std::string pair;
  std::vector<std::size_t> against;
  friend bool operator==(const Nearest&, const Nearest&) = default;
};

Nearest nearest(const Gene& gene, const std::string& genotypes) {
  const auto sample = sites_of(genotypes);
  const NextBest next = GeneCaller{gene, {}}.nearest(sample.sites, sample.phase_sets);
  return {to_text(gene, next.pair), next.against};
}

}  // namespace

TEST_CASE("the pair with the fewest contradictions is nearest, and they are named") {
  const Gene gene = four_sites().build();
  CHECK((nearest(gene, "1/1 0/1 0/0 0/0") == Nearest{"*2/*2", {1}}));
  CHECK((nearest(gene, "0/1 0/0 0/0 1/1") == Nearest{"*1/*2", {3}}));
  CHECK((nearest(gene, "0/0 0/0 0/1 0/0") == Nearest{"*1/*1", {2}}));
}

TEST_CASE("phase groups are turned as suits the pair") {
  const Gene gene = four_sites().build();
  CHECK((nearest(gene, "0|1 0|1 0|1 0|0") == Nearest{"*1/*4", {0}}));
  CHECK((nearest(gene, "0|1 1|0 0|0 0/1") == Nearest{"*2/*3", {3}}));
}

TEST_CASE("where pairs explain random genotypes the nearest has nothing against it, and else it has") {
  stardose::test::RandomGene random{20261121};
  int explained = 0;
  int not_explained = 0;
  for (int round = 0; round < 3000; ++round) {
    const Gene gene = random.gene();
    const auto sample = random.sample(gene);
    const GeneSites sites = prepare_sites(gene, sample.sites, sample.phase_sets, {});
    if (sites.call.reason != NoCallReason::none) continue;
    const DiplotypeMatcher matcher{gene};
    const bool explains = !matcher.match(sites).empty();
    const NextBest next = nearest_pair(gene, matcher, sites);
    if (explains) CHECK(next.against.empty());
    if (!explains && sites.call.missing.empty()) CHECK_FALSE(next.against.empty());
    ++(explains ? explained : not_explained);
  }
  CHECK(explained > 500);
  CHECK(not_explained > 100);
}

TEST_CASE("one copy has a nearest allele") {
  const Gene gene = four_sites().ploidy("x_linked").build();
  CHECK((nearest(gene, "1 1 0 0") == Nearest{"*2", {1}}));
}

TEST_CASE("a variant that no definition knows contradicts every pair") {
  const Gene gene = four_sites().build();
  CHECK((nearest(gene, "0/1 0/0 0/0 0/o") == Nearest{"*1/*2", {3}}));
}
