// Findings in words.
#include "pharmaco/report/describe.h"

#include <doctest/doctest.h>

#include <string>

#include "pharmaco/phenotype/phenotyper.h"
#include "tests/builders/calls.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::call;
using stardose::test::GeneBuilder;
using Texts = std::vector<std::string>;

namespace {

GeneBuilder small() {
  return GeneBuilder{}
      .method("functions")
      .contig("chr10")
      .site(100, "A", "G", "rs1")
      .site(200, "C", "T")
      .allele("*1", "reference")
      .allele("*2", "100=G", "No function")
      .allele("*45.001", "200=T", "No function", ".", "*45")
      .phenotype("No function", "Normal function", "Intermediate")
      .phenotype("Normal function", "Normal function", "Normal")
      .phenotype("No function", "No function", "Poor");
}

GeneFinding described(const Gene& gene, const std::string& genotypes, bool assume_reference = false) {
  const GeneCall result = call(gene, genotypes, assume_reference, true);
  return describe_call(gene, result, read_phenotype(gene, result));
}

}  // namespace

TEST_CASE("a call is told with its evidence") {
  const GeneFinding finding = described(small().build(), "0/1 0/0");
  GeneFinding expected;
  expected.gene = "TEST";
  expected.has_guidance = false;
  expected.status = CallStatus::called;
  expected.diplotypes = {"*1/*2"};
  expected.phenotypes = {"Intermediate"};
  expected.basis = "variants";
  expected.phasing = "one heterozygous position";
  expected.sites_total = 2;
  expected.sites_seen = 2;
  CHECK((finding == expected));
}

TEST_CASE("missing positions are named, and what they leave open") {
  const GeneFinding finding = described(small().build(), "0/1 ./.");
  CHECK(finding.sites_missing == 1);
  CHECK(finding.missing_sites == Texts{"chr10:200"});
  CHECK(finding.untested_alleles == Texts{"*45.001"});
  CHECK(finding.could_also_be == Texts{"Poor"});
  CHECK(finding.open == OpenCause::missing_positions);
  CHECK(finding.remarks == Texts{"Positions without a genotype: 1 of 2; not ruled out: *45."});
  CHECK(described(small().build(), ". 0/1").missing_sites == Texts{"chr10:100 rs1"});
}

TEST_CASE("of many alleles left open the first five are named") {
  GeneBuilder builder = small();
  builder.site(300, "G", "A,C,T").site(400, "A", "C,G,T");
  for (const char* one : {"300=A", "300=C", "300=T", "400=C", "400=G", "400=T"})
    builder.allele(std::string{"*1"} + one[0] + one[4], one);
  const GeneFinding finding = described(builder.build(), "0/1 0/0 . .");
  REQUIRE(finding.remarks.size() == 1);
  CHECK(finding.remarks.front().starts_with("Positions without a genotype: 2 of 4; not ruled out: *13A, "));
  CHECK(finding.remarks.front().ends_with(" and 1 more named alleles."));
}

TEST_CASE("a missing position that matters to no other allele is said to") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G 200=T")
                        .build();
  CHECK(described(gene, "0/0 .").remarks ==
        Texts{"Positions without a genotype: 1 of 2; the others rule out every other named allele."});
}

TEST_CASE("absent positions that were taken as reference are counted") {
  const GeneFinding finding = described(small().build(), "0/1 .", true);
  CHECK(finding.sites_assumed == 1);
  CHECK(finding.sites_missing == 0);
  CHECK(finding.missing_sites.empty());
}

TEST_CASE("every position is seen, in a block, assumed or missing, and filtered ones say by what") {
  const Gene gene = small().site(300, "G", "A").site(400, "G", "A").site(500, "G", "A").build();
  const GeneFinding finding = described(gene, "0/1 [0/0] . low_depth low_quality", true);
  CHECK(finding.sites_seen == 1);
  CHECK(finding.sites_in_blocks == 1);
  CHECK(finding.sites_assumed == 1);
  CHECK(finding.sites_missing == 2);
  CHECK(finding.sites_filtered == 2);
  CHECK(finding.missing_sites == Texts{"chr10:400", "chr10:500"});
  CHECK(finding.filtered_sites == Texts{"chr10:400 (DP)", "chr10:500 (GQ)"});
  CHECK(finding.remarks.front() == "Positions filtered: 2 of 5 (DP 1, GQ 1).");
}

TEST_CASE("a variant that did not pass is named with its place and what it fell short of") {
  const auto remarks = [](const std::string& why) { return described(small().build(), why + " 0/0").remarks; };
  CHECK(remarks("failed_filter!") ==
        Texts{"Positions filtered: 1 of 2 (FILTER 1).", "At chr10:100 rs1: a variant that FILTER or FT rejects."});
  CHECK(remarks("low_depth!").back() == "At chr10:100 rs1: a variant on too few reads (DP).");
  CHECK(remarks("low_quality!").back() == "At chr10:100 rs1: a variant of too low a genotype quality (GQ).");
  CHECK(remarks("low_balance!").back() ==
        "At chr10:100 rs1: a variant with too few reads for one of its two alleles (AD).");
  CHECK(described(small().build(), "low_depth! 0/0").reason ==
        "a variant is present whose genotype did not pass the filters or thresholds");
}

TEST_CASE("an undocumented variant is named with its place, and whether it was read as reference") {
  CHECK(described(small().build(), "0/o 0/0").remarks ==
        Texts{"A variant that no named allele has is present at chr10:100 rs1."});
  CHECK(described(small().undocumented("reference").build(), "0/o o/o").remarks ==
        Texts{"A variant that no named allele has is present at chr10:100 rs1, chr10:200; it was read as reference."});
  CHECK(described(small().build(), "0/o 0/0").sites_undocumented == 1);
}

TEST_CASE("no call says why, and has neither basis nor phenotype") {
  const GeneFinding finding = described(small().build(), "1/. 0/0");
  CHECK(finding.status == CallStatus::no_call);
  CHECK(finding.reason == "a genotype is half missing");
  CHECK(finding.basis.empty());
  CHECK(finding.phenotypes.empty());
  CHECK(finding.diplotypes.empty());
}

TEST_CASE("an ambiguous call lists its diplotypes, and each phenotype once") {
  const Gene gene = GeneBuilder{}
                        .method("functions")
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G 200=C")
                        .allele("*3", "100=A 200=T")
                        .allele("*4", "100=G 200=T")
                        .phenotype("Normal function", "Normal function", "Normal")
                        .build();
  const GeneFinding finding = described(gene, "0/1 0/1");
  CHECK(finding.status == CallStatus::ambiguous);
  CHECK(finding.diplotypes == Texts{"*1/*4", "*2/*3"});
  CHECK(finding.phenotypes == Texts{"Normal"});
  CHECK(finding.reason == "several diplotypes explain the variants equally well");
}

TEST_CASE("a gene that structure decides carries its warning when called from variants") {
  CHECK(described(small().small_variants("insufficient").build(), "0/1 0/0").remarks ==
        Texts{"Called from small variants alone: deletions, copies and hybrids are not seen."});
}

TEST_CASE("a phenotype that rests on one site says so, with the bases seen") {
  const Gene gene = small()
                        .site(300, "T", "C", "rs3")
                        .allele("*5", "300=C", "No function")
                        .setting("inferred_from: {site: rs3, T: \"*1\", C: \"*5\"}")
                        .build();
  const GeneFinding finding = described(gene, "0/o 0/0 0/1");
  CHECK(finding.basis == "rs3 alone");
  CHECK(finding.phenotypes == Texts{"Intermediate"});
  CHECK(finding.remarks.back() == "No diplotype; the phenotype rests on rs3 alone (C/T).");
}

TEST_CASE("a combination is told as what it is: no allele of the catalogue, with no known function") {
  const Gene gene = small().allele("*9", "100=G 200=T").build();
  const auto described_as = [&](const std::string& genotypes) {
    const GeneCall result =
        stardose::test::call_with(gene, genotypes, {.find_combinations = true, .all_matches = true});
    return describe_call(gene, result, read_phenotype(gene, result));
  };
  const GeneFinding finding = described_as("1/. 0/0");
  CHECK(finding.status == CallStatus::combination);
  CHECK(finding.diplotypes == Texts{"*2/g.100?"});
  CHECK(finding.phenotypes == Texts{"Indeterminate"});
  CHECK(finding.reason == "no pair of named alleles explains the variants seen; alleles and variants together do");
  CHECK(finding.remarks.size() == 2);
  REQUIRE(finding.matches.size() == 1);
  CHECK(finding.matches.front() == MatchFinding{"*2/g.100?", 2, true, "Indeterminate", ""});
}

TEST_CASE("a variant that no allele of the call has is said not to count") {
  const Gene gene = GeneBuilder{}
                        .calling("lowest_function")
                        .site(100, "A", "G", "rs1")
                        .site(200, "C", "T")
                        .allele("Reference", "reference")
                        .allele("a", "100=G 200=T")
                        .build();
  CHECK(described(gene, "0|1 0|0").remarks ==
        Texts{"No named allele of the call has the variant at chr1:100 rs1; it was not counted."});
  CHECK(described(gene, "1|0@1 0|1@2").remarks ==
        Texts{"Of these diplotypes the one that works least decides the phenotype."});
}
