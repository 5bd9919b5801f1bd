// Ranking by Hardy-Weinberg, worked out by hand.
#include "pharmaco/calling/frequency_ranking.h"

#include <doctest/doctest.h>

#include "tests/builders/calls.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::call;
using stardose::test::GeneBuilder;
using stardose::test::shown;

namespace {

/// Unphased `0/1 0/1` is *1/*4 or *2/*3. Counts of 96 chromosomes: 90, 1, 5 and 0.
Gene tied(bool with_frequencies = true) {
  Gene gene = GeneBuilder{}
                  .method("functions")
                  .site(100, "A", "G")
                  .site(200, "C", "T")
                  .allele("*1", "100=A 200=C reference")
                  .allele("*2", "100=G 200=C", "No function")
                  .allele("*3", "100=A 200=T", "No function")
                  .allele("*4", "100=G 200=T")
                  .phenotype("No function", "No function", "Poor")
                  .phenotype("Normal function", "Normal function", "Normal")
                  .build();
  if (with_frequencies) gene.frequencies.populations = {{"EUR", 96, {{"*1", 90}, {"*2", 1}, {"*3", 5}}}};
  return gene;
}

GeneCall ranked(const Gene& gene, const std::string& genotypes, const RankingOptions& options) {
  GeneCall result = call(gene, genotypes);
  rank_by_frequency(gene, options, result);
  return result;
}

}  // namespace

TEST_CASE("the probability of a pair follows its alleles' frequencies, half a chromosome added to each") {
  const Gene gene = tied();
  const GeneCall result = ranked(gene, "0/1 0/1", {"EUR", 100});
  // 2 * 90.5 * 0.5 against 2 * 1.5 * 5.5: 45.25 to 8.25.
  REQUIRE(result.ranking.posteriors.size() == 2);
  CHECK(result.ranking.posteriors[0] == doctest::Approx(45.25 / 53.5));
  CHECK(result.ranking.posteriors[1] == doctest::Approx(8.25 / 53.5));
  CHECK(shown(gene, result) == "*1/*4 or *2/*3");
  CHECK(result.status == CallStatus::ambiguous);
}

TEST_CASE("the likelier pair comes first whatever its name") {
  Gene gene = tied();
  gene.frequencies.populations = {{"EUR", 100, {{"*1", 10}, {"*2", 45}, {"*3", 45}}}};
  CHECK(shown(gene, ranked(gene, "0/1 0/1", {"EUR", 100})) == "*2/*3 or *1/*4");
  CHECK(shown(gene, call(gene, "0/1 0/1")) == "*1/*4 or *2/*3");
}

TEST_CASE("a pair of one allele has no factor of two") {
  Gene gene = GeneBuilder{}
                  .site(100, "A", "G")
                  .site(200, "C", "T")
                  .allele("*1", "reference")
                  .allele("*2", "100=G")
                  .allele("*3", "100=G 200=T")
                  .build();
  gene.frequencies.populations = {{"EUR", 100, {{"*1", 20}, {"*2", 60}, {"*3", 20}}}};
  const GeneCall result = ranked(gene, "1/1 .", {"EUR", 100});
  REQUIRE(shown(gene, result) == "*2/*2 or *2/*3 or *3/*3");
  // 60.5^2, 2 * 60.5 * 20.5, 20.5^2: together 81^2.
  CHECK(result.ranking.posteriors[0] == doctest::Approx(60.5 * 60.5 / 6561));
  CHECK(result.ranking.posteriors[1] == doctest::Approx(2 * 60.5 * 20.5 / 6561));
}

TEST_CASE("a call is made only from the probability that was asked for") {
  const Gene gene = tied();
  CHECK(ranked(gene, "0/1 0/1", {"EUR", 85}).status == CallStatus::ambiguous);
  const GeneCall result = ranked(gene, "0/1 0/1", {"EUR", 84});
  CHECK(result.status == CallStatus::called);
  CHECK(shown(gene, result) == "*1/*4");
  REQUIRE(result.ranking.set_aside.size() == 1);
  CHECK(to_text(gene, result.ranking.set_aside.front()) == "*2/*3");
  CHECK(result.ranking.posteriors.size() == 2);
}

TEST_CASE("without frequencies nothing changes, and that is said") {
  const Gene gene = tied(false);
  const GeneCall result = ranked(gene, "0/1 0/1", {"EUR", 50});
  CHECK(result.status == CallStatus::ambiguous);
  CHECK(result.ranking.population == "EUR");
  CHECK(result.ranking.posteriors.empty());
}

TEST_CASE("a gene that is not ambiguous is not ranked") {
  const Gene gene = tied();
  CHECK(ranked(gene, "0|1 0|1", {"EUR", 50}).ranking.population.empty());
  CHECK(ranked(gene, "0/1 0/1", {"", 50}).ranking.population.empty());
}
