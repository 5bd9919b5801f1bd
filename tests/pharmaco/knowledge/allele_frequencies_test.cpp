// The table of allele frequencies and its faults.
#include "pharmaco/knowledge/allele_frequencies.h"

#include <doctest/doctest.h>

#include "pharmaco/knowledge/knowledge_base.h"

using namespace stardose::pharmaco;
using Texts = std::vector<std::string>;

namespace {

AlleleFrequencies load(const std::string& rows, Texts& faults) {
  CatalogueFaults found{"test"};
  AlleleFrequencies frequencies =
      load_frequencies("f.tsv", "allele\tpopulation\tfrequency\tchromosomes\n" + rows, {"*1", "*2", "*3"}, found);
  faults = found.lines();
  return frequencies;
}

Texts faults_of(const std::string& rows) {
  Texts faults;
  (void)load(rows, faults);
  return faults;
}

}  // namespace

TEST_CASE("frequencies are kept as chromosomes, group by group") {
  Texts faults;
  const AlleleFrequencies frequencies = load("*1\tEUR\t0.75\t200\n*2\tEUR\t0.25\t200\n*1\tall\t1\t1000\n", faults);
  CHECK(faults.empty());
  REQUIRE(frequencies.find("EUR") != nullptr);
  CHECK(frequencies.find("EUR")->chromosomes == 200);
  CHECK(frequencies.find("EUR")->by_allele.at("*2") == 50);
  CHECK(frequencies.find("all")->by_allele.at("*1") == 1000);
  CHECK(frequencies.find("AFR") == nullptr);
}

TEST_CASE("every fault of a table of frequencies is named with its line") {
  CHECK(faults_of("*9\tEUR\t0.5\t10\n") == Texts{"f.tsv:2: no such allele: *9"});
  CHECK(faults_of("*1\tEUR\t1.5\t10\n") ==
        Texts{"f.tsv:2: expected a frequency from 0 to 1 and a number of chromosomes"});
  CHECK(faults_of("*1\tEUR\thalf\t10\n").size() == 1);
  CHECK(faults_of("*1\tEUR\t0.5\t0\n").size() == 1);
  CHECK(faults_of("*1\tEUR\t0.5\t10\n*2\tEUR\t0.1\t20\n") ==
        Texts{"f.tsv:3: another number of chromosomes than above for EUR"});
  CHECK(faults_of("*1\tEUR\t0.5\t10\n*1\tEUR\t0.1\t10\n") == Texts{"f.tsv:3: the allele is there twice for EUR"});
  CHECK(faults_of("*1\tEUR\t0.9\t10\n*2\tEUR\t0.2\t10\n") == Texts{"f.tsv: frequencies of EUR add up to more than 1"});
}

TEST_CASE("each table of the catalogue has five groups and all, and tells nearly every chromosome") {
  std::size_t tables = 0;
  for (const Gene& gene : open_knowledge("").genes) {
    if (gene.frequencies.populations.empty()) continue;
    ++tables;
    CAPTURE(gene.symbol);
    CHECK(gene.calling == CallingMethod::named_alleles);
    CHECK(gene.ploidy == Ploidy::diploid);
    for (const char* group : {"AFR", "AMR", "EAS", "EUR", "SAS", "all"}) {
      const PopulationCounts* counts = gene.frequencies.find(group);
      REQUIRE(counts != nullptr);
      double sum = 0;
      for (const auto& [allele, chromosomes] : counts->by_allele) sum += chromosomes;
      CHECK(sum / counts->chromosomes > 0.999);
    }
  }
  CHECK(tables >= 13);
}

// The people counted have no record of the position that tells CYP2B6 *6 from *9, nor of IFNL3's.
TEST_CASE("genes that the people counted do not show have no frequencies") {
  const KnowledgeBase knowledge = open_knowledge("");
  for (const char* symbol : {"CYP2B6", "IFNL3", "DPYD", "G6PD", "MT-RNR1", "CYP2D6"}) {
    CAPTURE(symbol);
    REQUIRE(knowledge.find_gene(symbol) != nullptr);
    CHECK(knowledge.find_gene(symbol)->frequencies.populations.empty());
  }
}
