// Genes in which every damaging allele counts on its own.
#include "pharmaco/calling/lowest_function.h"

#include <doctest/doctest.h>

#include <string>

#include "pharmaco/phenotype/phenotyper.h"
#include "tests/builders/calls.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::call;
using stardose::test::called;
using stardose::test::GeneBuilder;

namespace {

/// Like DPYD: single variants, and HapB3 with an intron (400) and an exon position (300), the intron also alone.
GeneBuilder dpyd_like() {
  return GeneBuilder{}
      .calling("lowest_function")
      .method("activity_score")
      .undocumented("reference")
      .site(100, "A", "G")
      .site(200, "C", "T")
      .site(300, "G", "A")
      .site(400, "T", "C")
      .allele("Reference", "reference", "Normal function", "1")
      .allele("c.100A>G", "100=G", "No function", "0")
      .allele("c.200C>T", "200=T", "Decreased function", "0.5")
      .allele("c.1129", "400=C", "Decreased function", "0.5")
      .allele("c.1236 (HapB3)", "300=A 400=C", "Decreased function", "0.5")
      .phenotype("0", "0.5", "Poor Metabolizer")
      .phenotype("1", "1.5", "Intermediate Metabolizer")
      .phenotype("2", ".", "Normal Metabolizer");
}

std::string phenotype(const Gene& gene, const std::string& genotypes) {
  const GeneResult result = read_phenotype(gene, call(gene, genotypes));
  return result.readings.size() == 1 ? result.readings.front().diplotype + ": " + result.readings.front().phenotype
                                     : "";
}

}  // namespace

TEST_CASE("alleles that fit named pairs are called as any gene's") {
  const Gene gene = dpyd_like().build();
  CHECK(called(gene, "0/0 0/0 0/0 0/0") == "Reference/Reference");
  CHECK(called(gene, "0/1 0/0 0/0 0/0") == "Reference/c.100A>G");
  CHECK(called(gene, "0|1 1|0 0|0 0|0") == "c.100A>G/c.200C>T");
  CHECK(called(gene, "1/1 0/0 0/0 0/0") == "c.100A>G/c.100A>G");
}

TEST_CASE("several alleles on one phased strand are a combination") {
  const Gene gene = dpyd_like().build();
  CHECK(called(gene, "0|1 0|1 0|0 0|0") == "Reference/[c.100A>G + c.200C>T]");
  CHECK(called(gene, "1|1 0|1 0|0 0|0") == "c.100A>G/[c.100A>G + c.200C>T]");
  CHECK(call(gene, "0|1 0|1 0|0 0|0").status == CallStatus::called);
}

TEST_CASE("unphased alleles are listed one by one, twice when on both strands") {
  const Gene gene = dpyd_like().build();
  CHECK(called(gene, "0/1 0/1 0/0 0/0") == "c.100A>G, c.200C>T");
  CHECK(called(gene, "1/1 0/1 0/0 0/1") == "c.100A>G, c.100A>G, c.200C>T, c.1129");
}

TEST_CASE("phase sets are laid out every way, and each layout is an answer of its own") {
  const Gene gene = dpyd_like().build();
  CHECK(called(gene, "0|1@1 0|1@2 0/0 0/0") == "Reference/[c.100A>G + c.200C>T] or c.100A>G/c.200C>T");
  CHECK(call(gene, "0|1@1 0|1@2 0/0 0/0").status == CallStatus::ambiguous);
  CHECK(called(gene, "0|1@1 0|1@1 0/0 0/0") == "Reference/[c.100A>G + c.200C>T]");
  CHECK(called(gene, "0|1@1 1|0@1 0/0 0/0") == "c.100A>G/c.200C>T");
}

TEST_CASE("phased and unphased variants together are listed") {
  CHECK(called(dpyd_like().build(), "0|1 0/1 0/0 0/0") == "c.100A>G, c.200C>T");
}

TEST_CASE("the allele with more positions takes its variants first") {
  const Gene gene = dpyd_like().build();
  CHECK(called(gene, "0|0 0|0 0|1 0|1") == "Reference/c.1236 (HapB3)");
  CHECK(called(gene, "0|0 0|0 0|0 0|1") == "Reference/c.1129");
  CHECK(called(gene, "0|0 0|1 0|1 0|1") == "Reference/[c.200C>T + c.1236 (HapB3)]");
  CHECK(called(gene, "0/0 0/0 0/1 1/1") == "c.1129/c.1236 (HapB3)");
  CHECK(called(gene, "0/1 0/0 0/1 0/1") == "c.100A>G, c.1236 (HapB3)");
  CHECK(called(gene, "0/1 0/0 0/1 1/1") == "c.100A>G, c.1129, c.1236 (HapB3)");
}

TEST_CASE("where the intron was not seen the exon decides") {
  const Gene gene = dpyd_like().build();
  CHECK(called(gene, "0/1 0/0 0/1 .") == "c.100A>G, c.1236 (HapB3)");
  CHECK(called(gene, "0|1 0|0 0|1 .") == "Reference/[c.100A>G + c.1236 (HapB3)]");
}

TEST_CASE("where the exon was not seen the intron alone is what was found") {
  const Gene gene = dpyd_like().build();
  CHECK(called(gene, "0|0 0|0 . 0|1") == "Reference/c.1129");
  CHECK(called(gene, "0/0 0/0 . 1/1") == "c.1129/c.1129");
  CHECK(called(gene, "0/1 0/0 . 0/1") == "c.100A>G, c.1129");
  CHECK(called(gene, "0|1 0|0 . 0|1") == "Reference/[c.100A>G + c.1129]");
  CHECK(call(gene, "0|0 0|0 . 0|1").untested == std::vector<std::size_t>{4});
}

TEST_CASE("the exon without the intron is not HapB3, and is said not to count") {
  const Gene gene = dpyd_like().build();
  CHECK(called(gene, "0/1 0/0 0/1 0/0") == "Reference, c.100A>G");
  CHECK(call(gene, "0/1 0/0 0/1 0/0").uncounted == std::vector<std::size_t>{2});
  CHECK(call(gene, "0|1 0|0 0|1 0|0").uncounted == std::vector<std::size_t>{2});
  CHECK(call(gene, "0/1 0/0 0/1 0/1").uncounted.empty());
}

TEST_CASE("strands score the positions that their alleles ask") {
  CHECK(call(dpyd_like().build(), "0|1 0|1 0|0 0|0").diplotypes.front().score == 6);
  CHECK(call(dpyd_like().build(), "1|1 0|1 0|1 0|1").diplotypes.front().score == 5);
}

TEST_CASE("of the ways in which phase sets can lie the one that works least decides") {
  const Gene gene = dpyd_like().build();
  const std::string sets = "0|1@1 0|1@2 0/0 0/0";
  CHECK(called(gene, sets) == "Reference/[c.100A>G + c.200C>T] or c.100A>G/c.200C>T");
  CHECK(phenotype(gene, sets) == "c.100A>G/c.200C>T: Poor Metabolizer");
}

TEST_CASE("the two alleles that work least decide the phenotype") {
  const Gene gene = dpyd_like().build();
  CHECK(phenotype(gene, "0/1 0/1 0/0 0/0") == "c.100A>G/c.200C>T: Poor Metabolizer");
  CHECK(phenotype(gene, "1/1 0/1 0/0 0/1") == "c.100A>G/c.100A>G: Poor Metabolizer");
  CHECK(phenotype(gene, "0|1 0|1 0|0 0|0") == "Reference/[c.100A>G + c.200C>T]: Intermediate Metabolizer");
  CHECK(phenotype(gene, "0/0 0/0 0/0 0/0") == "Reference/Reference: Normal Metabolizer");
}

TEST_CASE("the worst allele is the least active, and an unknown one lies between none and full") {
  const Gene gene = dpyd_like().allele("c.9", "100=G 200=T", "Unknown function", "n/a").build();
  CHECK(worst_allele(gene, {0, 2, 1}) == 1);
  CHECK(worst_allele(gene, {0, 2, 4}) == 2);
  CHECK(worst_allele(gene, {0, 5}) == 5);
  CHECK(worst_allele(gene, {5, 2}) == 2);
  CHECK(worst_allele(gene, {0}) == 0);
}

TEST_CASE("without activity values the first function of the gene's list is the worst") {
  const Gene gene = GeneBuilder{}
                        .calling("lowest_function")
                        .method("functions")
                        .setting("worst_first: [Malignant, Uncertain function, Normal function]")
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .site(300, "G", "A")
                        .allele("Reference", "reference")
                        .allele("a", "100=G", "Malignant")
                        .allele("b", "200=T", "Uncertain function")
                        .allele("c", "300=A", ".")
                        .phenotype("Malignant", "Normal function", "Susceptible")
                        .build();
  CHECK(worst_allele(gene, {0, 1, 2}) == 1);
  CHECK(worst_allele(gene, {0, 3}) == 3);
  CHECK(worst_allele(gene, {3, 1}) == 1);
  CHECK(called(gene, "0/1 0/1 0/0") == "a, b");
  const GeneResult sets = read_phenotype(gene, call(gene, "0|1@1 0|1@2 0/0"));
  REQUIRE(sets.readings.size() == 1);
  CHECK(sets.readings.front().diplotype == "a/b");
}

TEST_CASE("an undocumented variant stops a gene that does not read it as reference") {
  const Gene strict = dpyd_like().undocumented("no_call").build();
  CHECK(call(strict, "0/1 0/1 0/o 0/0").reason == NoCallReason::undocumented_variant);
  CHECK(called(dpyd_like().build(), "0/1 0/1 0/o 0/0") == "c.100A>G, c.200C>T");
}
