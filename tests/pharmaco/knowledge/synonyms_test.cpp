// Laboratory words.
#include "pharmaco/knowledge/synonyms.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "pharmaco/knowledge/knowledge_base.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;
using Texts = std::vector<std::string>;

namespace {

const std::vector<Gene>& genes() {
  static const std::vector<Gene> all{GeneBuilder{"AAA"}
                                         .method("functions")
                                         .site(100, "A", "G")
                                         .allele("*1", "reference")
                                         .phenotype("Normal function", "Normal function", "Normal Metabolizer")
                                         .build(),
                                     GeneBuilder{"BBB"}
                                         .method("functions")
                                         .site(200, "A", "G")
                                         .allele("Reference", "reference")
                                         .phenotype("Normal function", "Normal function", "Normal")
                                         .build(),
                                     GeneBuilder{"CCC"}.site(300, "A", "G").allele("*1", "reference").build()};
  return all;
}

Texts faults_of(const std::string& rows) {
  CatalogueFaults faults{"test"};
  (void)load_synonyms({"test", {{"synonyms.tsv", "gene\tkind\twritten\tmeant\tsource\n" + rows}}}, genes(), faults);
  return faults.lines();
}

}  // namespace

TEST_CASE("a word is read in the gene's own vocabulary, its own words first") {
  CatalogueFaults faults{"test"};
  const std::string rows =
      ".\tphenotype\tNM\tNormal Metabolizer\ts\n.\tphenotype\tnormal\tNormal Metabolizer\ts\nBBB\tphenotype\tClass "
      "IV\tNormal\ts\nBBB\tallele\twildtype\tReference\ts\n.\tno_result\tfailed\t.\ts\n";
  const Synonyms words =
      load_synonyms({"test", {{"synonyms.tsv", "gene\tkind\twritten\tmeant\tsource\n" + rows}}}, genes(), faults);
  REQUIRE(faults.lines() == Texts{});
  CHECK(words.phenotype(genes()[0], "nm") == "Normal Metabolizer");
  CHECK(words.phenotype(genes()[0], "Normal") == "Normal Metabolizer");
  CHECK(words.phenotype(genes()[0], " normal  METABOLISER ") == "Normal Metabolizer");
  CHECK(words.phenotype(genes()[0], "indeterminate") == "Indeterminate");
  CHECK_FALSE(words.phenotype(genes()[0], "Class IV").has_value());
  CHECK(words.phenotype(genes()[1], "normal") == "Normal");
  CHECK(words.phenotype(genes()[1], "class_iv") == "Normal");
  CHECK_FALSE(words.phenotype(genes()[1], "NM").has_value());
  CHECK(words.phenotype(genes()[2], "anything") == "anything");
  CHECK(words.allele(genes()[1], "WildType") == "Reference");
  CHECK(words.allele(genes()[0], "wildtype") == "wildtype");
  CHECK(words.no_result("FAILED") == NoResultWord::no_result);
  CHECK_FALSE(words.no_result("passed").has_value());
}

TEST_CASE("a catalogue may have no synonyms, and faulty ones are named") {
  CatalogueFaults none{"test"};
  (void)load_synonyms({"test", {}}, genes(), none);
  CHECK(none.none());
  CHECK(faults_of(".\tphenotype\tPM\tPoor Metabolizer\ts\n") ==
        Texts{"synonyms.tsv:2: no gene has this phenotype: Poor Metabolizer"});
  CHECK(faults_of("ZZZ\tphenotype\tNM\tNormal\ts\n") == Texts{"synonyms.tsv:2: no such gene: ZZZ"});
  CHECK(faults_of("BBB\tallele\tx\t*9\ts\n") == Texts{"synonyms.tsv:2: BBB has no such allele: *9"});
  CHECK(faults_of("BBB\tphenotype\tx\tNormal\ts\nBBB\tphenotype\tX\tNormal\ts\n") ==
        Texts{"synonyms.tsv:3: the word is there twice: X"});
  CHECK(faults_of(".\tallele\tx\t*1\ts\n").size() == 1);
  CHECK(faults_of("BBB\tphenotype\tx\tNormal\t.\n") == Texts{"synonyms.tsv:2: `written` and `source` must be given"});
}

TEST_CASE("the catalogue's words reach the phenotypes that guidance is keyed on") {
  const KnowledgeBase knowledge = open_knowledge("");
  const auto meant = [&](const char* gene, const char* word) {
    return knowledge.synonyms.phenotype(*knowledge.find_gene(gene), word).value_or("-");
  };
  CHECK(meant("CYP2D6", "PM") == "Poor Metabolizer");
  CHECK(meant("CYP2D6", "em") == "Normal Metabolizer");
  CHECK(meant("CYP2C19", "RM") == "Rapid Metabolizer");
  CHECK(meant("CYP2D6", "RM") == "-");
  CHECK(meant("SLCO1B1", "PF") == "Poor Function");
  CHECK(meant("G6PD", "Class III") == "Deficient");
  CHECK(meant("G6PD", "Class C") == "Normal");
  CHECK(meant("G6PD", "I/Deficient with CNSHA") == "Deficient with CNSHA");
  CHECK(meant("MT-RNR1", "Increased Risk") == "increased risk of aminoglycoside-induced hearing loss");
  CHECK(meant("RYR1", "MHS") == "Malignant Hyperthermia Susceptibility");
}
