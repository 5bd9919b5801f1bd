// Evidence in words.
#include "pharmaco/report/evidence.h"

#include <doctest/doctest.h>

#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/describe.h"
#include "tests/builders/calls.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::call;
using stardose::test::GeneBuilder;
using stardose::test::sites_of;

namespace {

GeneBuilder builder() {
  return GeneBuilder{}
      .method("functions")
      .contig("chr10")
      .site(100, "A", "G", "rs1")
      .site(200, "C", "T")
      .allele("*1", "reference")
      .allele("*2", "100=G", "No function")
      .allele("*3", "100=G 200=T", "Decreased function")
      .allele("*4", "200=T", "Normal function")
      .phenotype("No function", "Normal function", "Intermediate")
      .phenotype("Decreased function", "Normal function", "Slow")
      .phenotype("No function", "No function", "Poor")
      .phenotype("Decreased function", "No function", "Poor")
      .phenotype("Decreased function", "Decreased function", "Poor")
      .phenotype("Normal function", "Normal function", "Normal");
}

OpenCause cause(const Gene& gene, const std::string& genotypes) {
  const GeneCall result = call(gene, genotypes);
  return describe_call(gene, result, read_phenotype(gene, result)).open;
}

}  // namespace

TEST_CASE("the runner-up lost by positions that it does not define") {
  const Gene gene = builder().build();
  const GeneCall result = call(gene, "0/1 0/1");
  CHECK(to_text(gene, result.diplotypes.front()) == "*1/*3");
  CHECK(to_text(gene, result.next_best.pair) == "*2/*4");
  CHECK(why_not(gene, result) ==
        "scores 2 against 4: *2 and *4 do not define chr10:100 rs1, chr10:200, where *1 and *3 agree");
  const GeneCall missing = call(gene, "./. 0/0");
  CHECK(missing.next_best.why == NextBest::Why::none);
}

TEST_CASE("a pair that explains as much but is not preferred is named so") {
  const Gene gene = builder()
                        .allele("*5", "100=A 200=C")
                        .setting("unphased_preference: [{among: [\"*1/*3\", \"*2/*4\"], pick: \"*2/*4\"}]")
                        .build();
  const GeneCall result = call(gene, "0/1 0/1");
  REQUIRE(result.next_best.why == NextBest::Why::preference);
  CHECK(to_text(gene, result.next_best.pair) == "*1/*3");
  CHECK(why_not(gene, result) == "explains the variants as well; the catalogue prefers *2/*4 where phase is not known");
}

TEST_CASE("the nearest pair of a no call is contradicted somewhere") {
  const Gene gene = GeneBuilder{}
                        .contig("chr1")
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G")
                        .build();
  GeneCall result = call(gene, "0/1 0/1");
  REQUIRE(has_nearest(result));
  const auto sample = sites_of("0/1 0/1");
  result.next_best = GeneCaller{gene, {}}.nearest(sample.sites, sample.phase_sets);
  GeneFinding finding;
  describe_runner_up(gene, result, finding);
  CHECK(finding.runner_up == "*1/*2");
  CHECK(finding.runner_up_why == "contradicted at chr1:200");
}

TEST_CASE("what leaves a gene open is a cause, not a guess from its words") {
  const Gene gene = builder().build();
  CHECK(cause(gene, "0/0 0/0") == OpenCause::none);
  CHECK(cause(gene, "./. 0/0") == OpenCause::missing_positions);
  CHECK(cause(gene, ". .") == OpenCause::missing_positions);
  CHECK(cause(gene, "1/. 0/0") == OpenCause::half_genotype);
  CHECK(cause(gene, "0/o 0/0") == OpenCause::unknown_variant);
  CHECK(cause(gene, "0 0/0") == OpenCause::number_of_copies);
  CHECK(cause(gene, "structural 0/0") == OpenCause::hidden_variant);
  CHECK(
      cause(
          GeneBuilder{}.site(100, "A", "G").site(200, "C", "T").allele("*1", "reference").allele("*2", "100=G").build(),
          "0/0 0/1") == OpenCause::unknown_combination);
  const Gene tied = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "100=A 200=C reference")
                        .allele("*2", "100=G 200=C")
                        .allele("*3", "100=A 200=T")
                        .allele("*4", "100=G 200=T")
                        .build();
  CHECK(cause(tied, "0/1 0/1") == OpenCause::phase);
}

TEST_CASE("percentages never claim what is not certain") {
  CHECK(percent(0.9721) == "97.2 %");
  CHECK(percent(0.99995) == ">99.9 %");
  CHECK(percent(1e-6) == "<0.1 %");
}

TEST_CASE("advice repeats what a missing position could change, and nothing else") {
  const Gene gene = builder().build();
  const auto caveat = [&](const std::string& genotypes) {
    const GeneCall result = call(gene, genotypes);
    return caveat_of(gene, result, describe_call(gene, result, read_phenotype(gene, result)));
  };
  CHECK(caveat("./. 0/0") == "TEST could also be Intermediate, Poor: 1 of 2 positions missing.");
  CHECK(caveat("0/1 0/0") == "");
  CHECK(caveat("0/0 ./.") == "");  // *4 works as *1 does
}
