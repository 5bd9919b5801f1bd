// What follows from calls made elsewhere.
#include "pharmaco/phenotype/outside_call.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>

#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;
using Texts = std::vector<std::string>;

namespace {

const Gene& cyp2d6() {
  static const Gene gene = GeneBuilder{"CYP2D6"}
                               .method("activity_score")
                               .site(100, "A", "G")
                               .allele("*1", "reference", "Normal function", "1")
                               .allele("*2", "100=G", "Normal function", "1")
                               .allele("*4", ".", "No function", "0")
                               .allele("*5", ".", "No function", "0")
                               .allele("*10", ".", "Decreased function", "0.25")
                               .allele("*22", ".", "Uncertain function", "n/a")
                               .allele("*36", ".", "No function", "0")
                               .allele("*1x2", ".", "Increased function", "2")
                               .phenotype("0", "0", "Poor")
                               .phenotype("0.25", "1", "Intermediate")
                               .phenotype("1.25", "2.25", "Normal")
                               .phenotype("2.5", ".", "Ultrarapid")
                               .build();
  return gene;
}

const Gene& cyp2c19() {
  static const Gene gene = GeneBuilder{"CYP2C19"}
                               .method("functions")
                               .site(100, "A", "G")
                               .allele("*1", "reference")
                               .allele("*2", "100=G", "No function")
                               .allele("*4.001", ".", "No function", ".", "*4")
                               .phenotype("No function", "Normal function", "Intermediate")
                               .phenotype("No function", "No function", "Poor")
                               .build();
  return gene;
}

const Gene& hla_b() {
  static const Gene gene = GeneBuilder{"HLA-B"}
                               .method("presence")
                               .calling("outside_only")
                               .allele("*15:02", ".")
                               .allele("*57:01", ".")
                               .build();
  return gene;
}

OutsideCall states(const std::string& diplotype, const std::string& phenotype = "", const std::string& score = "") {
  OutsideCall call{diplotype, {}, std::nullopt};
  if (!phenotype.empty()) call.phenotypes = {phenotype};
  if (!score.empty()) call.score = read_activity_score(score);
  return call;
}

OutsideResult read_all(const Gene& gene, const std::vector<OutsideCall>& calls) {
  const OutsideResult outside = read_outside_calls(gene, calls);
  CHECK(outside.result.gene == gene.symbol);
  return outside;
}

GeneReading read(const Gene& gene, const OutsideCall& call) {
  const OutsideResult outside = read_all(gene, {call});
  CHECK(outside.result.status == CallStatus::called);
  REQUIRE(outside.result.readings.size() == 1);
  return outside.result.readings.front();
}

/// `STATED | SET ASIDE`, joined by `; `.
std::string contradictions(const Gene& gene, const OutsideCall& call) {
  std::string text;
  for (const Contradiction& found : read_all(gene, {call}).contradictions) {
    text += (text.empty() ? "" : "; ") + found.first + " | " + found.second;
  }
  return text;
}

/// `1.25 Normal`; `-` for no score.
std::string scored(const std::string& diplotype) {
  const GeneReading reading = read(cyp2d6(), states(diplotype));
  return (reading.score ? to_string(*reading.score) : "-") + " " + reading.phenotype;
}

Texts typed(const std::string& diplotype) { return read(hla_b(), states(diplotype)).statuses; }

}  // namespace

TEST_CASE("two known alleles give the sum of their activities") {
  CHECK(scored("*1/*4") == "1.0 Intermediate");
  CHECK(scored("*4/*5") == "0.0 Poor");
  CHECK(scored("*1/*1") == "2.0 Normal");
  CHECK(scored(" *1 / *4 ") == "1.0 Intermediate");
}

TEST_CASE("suballeles count as their core") {
  CHECK(scored("*4.024/*10.002") == "0.25 Intermediate");
  CHECK(read(cyp2c19(), states("*1/*4.024")).phenotype == "Intermediate");
}

TEST_CASE("copies multiply, whether the table has them or not") {
  CHECK(scored("*1/*2x2") == "3.0 Ultrarapid");
  CHECK(scored("*1x2/*1") == "3.0 Ultrarapid");
  CHECK(scored("*10x2/*4") == "0.5 Intermediate");
  CHECK(scored("*4x3/*4") == "0.0 Poor");
}

TEST_CASE("copies that were not counted are at least so many") {
  CHECK(scored("*1/*2xN") == ">=3.0 Ultrarapid");
  CHECK(scored("*1/*2x>=3") == ">=4.0 Ultrarapid");
  CHECK(scored("*1/*2x\u22653") == ">=4.0 Ultrarapid");
  CHECK(scored("*4/*4xN") == "0.0 Poor");
  CHECK(scored("*4/*10xN") == ">=0.5 Indeterminate");
}

TEST_CASE("alleles in tandem add up") {
  CHECK(scored("*1/*36+*10") == "1.25 Normal");
  CHECK(scored("*36x2 + *10/*4") == "0.25 Intermediate");
}

TEST_CASE("an allele of unknown activity, or none that is known, leaves the gene indeterminate") {
  for (const char* diplotype : {"*1/*22", "*1/*999", "*1/*2x0", "*1/*2x99", "*1/*2x", "*1/*1x2.5", "*1/x2",
                                "*1/*36+*999", "*1/+", "nonsense"}) {
    INFO(diplotype);
    CHECK(scored(diplotype) == "- Indeterminate");
  }
}

TEST_CASE("a missing or third haplotype leaves the gene indeterminate") {
  for (const char* diplotype : {"*1/", "/*1", "*1/*1/*1", "/", "*1"}) {
    INFO(diplotype);
    CHECK(scored(diplotype) == "- Indeterminate");
    CHECK(read(cyp2c19(), states(diplotype)).phenotype == "Indeterminate");
  }
}

TEST_CASE("functions give the phenotype of genes without scores") {
  CHECK(read(cyp2c19(), states("*1/*2")).phenotype == "Intermediate");
  CHECK(read(cyp2c19(), states("*2/*2")).phenotype == "Poor");
  CHECK(read(cyp2c19(), states("*2/*99")).phenotype == "Indeterminate");
  CHECK_FALSE(read(cyp2c19(), states("*1/*2")).score.has_value());
}

TEST_CASE("what the call states goes before what would be derived, and is told where they differ") {
  CHECK(read(cyp2d6(), states("*1/*4", "Normal")).phenotype == "Normal");
  CHECK(contradictions(cyp2d6(), states("*1/*4", "Normal")) ==
        "Normal | the diplotype *1/*4, which gives Intermediate");
  const GeneReading by_score = read(cyp2d6(), states("*1/*1", "", "0"));
  CHECK(by_score.phenotype == "Poor");
  CHECK(by_score.score == ActivityScore{0, false});
  CHECK(contradictions(cyp2d6(), states("*1/*1", "", "0")) ==
        "activity score 0.0 | the diplotype *1/*1, whose score is 2.0");
  CHECK(read(cyp2d6(), states("", "", ">=3")).phenotype == "Ultrarapid");
  CHECK(read(cyp2d6(), states("", "Poor")).phenotype == "Poor");
}

TEST_CASE("a score of another phenotype than the one stated is set aside") {
  // Guidance that asks for a score must not act on one that the laboratory's own phenotype denies.
  const GeneReading stated = read(cyp2d6(), states("", "Poor", "2"));
  CHECK(stated.phenotype == "Poor");
  CHECK_FALSE(stated.score.has_value());
  CHECK(contradictions(cyp2d6(), states("", "Poor", "2")) == "Poor | activity score 2.0, which gives Normal");
  CHECK_FALSE(read(cyp2d6(), states("*1/*1", "Poor")).score.has_value());
  CHECK(contradictions(cyp2d6(), states("*1/*1", "Poor", ">=4")) ==
        "activity score >=4.0 | the diplotype *1/*1, whose score is 2.0; "
        "Poor | the diplotype *1/*1, which gives Normal; "
        "Poor | activity score >=4.0, which gives Ultrarapid");
}

TEST_CASE("a call that agrees with itself contradicts nothing") {
  CHECK(contradictions(cyp2d6(), states("*1/*10", "Normal", "1.25")).empty());
  CHECK(read(cyp2d6(), states("*1/*10", "Normal", "1.25")).score == ActivityScore{125, false});
  CHECK(contradictions(cyp2d6(), states("*1/*22", "Poor")).empty());
  CHECK(contradictions(hla_b(), states("*57:01/*08:01", "*57:01 positive")).empty());
}

TEST_CASE("the smaller name goes first, suballeles are trimmed, and copies are written as the catalogue has them") {
  CHECK(read(cyp2d6(), states("*10/*2")).diplotype == "*2/*10");
  CHECK(read(cyp2d6(), states("*10.002/*4.024")).diplotype == "*4/*10");
  CHECK(read(cyp2d6(), states("*1x2/*36 + *10")).diplotype == "*1x2/*36 + *10");
  CHECK(read(cyp2d6(), states("*36+*10.001/*2")).diplotype == "*2/*36+*10");
  CHECK(read(hla_b(), states("HLA-B*58:01:01/B*57:01:01G")).diplotype == "*57:01/*58:01");
  CHECK(read(hla_b(), states("*57:01N/*08:01")).diplotype == "*08:01/*57:01N");
}

TEST_CASE("three copies or more take the name that stands for them") {
  const Gene gene = GeneBuilder{"CYP2D6"}
                        .method("activity_score")
                        .site(100, "A", "G")
                        .allele("*1", "reference", "Normal function", "1")
                        .allele("*4", ".", "No function", "0")
                        .allele("*1x2", ".", "Increased function", "2")
                        .allele("*1x>=3", ".", "Increased function", ">=3")
                        .phenotype("0", "2.25", "Normal")
                        .phenotype("2.5", ".", "Ultrarapid")
                        .build();
  for (const char* spelling : {"*1x3/*4", "*1x7/*4", "*4/*1x>=3", "*4/*1x\u22653"}) {
    INFO(spelling);
    const GeneReading reading = read(gene, states(spelling));
    CHECK(to_string(*reading.score) == ">=3.0");
    CHECK(reading.phenotype == "Ultrarapid");
    CHECK(reading.diplotype.find("*1x>=3") != std::string::npos);
  }
  CHECK(read(gene, states("*4/*1xN")).diplotype == "*1xN/*4");
}

TEST_CASE("the gene before its alleles is no part of their names") {
  for (const char* spelling : {"CYP2D6*4/CYP2D6*10", "CYP2D6 *4/CYP2D6 *10", "CYP2D6*4/*10"}) {
    INFO(spelling);
    const OutsideResult outside = read_all(cyp2d6(), {states(spelling)});
    CHECK(outside.not_known.empty());
    CHECK(outside.result.readings.at(0).diplotype == "*4/*10");
    CHECK(outside.result.readings.at(0).phenotype == "Intermediate");
  }
  CHECK(read_all(cyp2d6(), {states("CYP2D7*4/*10")}).not_known == Texts{"CYP2D7*4"});
}

TEST_CASE("alleles that the catalogue does not know are named") {
  CHECK(read_all(cyp2d6(), {states("*1/*999")}).not_known == Texts{"*999"});
  CHECK(read_all(cyp2d6(), {states("*1/*4")}).not_known.empty());
}

TEST_CASE("several calls of one gene are all kept, in order, and leave it open") {
  const OutsideResult outside = read_all(cyp2d6(), {states("*4/*10"), states("*1/*4"), states("*10/*4")});
  CHECK(outside.result.status == CallStatus::ambiguous);
  REQUIRE(outside.result.readings.size() == 2);
  CHECK(outside.result.readings[0].diplotype == "*1/*4");
  CHECK(outside.result.readings[1].diplotype == "*4/*10");
}

TEST_CASE("a call without a result is no call, and gives way to one that has it") {
  CHECK(read_all(cyp2d6(), {states("")}).result.status == CallStatus::no_call);
  CHECK(read_all(cyp2d6(), {states("")}).result.readings.empty());
  CHECK(read_all(cyp2d6(), {states(""), states("*1/*4")}).result.status == CallStatus::called);
}

TEST_CASE("an activity score says nothing of a gene that has none") {
  CHECK(read(cyp2c19(), states("*1/*2", "", "1")).phenotype == "Intermediate");
  CHECK_FALSE(read(cyp2c19(), states("*1/*2", "", "1")).score.has_value());
}

TEST_CASE("typing to two fields or more tells which alleles are there and which are not") {
  const Texts positive{"*15:02 negative", "*57:01 positive"};
  for (const char* diplotype : {"*57:01/*08:01", "*08:01/*57:01", "*57:01:01/*08:01:01:01", "HLA-B*57:01/HLA-B*08:01",
                                "B*57:01/B*08:01", "*57:01P/*08:01P", "*57:01:01G/*08:01:01G"}) {
    INFO(diplotype);
    CHECK(typed(diplotype) == positive);
  }
  CHECK(typed("*08:01/*07:02") == Texts{"*15:02 negative", "*57:01 negative"});
  CHECK(typed("*57:01/*15:02") == Texts{"*15:02 positive", "*57:01 positive"});
  CHECK(typed("*57:11/*15:021") == Texts{"*15:02 negative", "*57:01 negative"});
}

TEST_CASE("typing that is not understood rules no allele out") {
  for (const char* other : {"*57", "*57:XX", "57:01", "HLA-A*57:01", "*57:01N", "unknown", "", "*57:01/?"}) {
    INFO(other);
    CHECK(typed(std::string{"*15:02/"} + other).front() == "*15:02 positive");
    CHECK(typed(std::string{"*08:01/"} + other).size() <= 1);
    for (const std::string& status : typed(std::string{"*08:01/"} + other)) CHECK(status.ends_with(" positive"));
  }
}

TEST_CASE("a stated presence is taken as it stands") {
  CHECK(read(hla_b(), states("", "*57:01 positive")).statuses == Texts{"*57:01 positive"});
  CHECK(read(hla_b(), states("*08:01/*07:02", "*57:01 positive")).statuses ==
        Texts{"*15:02 negative", "*57:01 positive"});
  CHECK(contradictions(hla_b(), states("*08:01/*07:02", "*57:01 positive")) ==
        "*57:01 positive | the typing *07:02/*08:01");
}

TEST_CASE("one typed allele is taken for both copies, and told") {
  CHECK(typed("*15:02") == Texts{"*15:02 positive", "*57:01 negative"});
  CHECK(read_all(hla_b(), {states("*15:02")}).one_copy_typed);
  CHECK_FALSE(read_all(hla_b(), {states("*15:02/*15:02")}).one_copy_typed);
}
