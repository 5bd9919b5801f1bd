// One truth beside one call.
#include "pharmaco/concordance/compare.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/builders/concordance.h"

using namespace stardose::pharmaco;
using stardose::test::aliases_for;
using stardose::test::GeneBuilder;
using stardose::test::knowledge_of;
using Texts = std::vector<std::string>;

namespace {

const KnowledgeBase& knowledge() {
  static const KnowledgeBase all = knowledge_of({GeneBuilder{"CYP2D6"}
                                                     .method("activity_score")
                                                     .site(100, "A", "G", "rs1")
                                                     .site(200, "C", "T", "rs2")
                                                     .allele("*1", "reference", "Normal function", "1")
                                                     .allele("*2", "100=G", "Normal function", "1")
                                                     .allele("*3", "200=T", "No function", "0")
                                                     .allele("*4", "100=G 200=T", "No function", "0")
                                                     .allele("*5", ".", "No function", "0")
                                                     .allele("*1x2", ".", "Increased function", "2")
                                                     .phenotype("0", "0", "Poor")
                                                     .phenotype("1", "1", "Intermediate")
                                                     .phenotype("2", ".", "Normal"),
                                                 GeneBuilder{"DPYD"}
                                                     .method("activity_score")
                                                     .calling("lowest_function")
                                                     .site(100, "A", "G", "rs1")
                                                     .site(200, "C", "T", "rs2")
                                                     .allele("Reference", "reference", "Normal function", "1")
                                                     .allele("c.1A>G (*9)", "100=G", "Normal function", "1")
                                                     .allele("c.2+1C>T", "200=T", "No function", "0")
                                                     .phenotype("0", "0", "Poor")
                                                     .phenotype("1", "1", "Intermediate")
                                                     .phenotype("2", "2", "Normal")});
  return all;
}

const AliasTable& aliases() {
  static const AliasTable table = aliases_for(knowledge(),
                                              "CYP2D6\t*1A\t*1\told name\ts\n"
                                              "CYP2D6\t*60\t*1\tno position of ours\ts\n"
                                              "CYP2D6\tAB\t*1/*3\twhole diplotype\ts\n"
                                              "DPYD\t*1\tReference\tstar name\ts\n"
                                              "DPYD\tc.1A>G\tc.1A>G (*9)\twithout star\ts\n");
  return table;
}

Comparison compared(const std::string& gene, const std::string& truth, const Texts& diplotypes,
                    const Texts& phenotypes = {}) {
  return compare(GeneNames{*knowledge().find_gene(gene), aliases()}, truth, {diplotypes, phenotypes, "why not"});
}

std::string how(const std::string& truth, const std::string& call, const std::string& phenotype = "",
                const std::string& gene = "CYP2D6") {
  return std::string{
      to_string(compared(gene, truth, {call}, phenotype.empty() ? Texts{} : Texts{phenotype}).agreement)};
}

}  // namespace

TEST_CASE("order, suballeles, missing stars and the spelling of copies do not count") {
  CHECK(how("*1/*2", "*1/*2") == "equal");
  CHECK(how("*2/*1", "*1/*2") == "equal");
  CHECK(how("1/2", "*1/*2") == "equal");
  CHECK(how("*1/*2.001", "*1/*2") == "equal");
  CHECK(how("*2+*2/*1", "*1/*2x2") == "equal");
  CHECK(how("*1x2/*3", "*1x2/*3") == "equal");
  CHECK(how("*2xN/*1", "*1/*2x3") == "equal");
  CHECK(how("*5+*4/*1", "*1/*4+*5") == "equal");
  CHECK(how("*1/*1", "*1/*2") == "different");
  CHECK(how("*1/*2x2", "*1/*2") == "different");
}

TEST_CASE("a name that moved is equal through its alias, with the reason") {
  const Comparison found = compared("CYP2D6", "*1A/*2", {"*1/*2"});
  CHECK(found.agreement == Agreement::alias);
  CHECK(found.reason == "*1A is *1: old name");
  CHECK(how("AB", "*1/*3") == "alias");
  CHECK(how("AB", "*1/*1") == "different");
  CHECK(how("(*2 + *60)/*60", "*1/*2") == "alias");
  CHECK(how("*1a/*2", "*1/*2") == "alias");
}

TEST_CASE("an ambiguous call that has the truth among its diplotypes is a class of its own") {
  const Comparison found = compared("CYP2D6", "*1/*4", {"*1/*4", "*2/*3"});
  CHECK(found.agreement == Agreement::among);
  CHECK(found.reason == "the call leaves several open");
  CHECK(compared("CYP2D6", "*1/*5", {"*1/*4", "*2/*3"}, {"Intermediate"}).agreement == Agreement::same_phenotype);
}

TEST_CASE("another diplotype of the same phenotype is told apart by our own rules on the truth") {
  CHECK(how("*1/*4", "*1/*3", "Intermediate") == "same_phenotype");
  CHECK(how("*1/*4", "*1/*3", "Normal") == "different");
  CHECK(how("*1/*99", "*1/*3", "Indeterminate") == "different");
  CHECK(compared("CYP2D6", "*4/*5", {}, {"Poor"}).agreement == Agreement::same_phenotype);
}

TEST_CASE("the reason names alleles and sites") {
  CHECK(compared("CYP2D6", "*1/*4", {"*1/*2"}).reason ==
        "only the truth has *4, only the call has *2; they differ at rs2");
  CHECK(compared("CYP2D6", "*1/*1", {"*1/*4"}).reason == "only the call has *4; they differ at rs1, rs2");
  CHECK(compared("CYP2D6", "*4/*5", {"*4/*4"}).reason == "only the truth has *5, only the call has *4");
  CHECK(compared("CYP2D6", "*1/*99", {"*1/*1"}).reason == "only the truth has *99; not in the catalogue: *99");
}

TEST_CASE("several truths agree where one of them does, and flags tell of it") {
  const Comparison found = compared("CYP2D6", "*1/*1 (*1/*2)", {"*1/*2"});
  CHECK(found.agreement == Agreement::equal);
  CHECK(found.one_assay);
  CHECK(found.several_truths);
  CHECK_FALSE(compared("CYP2D6", "*1/*1 (*1/*2)", {"*1/*1"}).one_assay);
  CHECK_FALSE(compared("CYP2D6", "*1/*1", {"*1/*1"}).several_truths);
}

TEST_CASE("no call keeps its reason") {
  const Comparison found = compared("CYP2D6", "*1/*1", {});
  CHECK(found.agreement == Agreement::no_call);
  CHECK(found.reason == "why not");
}

TEST_CASE("a truth without a diplotype of known alleles is not comparable") {
  for (const char* truth : {"", "no consensus", "*98/*99", "*1", "*1/*2/*3", "8"}) {
    INFO(truth);
    CHECK(how(truth, "*1/*1") == "not_comparable");
  }
}

TEST_CASE("variants of a lowest-function gene compare as sets on strands, or as lists without strands") {
  const auto dpyd = [](const std::string& truth, const std::string& call, const std::string& phenotype = "") {
    return how(truth, call, phenotype, "DPYD");
  };
  CHECK(dpyd("c.1A>G, c.2+1C>T / *1", "Reference/[c.1A>G (*9) + c.2+1C>T]") == "alias");
  CHECK(dpyd("c.1A>G, c.2+1C>T / *1", "c.1A>G (*9)/c.2+1C>T") == "different");
  CHECK(dpyd("c.1A>G het, c.2+1C>T het", "c.1A>G (*9)/c.2+1C>T") == "alias");
  CHECK(dpyd("c.2+1C>T het", "Reference/c.2+1C>T") == "equal");
  CHECK(dpyd("c.2+1C>T hom", "Reference/c.2+1C>T") == "different");
  CHECK(dpyd("*1/*1", "Reference/c.1A>G (*9)", "Normal") == "same_phenotype");
  CHECK(dpyd("c.2+1C>T het", "Reference/[c.1A>G (*9) + c.2+1C>T]", "Intermediate") == "same_phenotype");
  CHECK(compared("DPYD", "c.2+1C>T / *1", {"Reference", "c.2+1C>T"}).agreement == Agreement::alias);
}
