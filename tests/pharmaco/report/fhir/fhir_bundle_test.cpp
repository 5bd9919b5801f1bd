// The bundle of a small report: what is known, what is not, what guidelines say.
#include "pharmaco/report/fhir/fhir_bundle.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "pharmaco/report/fhir/entries.h"
#include "tests/builders/sample_report.h"

using namespace stardose::pharmaco;
using stardose::test::make_report;

namespace {

const KnowledgeBase& catalogue() {
  static const KnowledgeBase knowledge = open_knowledge("");
  return knowledge;
}

/// A bundle's resources by the names that their ids are made of.
class Bundle {
 public:
  explicit Bundle(const SampleReport& report)
      : names_{report.sample, report.identifier_system},
        json_(FhirJson::parse(fhir_bundle(report, catalogue()))) {  // braces: a list of one
    for (const FhirJson& entry : json_["entry"]) by_id_[entry["resource"]["id"]] = entry["resource"];
  }

  [[nodiscard]] bool has(const std::string& name) const { return by_id_.contains(names_.id_of(name)); }
  [[nodiscard]] const FhirJson& operator[](const std::string& name) const {
    CAPTURE(name);
    REQUIRE(has(name));
    return by_id_.at(names_.id_of(name));
  }
  [[nodiscard]] std::string urn(const std::string& name) const { return "urn:uuid:" + names_.id_of(name); }
  [[nodiscard]] const FhirJson& json() const { return json_; }
  [[nodiscard]] long count(const char* type) const {
    return std::ranges::count_if(json_["entry"],
                                 [type](const FhirJson& e) { return e["resource"]["resourceType"] == type; });
  }

 private:
  FhirEntries names_;
  FhirJson json_;
  std::map<std::string, FhirJson> by_id_;
};

std::string implication(const char* drug, const char* gene) {
  return std::string{"implication "} + drug + ", cpic-" + drug + "-" + gene + ", ";
}

}  // namespace

TEST_CASE("a called gene has a genotype, its haplotypes, and a phenotype with LOINC's answer") {
  const Bundle bundle{make_report()};
  const FhirJson& genotype = bundle["genotype CYP2C19"];
  CHECK(genotype["status"] == "preliminary");
  CHECK(genotype["code"]["coding"][0]["code"] == "84413-4");
  CHECK(genotype["valueCodeableConcept"]["text"] == "CYP2C19 *2/*2");
  CHECK(genotype["component"][0]["valueCodeableConcept"]["coding"][0]["code"] == "HGNC:2621");
  REQUIRE(genotype["derivedFrom"].size() == 2);
  CHECK(genotype["derivedFrom"][1]["reference"] == bundle.urn("haplotype CYP2C19 2"));
  const FhirJson& haplotype = bundle["haplotype CYP2C19 1"]["valueCodeableConcept"];
  CHECK(haplotype["coding"][0] ==
        FhirJson{{"system", "http://www.pharmvar.org"}, {"code", "CYP2C19*2"}, {"display", "CYP2C19*2"}});
  const FhirJson& phenotype = bundle["phenotype CYP2C19"];
  CHECK(phenotype["valueCodeableConcept"]["coding"][0]["code"] == "LA9657-3");
  CHECK(phenotype["valueCodeableConcept"]["text"] == "Poor Metabolizer");
  CHECK_FALSE(phenotype["code"].contains("coding"));  // no code of the gene's phenotype that sources agree on
  CHECK(phenotype["derivedFrom"][0]["reference"] == bundle.urn("genotype CYP2C19"));
}

TEST_CASE("a gene without a call says so, with its reason, and claims no profile that asks for a value") {
  const Bundle bundle{make_report()};
  for (const char* name : {"genotype CYP2D6", "phenotype CYP2D6"}) {
    const FhirJson& json = bundle[name];
    CHECK(json["dataAbsentReason"]["coding"][0]["code"] == "unknown");
    CHECK(json["dataAbsentReason"]["text"] == "copy number decides this gene");
    CHECK_FALSE(json.contains("valueCodeableConcept"));
    CHECK_FALSE(json.contains("meta"));
  }
  CHECK(bundle["genotype CYP2D6"]["note"][1]["text"] == "7 of 10 positions are known.");
  // A gene that advice asks for, and that the run did not look at.
  const FhirJson& hla = bundle["genotype HLA-B"];
  CHECK(hla["dataAbsentReason"]["coding"][0]["code"] == "not-performed");
}

TEST_CASE("what no code says is said in words alone") {
  SampleReport report = make_report();
  report.genes[3].diplotypes = {"*1/*2", "*1/*3A"};
  report.genes[3].status = CallStatus::ambiguous;
  report.genes[3].phenotypes = {"Intermediate Metabolizer", "Possible Intermediate Metabolizer"};
  report.genes[0].diplotypes = {"*1x2/*36+*10"};
  report.genes[0].activity_scores = {">=3"};
  const Bundle bundle{report};
  CHECK(bundle["phenotype RYR1"]["valueCodeableConcept"] == FhirJson{{"text", "Indeterminate"}});
  CHECK(bundle["phenotype RYR1"]["interpretation"][0]["text"] == "could not be determined");
  CHECK(bundle["genotype TPMT"]["valueCodeableConcept"] == FhirJson{{"text", "TPMT *1/*2 or *1/*3A"}});
  CHECK(bundle["genotype TPMT"]["interpretation"][0]["text"] == "ambiguous");
  CHECK_FALSE(bundle.has("haplotype TPMT 1"));
  CHECK(bundle["phenotype TPMT"]["valueCodeableConcept"] ==
        FhirJson{{"text", "Intermediate Metabolizer or Possible Intermediate Metabolizer"}});
  CHECK(bundle["haplotype CYP2C19 1"]["valueCodeableConcept"] == FhirJson{{"text", "CYP2C19*1x2"}});
  CHECK(bundle["haplotype CYP2C19 2"]["valueCodeableConcept"] == FhirJson{{"text", "CYP2C19*36+*10"}});
  const FhirJson& score = bundle["phenotype CYP2C19"]["component"][1]["valueQuantity"];
  CHECK(score["value"] == 3);
  CHECK(score["comparator"] == ">=");
}

TEST_CASE("advice is an implication; where prescribing should change it has a task") {
  SampleReport report = make_report();
  report.advice[1].action = "alternative";
  report.advice[1].population = "Adults";
  report.medications = {{"Clopidogrel 75 mg", {"clopidogrel"}, ""}, {"metformin", {}, ""}};
  const Bundle bundle{report};
  const std::string name = implication("clopidogrel", "CYP2C19") + "Adults";
  const FhirJson& advice = bundle[name];
  CHECK(advice["interpretation"][0]["text"] == "action");
  CHECK(advice["component"][0]["valueCodeableConcept"]["coding"][0]["code"] == "32968");
  CHECK(advice["component"][1]["valueCodeableConcept"]["coding"][0]["code"] == "LA9657-3");
  CHECK(advice["component"].back()["valueString"] ==
        "Adults: Choose another drug. Options: prasugrel. Expected: consequence of clopidogrel.");
  CHECK(advice["derivedFrom"][0]["reference"] == bundle.urn("genotype CYP2C19"));
  const FhirJson& task = bundle["task of " + name];
  CHECK(task["code"]["coding"][0]["code"] == "LA26421-0");
  CHECK(task["focus"]["reference"] == bundle.urn("medicine 1"));
  CHECK(task["reasonReference"]["reference"] == bundle.urn(name));
  CHECK(bundle.count("Task") == 2);  // clopidogrel by either guideline; not where nothing changes or nothing is known
  CHECK(bundle[implication("codeine", "CYP2D6")]["interpretation"][0]["text"] == "unknown");
  CHECK(bundle["medicine 2"]["note"][0]["text"] == "Not covered: no guideline of the catalogue is about it.");
}

TEST_CASE("the report leads to everything, says by what it was made, and escapes what others wrote") {
  SampleReport report = make_report();
  report.sample = "<b onclick='x()'>&\xff";
  report.genes[1].reason = "</div><script>alert(1)</script>";
  const Bundle bundle{report};
  const FhirJson& head = bundle.json()["entry"][0]["resource"];
  CHECK(head["resourceType"] == "DiagnosticReport");
  CHECK(head["status"] == "preliminary");
  CHECK(static_cast<long>(head["result"].size()) == bundle.count("Observation"));
  const std::string narrative = head["text"]["div"];
  CHECK(narrative.starts_with("<div xmlns=\"http://www.w3.org/1999/xhtml\">"));
  CHECK(narrative.find("<b ") == std::string::npos);
  CHECK(narrative.find("<script") == std::string::npos);
  CHECK(narrative.find("&lt;/div&gt;&lt;script&gt;") != std::string::npos);
  CHECK(head["conclusion"] ==
        "3 of 4 genes called. Drugs: 1 need action, 3 could not be determined, 1 need no change.");
  const auto device = std::ranges::find_if(
      bundle.json()["entry"], [](const FhirJson& entry) { return entry["resource"]["resourceType"] == "Device"; });
  CHECK((*device)["resource"]["version"][0]["value"] == "0.1.0");
  CHECK((*device)["resource"]["version"][1]["value"] == "2026.11 of 2026-11-21");
}

TEST_CASE("one name of two systems is two patients, and a patient's identifier is of its system") {
  SampleReport report = make_report();
  const Bundle unknown{report};
  CHECK_FALSE(unknown["patient"]["identifier"][0].contains("system"));
  report.identifier_system = "https://one.example/samples";
  const Bundle one{report};
  CHECK(one["patient"]["identifier"][0]["system"] == "https://one.example/samples");
  CHECK(one["patient"]["identifier"][0]["value"] == report.sample);
  report.identifier_system = "https://two.example/samples";
  const Bundle two{report};
  CHECK(one["patient"]["id"] != two["patient"]["id"]);
  CHECK(one["patient"]["id"] != unknown["patient"]["id"]);
  CHECK(one["genotype CYP2C19"]["id"] != two["genotype CYP2C19"]["id"]);
}

TEST_CASE("the same report gives the same bytes; another result of the same sample the same ids") {
  SampleReport report = make_report();
  CHECK(fhir_bundle(report, catalogue()) == fhir_bundle(report, catalogue()));
  const Bundle before{report};
  report.genes[0].diplotypes = {"*1/*17"};
  const Bundle corrected{report};
  CHECK(before["genotype CYP2C19"]["id"] == corrected["genotype CYP2C19"]["id"]);
  CHECK(before["haplotype CYP2C19 1"]["id"] == corrected["haplotype CYP2C19 1"]["id"]);
}
