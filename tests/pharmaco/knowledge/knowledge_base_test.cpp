// The catalogue as a whole: embedded as it is in the folder, complete, and refused when broken.
#include "pharmaco/knowledge/knowledge_base.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "genomics/input_error.h"

using namespace stardose::pharmaco;

namespace {

const std::string folder = STARDOSE_SOURCE_DIR "/pharmaco/catalogue";

/// Faults of the embedded catalogue after a change to one of its files.
std::vector<std::string> faults_after(const std::string& file, const std::string& before, const std::string& after) {
  CatalogueFiles files = embedded_files();
  std::string& text = files.texts.at(file);
  const std::size_t at = text.find(before);
  REQUIRE(at != std::string::npos);
  text.replace(at, before.size(), after);
  CatalogueFaults faults{"test"};
  (void)load_knowledge(files, faults);
  return faults.lines();
}

}  // namespace

TEST_CASE("the embedded catalogue is the folder's, byte for byte") {
  const CatalogueFiles embedded = embedded_files();
  const CatalogueFiles read = folder_files(folder);
  REQUIRE(embedded.texts.size() == read.texts.size());
  for (const auto& [path, text] : read.texts) {
    INFO(path);
    REQUIRE(embedded.texts.contains(path));
    CHECK((embedded.texts.at(path) == text));
  }
  CHECK(embedded.digest() == read.digest());
}

TEST_CASE("the catalogue loads without a fault") {
  CatalogueFaults faults{"embedded"};
  const KnowledgeBase knowledge = load_knowledge(embedded_files(), faults);
  CHECK(faults.lines() == std::vector<std::string>{});
  CHECK(knowledge.release.assembly == "GRCh38");
  CHECK(knowledge.release.digest.size() == 64);
  CHECK_FALSE(knowledge.release.sources.empty());
  CHECK(knowledge.genes.size() >= 23);
  CHECK(knowledge.guidelines.size() >= 118);
  CHECK(std::ranges::is_sorted(knowledge.genes, {}, &Gene::symbol));
}

TEST_CASE("genes are found by symbol") {
  const KnowledgeBase knowledge = open_knowledge(folder);
  for (const Gene& gene : knowledge.genes) CHECK(knowledge.find_gene(gene.symbol) == &gene);
  CHECK(knowledge.find_gene("CYP") == nullptr);
  CHECK(knowledge.find_gene("ZZZ") == nullptr);
}

TEST_CASE("release.yaml is checked") {
  CHECK(faults_after("release.yaml", "GRCh38", "GRCh37") ==
        std::vector<std::string>{"release.yaml:3: assembly: expected GRCh38"});
  CHECK(faults_after("release.yaml", "date: \"", "date: \"x") ==
        std::vector<std::string>{"release.yaml:2: date: expected YYYY-MM-DD"});
  CHECK(faults_after("release.yaml", "release:", "version:").size() == 2);
  const auto renamed = faults_after("release.yaml", "id: pharmcat", "id: other");
  CHECK(std::ranges::any_of(renamed, [](const std::string& line) {
    return line.starts_with("genes/TPMT/gene.yaml: sources: not in release.yaml: pharmcat");
  }));
}

TEST_CASE("a phenotype that a guideline asks for must be one of the gene") {
  const auto faults = faults_after("guidance/recommendations.tsv", "TPMT: Poor Metabolizer", "TPMT: Bad Metabolizer");
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().ends_with("when: no such phenotype of TPMT: Bad Metabolizer"));
}

TEST_CASE("missing files are named, all at once") {
  CatalogueFiles files = embedded_files();
  for (const char* file : {"release.yaml", "guidance/phrases.yaml", "guidance/recommendations.tsv"})
    files.texts.erase(file);
  CatalogueFaults faults{"test"};
  (void)load_knowledge(files, faults);
  for (const char* file : {"release.yaml", "guidance/phrases.yaml", "guidance/recommendations.tsv"}) {
    CHECK(std::ranges::count(faults.lines(), std::string{file} + ": the file is missing") == 1);
  }
}

TEST_CASE("a folder that is not there is refused") {
  CHECK_THROWS_AS((void)open_knowledge("/nowhere/at/all"), stardose::genomics::InputError);
}
