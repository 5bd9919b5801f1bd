// Tables of truths and calls.
#include "pharmaco/concordance/concordance.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/builders/cohort.h"
#include "tests/builders/concordance.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::pharmaco;
using stardose::genomics::Fault;
using stardose::genomics::InputError;
using stardose::test::aliases_for;
using stardose::test::GeneBuilder;
using stardose::test::input_error_of;
using stardose::test::knowledge_of;
using stardose::test::TempFolder;
using Texts = std::vector<std::string>;

namespace {

const KnowledgeBase& knowledge() {
  static const KnowledgeBase all =
      knowledge_of({GeneBuilder{"AAA"}.site(100, "A", "G").allele("*1", "reference").allele("*2", "100=G"),
                    GeneBuilder{"BBB"}.site(200, "A", "G").allele("*1", "reference").allele("*2", "200=G")});
  return all;
}

const std::string calls_header = "sample\tgene\tstatus\tdiplotype\tphenotype\tactivity_score\treason\n";

Concordance compared(const std::string& truth, const std::string& calls, const Texts& sources = {}) {
  const TempFolder folder;
  return compare_tables(knowledge(), aliases_for(knowledge(), ""), read_truth_table(folder.file("truth.tsv", truth)),
                        read_calls_table(folder.file("calls.tsv", calls_header + calls)), sources);
}

std::string refusal(const std::string& truth, const std::string& calls, const Texts& sources = {}) {
  return input_error_of([&] { (void)compared(truth, calls, sources); }).parts().why;
}

}  // namespace

TEST_CASE("each sample and gene in both tables is compared, and counted by gene") {
  const Concordance found = compared(
      "sample\tgene\tdiplotype\tnote\nS1\tAAA\t*1/*2\tx\nS2\tAAA\t*1/*1\tx\nS1\tBBB\t*2/*2\tx\nS3\tAAA\tno "
      "consensus\tx\n",
      "S1\tAAA\tcalled\t*1/*2\t.\t.\t.\nS2\tAAA\tcalled\t*1/*2\t.\t.\t.\nS3\tAAA\tcalled\t*1/"
      "*1\t.\t.\t.\nS1\tBBB\tno_call\t.\t."
      "\t.\tnot covered\n");
  REQUIRE(found.pairs.size() == 4);
  const GeneCounts& aaa = found.genes.at("AAA");
  CHECK(aaa.count(Agreement::equal) == 1);
  CHECK(aaa.count(Agreement::different) == 1);
  CHECK(aaa.count(Agreement::not_comparable) == 1);
  CHECK(aaa.compared() == 2);
  CHECK(aaa.same_diplotype() == 1);
  CHECK(found.genes.at("BBB").count(Agreement::no_call) == 1);
  CHECK(found.pairs.back().comparison.reason == "not covered");
  CHECK(found.warnings.empty());
}

TEST_CASE("of several truths the first that can be compared counts, and the others are told") {
  const std::string truth =
      "sample\tgene\tdiplotype\tsource\nS1\tAAA\tno consensus\tone\nS1\tAAA\t*1/*1\ttwo\nS1\tAAA\t*1/*2\tthree\n";
  const std::string calls = "S1\tAAA\tcalled\t*1/*2\t.\t.\t.\n";
  const Concordance first = compared(truth, calls);
  REQUIRE(first.pairs.size() == 1);
  CHECK(first.pairs.front().source == "two");
  CHECK(first.pairs.front().comparison.agreement == Agreement::different);
  CHECK(first.pairs.front().other_truths == "three: *1/*2 (equal)");
  CHECK(compared(truth, calls, {"three", "two"}).pairs.front().source == "three");
  CHECK(compared(truth, calls, {"one"}).pairs.front().comparison.agreement == Agreement::not_comparable);
  CHECK(refusal(truth, calls, {"four"}) == "no row of the truth has the source four");
}

TEST_CASE("what is in one table only is told") {
  const Concordance found =
      compared("sample\tgene\tdiplotype\nS1\tAAA\t*1/*1\nX\tAAA\t*1/*1\nS1\tBBB\t*1/*1\nS1\tZZZ\t*1/*1\n",
               "S1\tAAA\tcalled\t*1/*1\t.\t.\t.\n");
  CHECK(found.warnings == Texts{"1 sample of the truth is not in the calls: X",
                                "1 gene of the truth is not in the calls: BBB",
                                "1 gene of the truth is not in the catalogue: ZZZ"});
}

TEST_CASE("tables that cannot be used are refused") {
  const std::string good = "sample\tgene\tdiplotype\nS1\tAAA\t*1/*1\n";
  const std::string call = "S1\tAAA\tcalled\t*1/*1\t.\t.\t.\n";
  CHECK(refusal("sample\tgene\tcall\nS1\tAAA\t*1/*1\n", call) == "no column named diplotype");
  CHECK(refusal("sample\tgene\tdiplotype\n\tAAA\t*1/*1\n", call) == "the line names no sample or no gene");
  CHECK(refusal("", call) == "the table of truths is empty");
  CHECK(refusal(good, call + call) == "a second call of AAA for sample S1");
  const InputError apart = input_error_of([&] { (void)compared("sample\tgene\tdiplotype\nX\tAAA\t*1/*1\n", call); });
  CHECK(apart.fault() == Fault::mismatch);
  CHECK(apart.parts().why == "no sample and gene are both in the truth and in the calls");
}

TEST_CASE("calls of several runs may stand one behind the other") {
  CHECK(compared("sample\tgene\tdiplotype\nS1\tAAA\t*1/*1\nS1\tBBB\t*1/*1\n",
                 "S1\tAAA\tcalled\t*1/*1\t.\t.\t.\n" + calls_header + "S1\tBBB\tcalled\t*1/*1\t.\t.\t.\n")
            .pairs.size() == 2);
}

TEST_CASE("aliases of a file must name genes and alleles of the catalogue") {
  const TempFolder folder;
  const auto why = [&](const std::string& rows) {
    const std::string path = folder.file("aliases.tsv", "gene\ttruth\tours\treason\n" + rows);
    return input_error_of([&] { (void)AliasTable::of_file(path, knowledge()); }).parts().why;
  };
  CHECK(why("ZZZ\t*1A\t*1\told\n") == "no such gene in the catalogue: ZZZ");
  CHECK(why("AAA\t*1A\t*9\told\n") == "AAA has no such allele: *9");
  CHECK(why("AAA\t*1A\t*1\t\n") == "`truth` and `reason` must be given");
  const std::string good =
      folder.file("good.tsv", "gene\ttruth\tours\treason\nAAA\t*1A\t*1\told\nAAA\tx\t*1/*2\told\n");
  CHECK(AliasTable::of_file(good, knowledge()).of_gene("AAA").size() == 2);
  CHECK(AliasTable::of_file(good, knowledge()).of_gene("BBB").empty());
}

TEST_CASE("faulty aliases of a catalogue are named by line") {
  CHECK(input_error_of([] { (void)aliases_for(knowledge(), "AAA\t*1A\t*9\told\ts\n"); }).parts().why ==
        "aliases.tsv:2: AAA has no such allele: *9");
}

TEST_CASE("the catalogue's own aliases are sound") {
  const KnowledgeBase all = open_knowledge("");
  const AliasTable table = stardose::test::embedded_aliases(all);
  CHECK(table.of_gene("CYP2C19").size() == 1);
  for (const Gene& gene : all.genes) {
    for (const Alias& alias : table.of_gene(gene.symbol)) {
      INFO(alias.gene, " ", alias.truth);
      CHECK_FALSE(alias.source.empty());
    }
  }
}
