// From functions and scores to phenotypes.
#include "pharmaco/knowledge/phenotype_rule.h"

#include <doctest/doctest.h>

#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;

namespace {

PhenotypeRule functions() {
  return GeneBuilder{}
      .method("functions")
      .site(100, "A", "G")
      .allele("*1", "reference")
      .phenotype("No function", "Normal function", "Intermediate")
      .phenotype("Normal function", "Normal function", "Normal")
      .phenotype("Normal function", "Unknown function", "Possible")
      .phenotype("No function", ".", "One poor copy")
      .build()
      .phenotype;
}

PhenotypeRule scores() {
  return GeneBuilder{}
      .method("activity_score")
      .site(100, "A", "G")
      .allele("*1", "reference", "Normal function", "1")
      .phenotype("0", "0", "Poor")
      .phenotype("0.25", "1", "Intermediate")
      .phenotype("1.25", "2.25", "Normal")
      .phenotype("2.5", ".", "Ultrarapid")
      .build()
      .phenotype;
}

}  // namespace

TEST_CASE("the order of two functions does not matter") {
  CHECK(functions().of_functions("No function", "Normal function", false) == "Intermediate");
  CHECK(functions().of_functions("Normal function", "No function", false) == "Intermediate");
}

TEST_CASE("one copy has rows of its own and never borrows those of two") {
  CHECK(functions().of_functions("No function", "No function", true) == "One poor copy");
  CHECK(functions().of_functions("Normal function", "Normal function", true) == "Indeterminate");
  CHECK(functions().of_functions("No function", "No function", false) == "Indeterminate");
}

TEST_CASE("a function that no one gives counts as unknown, or as uncertain where that is the word") {
  CHECK(functions().of_functions("Normal function", "", false) == "Possible");
  CHECK(functions().of_functions("", "", false) == "Indeterminate");
  PhenotypeRule uncertain;
  uncertain.by_functions[{"Normal function", "Uncertain function"}] = "Unclear";
  CHECK(uncertain.of_functions("", "Normal function", false) == "Unclear");
}

TEST_CASE("a score lies in the band whose ends include it") {
  const auto of = [](int hundredths) { return scores().of_score({hundredths, false}); };
  CHECK(of(0) == "Poor");
  CHECK(of(25) == "Intermediate");
  CHECK(of(100) == "Intermediate");
  CHECK(of(125) == "Normal");
  CHECK(of(225) == "Normal");
  CHECK(of(250) == "Ultrarapid");
  CHECK(of(900) == "Ultrarapid");
}

TEST_CASE("a score between two bands is indeterminate") {
  CHECK(scores().of_score({10, false}) == "Indeterminate");
  CHECK(scores().of_score({110, false}) == "Indeterminate");
}

TEST_CASE("a score that is at least something is decided only where more changes nothing") {
  CHECK(scores().of_score({300, true}) == "Ultrarapid");
  CHECK(scores().of_score({250, true}) == "Ultrarapid");
  CHECK(scores().of_score({200, true}) == "Indeterminate");
  CHECK(scores().of_score({0, true}) == "Indeterminate");
}

TEST_CASE("a rule without a table says indeterminate") {
  CHECK(PhenotypeRule{}.of_score({100, false}) == "Indeterminate");
  CHECK(PhenotypeRule{}.of_functions("a", "b", false) == "Indeterminate");
}
