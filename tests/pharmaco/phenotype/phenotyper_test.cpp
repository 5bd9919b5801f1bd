// From calls to phenotypes.
#include "pharmaco/phenotype/phenotyper.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/builders/calls.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::call;
using stardose::test::GeneBuilder;

namespace {

GeneBuilder functions() {
  return GeneBuilder{}
      .method("functions")
      .site(100, "A", "G")
      .site(200, "C", "T")
      .allele("*1", "reference")
      .allele("*2", "100=G", "No function")
      .allele("*3", "200=T", ".")
      .allele("*4", "100=G 200=T", "No function")
      .phenotype("Normal function", "Normal function", "Normal")
      .phenotype("No function", "Normal function", "Intermediate")
      .phenotype("No function", "No function", "Poor")
      .phenotype("Normal function", "Unknown function", "Possible")
      .phenotype("No function", ".", "Poor in one copy");
}

GeneBuilder scores() {
  return GeneBuilder{}
      .method("activity_score")
      .site(100, "A", "G")
      .site(200, "C", "T")
      .allele("*1", "reference", "Normal function", "1")
      .allele("*2", "100=G", "No function", "0")
      .allele("*3", "200=T", "Unknown function", "n/a")
      .phenotype("0", "1", "Low")
      .phenotype("1.25", ".", "High");
}

/// `*1/*2 Intermediate; ...`, with the score where there is one.
std::string read(const Gene& gene, const std::string& genotypes) {
  const GeneResult result = read_phenotype(gene, call(gene, genotypes));
  std::string text;
  for (const GeneReading& reading : result.readings) {
    text += (text.empty() ? "" : "; ") + reading.diplotype + " " + reading.phenotype;
    if (reading.score) text += " " + to_string(*reading.score);
  }
  return text;
}

}  // namespace

TEST_CASE("functions of two alleles become a phenotype") {
  const Gene gene = functions().build();
  CHECK(read(gene, "0/0 0/0") == "*1/*1 Normal");
  CHECK(read(gene, "0/1 0/0") == "*1/*2 Intermediate");
  CHECK(read(gene, "0/0 0/1") == "*1/*3 Possible");
  CHECK(read(gene, "1/1 0/1") == "*2/*4 Poor");
}

TEST_CASE("one copy is read by the rows of one copy") {
  CHECK(read(functions().ploidy("x_linked").build(), "1 0") == "*2 Poor in one copy");
  CHECK(read(functions().ploidy("x_linked").build(), "0 0") == "*1 Indeterminate");
}

TEST_CASE("activities add up, and an unknown one leaves the gene indeterminate") {
  const Gene gene = scores().build();
  CHECK(read(gene, "0/0 0/0") == "*1/*1 High 2.0");
  CHECK(read(gene, "0/1 0/0") == "*1/*2 Low 1.0");
  CHECK(read(gene, "0/0 0/1") == "*1/*3 Indeterminate");
}

TEST_CASE("one copy has no score: bands are for two") {
  CHECK(read(scores().ploidy("x_linked").build(), "0 0") == "*1 Indeterminate");
}

TEST_CASE("each of several best pairs has its own reading") {
  const Gene gene = GeneBuilder{}
                        .method("functions")
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G 200=C", "No function")
                        .allele("*3", "100=A 200=T", "No function")
                        .allele("*4", "100=G 200=T", "Normal function")
                        .phenotype("Normal function", "Normal function", "Normal")
                        .phenotype("No function", "No function", "Poor")
                        .build();
  const GeneResult result = read_phenotype(gene, call(gene, "0/1 0/1"));
  CHECK(result.status == CallStatus::ambiguous);
  CHECK(read(gene, "0/1 0/1") == "*1/*4 Normal; *2/*3 Poor");
}

TEST_CASE("no call has no reading, unless one site speaks alone, which names no diplotype") {
  const Gene gene = functions()
                        .site(300, "G", "A", "rs3")
                        .allele("*5", "300=A", "No function")
                        .setting("inferred_from: {site: rs3, G: \"*1\", A: \"*5\"}")
                        .build();
  const GeneResult none = read_phenotype(gene, call(gene, ". . ."));
  CHECK(none.status == CallStatus::no_call);
  CHECK(none.readings.empty());
  const GeneResult inferred = read_phenotype(gene, call(gene, "0/o 0/0 0/1"));
  CHECK(inferred.status == CallStatus::no_call);
  REQUIRE(inferred.readings.size() == 1);
  CHECK(inferred.readings.front().diplotype.empty());
  CHECK(inferred.readings.front().phenotype == "Intermediate");
}

TEST_CASE("a gene without a rule has no phenotype") {
  CHECK(read(functions().method("none").build(), "0/1 0/0") == "*1/*2 ");
}
