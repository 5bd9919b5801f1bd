// Genes on GRCh37: called from the same alleles, whatever base the assembly has.
#include "pharmaco/knowledge/gene_place.h"

#include <doctest/doctest.h>

#include <string>

#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/describe.h"
#include "tests/builders/calls.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::genomics::Assembly;
using stardose::test::call;
using stardose::test::called;
using stardose::test::GeneBuilder;
using Texts = std::vector<std::string>;

namespace {

/// GRCh37 has the base of *2 at the first position, and no certain place for the last.
GeneBuilder two_bases() {
  return GeneBuilder{}
      .contig("chr10")
      .site_on_both(100, "A", "C,G", "70", "G", "rs1")
      .site_on_both(200, "C", "T", "170", "C")
      .site(300, "G", "A", "rs3")
      .allele("*1", "reference")
      .allele("*2", "100=G")
      .allele("*3", "200=T")
      .allele("*4", "300=A");
}

Gene on(Assembly assembly, const GeneBuilder& builder) {
  Gene gene = builder.build();
  place_on(gene, assembly);
  return gene;
}

}  // namespace

TEST_CASE("alleles keep their numbers on GRCh37, so that definitions mean the same") {
  for (const Assembly assembly : {Assembly::grch37, Assembly::grch38}) {
    const Gene gene = on(assembly, two_bases());
    CHECK(called(gene, "0/0 0/0 0/0") == "*1/*1");
    CHECK(called(gene, "0|2 1|0 0/0") == "*2/*3");
  }
}

TEST_CASE("an absent position that counts as reference has the base of its assembly") {
  CHECK(called(on(Assembly::grch38, two_bases()), ". 0/1 0/0", true) == "*1/*3");
  const Gene gene = on(Assembly::grch37, two_bases());
  CHECK(called(gene, ". 0/0 0/0", true) == "*2/*2");
  CHECK(call(gene, ". 0/0 0/0", true).assumed == 1);
  CHECK(called(gene, ". . 0/0", true) == "*2/*2");
  CHECK(called(gene, ". 0/0 0/0", false) == "*1/*1");
}

TEST_CASE("half a genotype with the assembly's base says nothing, with another it is a half-call") {
  const Gene gene = on(Assembly::grch37, two_bases());
  CHECK(call(gene, "2/. 0/0 0/0").missing == std::vector<std::size_t>{0});
  CHECK(call(gene, "0/. 0/0 0/0").reason == NoCallReason::half_call);
  CHECK(call(on(Assembly::grch38, two_bases()), "2/. 0/0 0/0").reason == NoCallReason::half_call);
}

TEST_CASE("positions are named where they are on the input's assembly") {
  const Gene gene = on(Assembly::grch37, two_bases());
  const GeneCall result = call(gene, "./. 0/0 not_placed", true);
  const GeneFinding finding = describe_call(gene, result, read_phenotype(gene, result));
  CHECK(finding.missing_sites == Texts{"chr10:70 rs1", "chr10:300 of GRCh38 rs3"});
  REQUIRE_FALSE(finding.remarks.empty());
  CHECK(finding.remarks.front() == "Not placed on GRCh37 with certainty: chr10:300 of GRCh38 rs3.");
  CHECK(result.assumed == 0);
}

TEST_CASE("a gene that has no place, or a required position without one, is a no call that says so") {
  const std::string words = to_text(NoCallReason::not_placed);
  const Gene nowhere = on(Assembly::grch37, GeneBuilder{}.site(100, "A", "G").allele("*1", "reference"));
  CHECK(called(nowhere, "not_placed", true) == words);
  const Gene required = on(Assembly::grch37, two_bases().setting("required: [300]"));
  CHECK(called(required, "0/0 0/0 not_placed") == words);
  CHECK(called(required, "0/0 0/0 ./.") == words);
  CHECK(called(on(Assembly::grch38, two_bases().setting("required: [300]")), "0/0 0/0 ./.") ==
        to_text(NoCallReason::required_missing));
  const Gene mitochondrial = on(Assembly::grch37, GeneBuilder{}
                                                      .contig("chrM")
                                                      .ploidy("mitochondrial")
                                                      .site_on_both(9, "A", "G", "9", "A")
                                                      .allele("*1", "reference"));
  CHECK(called(mitochondrial, "other_sequence", true) == to_text(NoCallReason::other_sequence));
}
