// Findings that were brought in, in words.
#include "pharmaco/report/describe_outside.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;
using Texts = std::vector<std::string>;

namespace {

Gene small() { return GeneBuilder{}.site(100, "A", "G").allele("*1", "reference").build(); }

OutsideResult outside(std::vector<GeneReading> readings) {
  const CallStatus status = readings.empty()       ? CallStatus::no_call
                            : readings.size() == 1 ? CallStatus::called
                                                   : CallStatus::ambiguous;
  return {{"TEST", status, std::move(readings)}, {}, {}, {}, false};
}

GeneReading reading(const std::string& diplotype, const std::string& phenotype) {
  return {diplotype, phenotype, std::nullopt, {}};
}

GeneFinding own_call() {
  GeneFinding own;
  own.gene = "TEST";
  own.status = CallStatus::called;
  own.diplotypes = {"*1/*2"};
  own.phenotypes = {"Intermediate"};
  return own;
}

}  // namespace

TEST_CASE("an outside call that agrees with the variants carries no remark") {
  const GeneFinding finding = describe_outside_call(small(), outside({reading("*1/*2", "Intermediate")}), own_call());
  CHECK(finding.remarks.empty());
  CHECK(finding.basis == "outside call");
  CHECK(finding.status == CallStatus::called);
}

TEST_CASE("one that differs says what the variants say, which goes first, and why") {
  CHECK(
      describe_outside_call(small(), outside({reading("*2/*2", "Poor")}), own_call()).remarks ==
      Texts{"The variants of the input say *1/*2 (Intermediate); the outside call goes before them, as it was brought "
            "in on purpose."});
  CHECK(
      describe_outside_call(small(), outside({reading("*1/*3", "Intermediate")}), own_call()).remarks ==
      Texts{
          "The variants of the input say *1/*2, with the same phenotype; the outside call goes before them, as it was "
          "brought in on purpose."});
  GeneFinding none = own_call();
  none.status = CallStatus::no_call;
  CHECK(describe_outside_call(small(), outside({reading("*2/*2", "Poor")}), none).remarks.empty());
}

TEST_CASE("a phenotype alone stands beside the diplotype of the variants") {
  const GeneFinding finding = describe_outside_call(small(), outside({reading("", "Poor")}), own_call());
  CHECK(finding.diplotypes.empty());
  CHECK(finding.phenotypes == Texts{"Poor"});
  CHECK(finding.remarks.size() == 1);
}

TEST_CASE("an outside call without a result is no call, and tells what the variants would have said") {
  const GeneFinding finding = describe_outside_call(small(), outside({}), own_call());
  CHECK(finding.status == CallStatus::no_call);
  CHECK(finding.diplotypes.empty());
  CHECK(finding.reason == "the outside call is without a result");
  REQUIRE(finding.remarks.size() == 1);
  CHECK(finding.remarks.front().find("say *1/*2 (Intermediate); they are set aside") != std::string::npos);
}

TEST_CASE("several outside calls that differ are all shown") {
  const GeneFinding finding =
      describe_outside_call(small(), outside({reading("*1/*2", "Intermediate"), reading("*2/*2", "Poor")}), {});
  CHECK(finding.status == CallStatus::ambiguous);
  CHECK(finding.diplotypes == Texts{"*1/*2", "*2/*2"});
  CHECK(finding.phenotypes == Texts{"Intermediate", "Poor"});
  CHECK(finding.reason == "the outside calls of the gene differ");
}

TEST_CASE("what contradicts itself, is not known or stands alone is told") {
  OutsideResult result = outside({reading("*1/*9", "Poor")});
  result.contradictions = {{"Poor", "the diplotype *1/*1, which gives Normal"}};
  result.not_known = {"*9"};
  result.one_copy_typed = true;
  CHECK(
      describe_outside_call(small(), result, {}).remarks ==
      Texts{"The outside call contradicts itself: it states Poor, which is taken, and the diplotype *1/*1, which gives "
            "Normal.",
            "Not known by the catalogue: *9.",
            "One allele is given and is taken for both copies; bring both where only one was typed."});
}

TEST_CASE("the statuses of a gene read by presence are its phenotypes") {
  const Gene gene = GeneBuilder{"HLA-B"}.method("presence").calling("outside_only").allele("*57:01", ".").build();
  const OutsideResult result = outside({{"*57:01/*08:01", "", std::nullopt, {"*57:01 positive"}}});
  CHECK(describe_outside_call(gene, result, {}).phenotypes == Texts{"*57:01 positive"});
}
