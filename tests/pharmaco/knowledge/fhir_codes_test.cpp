// Codes of the record: the tables as they ship, and what is refused in them.
#include "pharmaco/knowledge/fhir_codes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/knowledge/phenotype_rule.h"

using namespace stardose::pharmaco;

namespace {

const std::string loinc = "http://loinc.org";

/// The catalogue with one text of a file of fhir/ replaced by another.
std::vector<std::string> faults_with(const std::string& file, const std::string& text, const std::string& by) {
  CatalogueFiles files = embedded_files();
  std::string& content = files.texts.at(file);
  const std::size_t at = content.find(text);
  REQUIRE(at != std::string::npos);
  content.replace(at, text.size(), by);
  CatalogueFaults faults{"test"};
  (void)load_fhir_codes(files, faults);
  return faults.lines();
}

}  // namespace

TEST_CASE("LOINC's last digit tells a code from a slip") {
  for (const char* code : {"79716-7", "51969-4", "84413-4", "84414-2", "48018-6", "51963-7", "93044-6", "LA10315-2",
                           "LA9657-3", "LA26421-0", "LA6576-8", "LL4049-4"}) {
    CAPTURE(code);
    CHECK(has_check_digit(code));
  }
  for (const char* code : {"79714-4", "79715-1", "51969-5", "LA9657-4", "LA9675-3", "84413", "84413-", "-4", "LA-3",
                           "84413-44", "84413-4 ", "X9657-3", ""}) {
    CAPTURE(code);
    CHECK_FALSE(has_check_digit(code));
  }
}

TEST_CASE("every code that ships is whole, and none is out of date") {
  const KnowledgeBase knowledge = open_knowledge("");
  const FhirCodes& fhir = knowledge.fhir;
  for (const FhirCodes::Table* table : {&fhir.codes, &fhir.phenotypes, &fhir.actions, &fhir.phenotype_tests}) {
    for (const auto& [key, code] : *table) {
      CAPTURE(key);
      CHECK(code.system.starts_with("http://"));
      if (code.system == loinc) CHECK(has_check_digit(code.code));
      for (const char* retired : {"51961-1", "53040-2", "83009-1"}) CHECK(code.code != retired);
    }
  }
  CHECK(fhir.genes.size() == knowledge.genes.size());
  for (const Gene& gene : knowledge.genes) CHECK(fhir.genes.contains(gene.symbol));
  CHECK(fhir.genes.at("CYP2C19").code == "HGNC:2621");
  CHECK(fhir.genes.at("VKORC1").code == "HGNC:23663");
  CHECK(fhir.phenotype_tests.at("CYP2C9").code == "79716-7");
}

TEST_CASE("a phenotype has an answer in its own words or none; an action is one of the catalogue") {
  const KnowledgeBase knowledge = open_knowledge("");
  for (const auto& [phenotype, code] : knowledge.fhir.phenotypes) {
    CAPTURE(phenotype);
    CHECK(std::ranges::equal(phenotype, code.display, [](char a, char b) { return (a | 0x20) == (b | 0x20); }));
  }
  for (const char* phenotype : {"Indeterminate", "Likely Poor Metabolizer", "Possible Intermediate Metabolizer",
                                "Uncertain Susceptibility", "Malignant Hyperthermia Susceptibility", "Deficient"}) {
    CHECK_FALSE(knowledge.fhir.phenotypes.contains(phenotype));
  }
  for (const auto& [action, code] : knowledge.fhir.actions) CHECK(knowledge.phrases.actions.contains(action));
  CHECK_FALSE(knowledge.fhir.actions.contains("standard"));
}

TEST_CASE("faults in the tables are told with file and line") {
  using Lines = std::vector<std::string>;
  CHECK(faults_with("fhir/codes.tsv", "84413-4", "84413-5") ==
        Lines{"fhir/codes.tsv:9: not a LOINC code, its last digit is wrong: 84413-5"});
  CHECK(faults_with("fhir/codes.tsv", "report\t", "reports\t") == Lines{"fhir/codes.tsv: no row of: report"});
  CHECK(faults_with("fhir/genes.tsv", "HGNC:2621", "2621").front().ends_with("not HGNC's number: 2621"));
  CHECK(faults_with("fhir/genes.tsv", "79716-7", "79716-6").front().find("its last digit is wrong") !=
        std::string::npos);
  CHECK(faults_with("fhir/phenotypes.tsv", "Rapid Metabolizer\t", "Normal Metabolizer\t").size() == 1);
}

TEST_CASE("a catalogue without the folder has no codes and no fault") {
  CatalogueFiles files = embedded_files();
  std::erase_if(files.texts, [](const auto& file) { return file.first.starts_with("fhir/"); });
  CatalogueFaults faults{"test"};
  CHECK(load_fhir_codes(files, faults).empty());
  CHECK(faults.none());
}
