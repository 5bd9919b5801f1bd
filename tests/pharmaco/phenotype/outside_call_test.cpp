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

GeneReading read(const Gene& gene, const OutsideCall& call) {
  const GeneResult result = read_outside_call(gene, call);
  CHECK(result.gene == gene.symbol);
  CHECK(result.status == CallStatus::called);
  REQUIRE(result.readings.size() == 1);
  CHECK(result.readings.front().diplotype == call.diplotype);
  return result.readings.front();
}

/// `1.25 Normal`; `-` for no score.
std::string scored(const std::string& diplotype) {
  const GeneReading reading = read(cyp2d6(), {diplotype});
  return (reading.score ? to_string(*reading.score) : "-") + " " + reading.phenotype;
}

Texts typed(const std::string& diplotype) { return read(hla_b(), {diplotype}).statuses; }

}  // namespace

TEST_CASE("two known alleles give the sum of their activities") {
  CHECK(scored("*1/*4") == "1.0 Intermediate");
  CHECK(scored("*4/*5") == "0.0 Poor");
  CHECK(scored("*1/*1") == "2.0 Normal");
  CHECK(scored(" *1 / *4 ") == "1.0 Intermediate");
}

TEST_CASE("suballeles count as their core") {
  CHECK(scored("*4.024/*10.002") == "0.25 Intermediate");
  CHECK(read(cyp2c19(), {"*1/*4.024"}).phenotype == "Intermediate");
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
  for (const char* diplotype :
       {"*1/*22", "*1/*999", "*1/*2x0", "*1/*2x99", "*1/*2x", "*1/x2", "*1/*36+*999", "*1/+", "nonsense"}) {
    INFO(diplotype);
    CHECK(scored(diplotype) == "- Indeterminate");
  }
}

TEST_CASE("a missing or third haplotype leaves the gene indeterminate") {
  for (const char* diplotype : {"*1/", "/*1", "*1/*1/*1", "/", "*1"}) {
    INFO(diplotype);
    CHECK(scored(diplotype) == "- Indeterminate");
    CHECK(read(cyp2c19(), {diplotype}).phenotype == "Indeterminate");
  }
}

TEST_CASE("functions give the phenotype of genes without scores") {
  CHECK(read(cyp2c19(), {"*1/*2"}).phenotype == "Intermediate");
  CHECK(read(cyp2c19(), {"*2/*2"}).phenotype == "Poor");
  CHECK(read(cyp2c19(), {"*2/*99"}).phenotype == "Indeterminate");
  CHECK_FALSE(read(cyp2c19(), {"*1/*2"}).score.has_value());
}

TEST_CASE("what the call states goes before what would be derived") {
  CHECK(read(cyp2d6(), {"*1/*4", "Normal", ""}).phenotype == "Normal");
  const GeneReading by_score = read(cyp2d6(), {"*1/*1", "", "0"});
  CHECK(by_score.phenotype == "Poor");
  CHECK(by_score.score == ActivityScore{0, false});
  CHECK(read(cyp2d6(), {"", "", ">=3"}).phenotype == "Ultrarapid");
  CHECK(read(cyp2d6(), {"", "Poor", ""}).phenotype == "Poor");
  CHECK(read(cyp2d6(), {"", "Poor", "2"}).phenotype == "Poor");
}

TEST_CASE("an activity score says nothing of a gene that has none") {
  CHECK(read(cyp2c19(), {"*1/*2", "", "1"}).phenotype == "Intermediate");
  CHECK_FALSE(read(cyp2c19(), {"*1/*2", "", "1"}).score.has_value());
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
  CHECK(read(hla_b(), {"", "*57:01 positive", ""}).statuses == Texts{"*57:01 positive"});
}
