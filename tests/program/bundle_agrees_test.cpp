// The FHIR bundle of a sample says what its document says.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>

#include "tests/program/all_formats.h"

namespace stardose::tests {

namespace {

bool has_code(const Json& resource, const std::string& code) {
  return resource["code"].contains("coding") && resource["code"]["coding"][0]["code"] == code;
}

/// The component of an observation with this code; null: it has none.
Json component(const Json& resource, const std::string& code) {
  for (const Json& each : resource.value("component", Json::array())) {
    if (has_code(each, code)) return each;
  }
  return nullptr;
}

std::vector<Json> resources(const Json& bundle, const std::string& type) {
  std::vector<Json> found;
  for (const Json& entry : bundle["entry"]) {
    if (entry["resource"]["resourceType"] == type) found.push_back(entry["resource"]);
  }
  return found;
}

/// Genotype and phenotype of a gene as the bundle has them, `.` where it says that there is none.
struct GeneInBundle {
  std::string genotype = "nowhere";
  std::string phenotype = "nowhere";
  std::string status;
};

std::string value_of(const Json& observation) {
  if (observation.contains("dataAbsentReason")) return ".";
  return observation["valueCodeableConcept"]["text"];
}

std::map<std::string, GeneInBundle> genes_of(const Json& bundle) {
  std::map<std::string, GeneInBundle> genes;
  for (const Json& observation : resources(bundle, "Observation")) {
    const Json gene = component(observation, "48018-6");
    if (gene.is_null()) continue;
    const std::string name = gene["valueCodeableConcept"]["text"];
    if (has_code(observation, "84413-4")) {
      genes[name].genotype = value_of(observation);
      if (observation.contains("interpretation")) genes[name].status = observation["interpretation"][0]["text"];
    } else if (observation["code"].value("text", "") == name + " phenotype") {
      genes[name].phenotype = value_of(observation);
    }
  }
  return genes;
}

void check_genes_in_bundle(const Json& document, const Json& bundle) {
  const auto genes = genes_of(bundle);
  for (const Json& gene : document["genes"]) {
    const std::string name = gene["gene"];
    CAPTURE(name);
    REQUIRE(genes.contains(name));
    const GeneInBundle& told = genes.at(name);
    CHECK_EQ(told.status, gene["status"].get<std::string>());
    const std::string diplotypes = joined(gene["diplotypes"], " or ");
    CHECK_EQ(told.genotype, diplotypes.empty() ? "." : name + " " + diplotypes);
    const std::string phenotypes = joined(gene["phenotypes"], gene["status"] == "called" ? "; " : " or ");
    if (!phenotypes.empty()) CHECK_EQ(told.phenotype, phenotypes);
    if (phenotypes.empty()) CHECK((told.phenotype == "." || told.phenotype == "nowhere"));
  }
}

/// Advice on a drug, `LEVEL: SENTENCE`.
void check_advice_in_bundle(const Json& document, const Json& bundle) {
  std::map<std::string, std::multiset<std::string>> told;
  for (const Json& observation : resources(bundle, "Observation")) {
    if (!has_code(observation, "therapeutic-implication")) continue;
    const std::string drug = component(observation, "51963-7")["valueCodeableConcept"]["text"];
    told[drug].insert(observation["interpretation"][0]["text"].get<std::string>() + ": " +
                      component(observation, "conclusion-string")["valueString"].get<std::string>());
  }
  REQUIRE_EQ(told.size(), document["drugs"].size());
  std::size_t tasks = 0;
  for (const Json& drug : document["drugs"]) {
    std::multiset<std::string> meant;
    for (const Json& advice : drug["advice"]) {
      const std::string level = advice["level"];
      if (level == "action" || level == "caution") ++tasks;
      const std::string population =
          advice["population"].is_null() ? "" : advice["population"].get<std::string>() + ": ";
      const std::string expected = advice["expected"].is_null() ? "" : " " + advice["expected"].get<std::string>();
      meant.insert(level + ": " + population + advice["recommendation"].get<std::string>() + expected);
    }
    CHECK(told.at(drug["drug"]) == meant);
  }
  CHECK_EQ(resources(bundle, "Task").size(), tasks);
}

void check_doses_in_bundle(const Json& document, const Json& bundle) {
  std::vector<Json> doses;
  for (const Json& observation : resources(bundle, "Observation")) {
    if (observation["code"].value("text", "").starts_with("Predicted dose")) doses.push_back(observation);
  }
  REQUIRE_EQ(doses.size(), document["doses"].size());
  for (std::size_t k = 0; k < doses.size(); ++k) {
    const Json& dose = document["doses"][k];
    CHECK_EQ(doses[k]["interpretation"][0]["text"], dose["status"]);
    const Json& meant = dose["instead"].is_null() ? dose["estimate"] : dose["instead"];
    REQUIRE_EQ(doses[k].contains("valueQuantity"), !meant["dose"].is_null());
    if (meant["dose"].is_null()) continue;
    CHECK(doses[k]["valueQuantity"]["value"].get<double>() ==
          doctest::Approx(meant["dose"]["value"].get<double>()).epsilon(0.001));
    CHECK_EQ(doses[k]["valueQuantity"]["unit"], meant["dose"]["unit"]);
  }
}

}  // namespace

TEST_SUITE("program: formats") {
  TEST_CASE("the bundle says what the document says of every gene, drug, dose and medicine") {
    const Results results;
    for (const std::string& sample : results.samples()) {
      CAPTURE(sample);
      const Json document = results.document(sample);
      const Json bundle = results.bundle(sample);
      check_genes_in_bundle(document, bundle);
      check_advice_in_bundle(document, bundle);
      check_doses_in_bundle(document, bundle);
      CHECK_EQ(resources(bundle, "MedicationStatement").size(), document.value("medications", Json::array()).size());
      CHECK_EQ(resources(bundle, "Patient")[0]["identifier"][0]["value"], document["sample"]);
    }
  }

  TEST_CASE("the patient is named in the system that the user says, which must be a URI") {
    const TempFolder folder;
    const std::vector<std::string> args = {
        "run",  "--input",  data + "family.vcf.gz", "--genes",      "TPMT", "--write",
        "fhir", "--output", folder / "out",         "--fhir-system"};
    std::vector<std::string> wrong = args;
    wrong.emplace_back("our laboratory");
    const ProgramResult refused = run_program(wrong);
    CHECK_EQ(refused.exit_code, 2);
    CHECK(refused.err.starts_with("error: fhir-system: is no absolute URI: our laboratory\nhelp: "));
    CHECK_FALSE(std::filesystem::exists(folder / "out"));
    std::vector<std::string> right = args;
    right.emplace_back("urn:oid:2.25.1");
    REQUIRE_EQ(run_program(right).exit_code, 0);
    const Json bundle = Json::parse(file_text(folder / "out/report/mother.fhir.json"));
    const Json identifier = resources(bundle, "Patient").at(0)["identifier"][0];
    CHECK_EQ(identifier["system"], "urn:oid:2.25.1");
    CHECK_EQ(identifier["value"], "mother");
  }

  TEST_CASE("a catalogue without codes cannot write bundles, and says so before anything is read") {
    const TempFolder folder;
    std::filesystem::copy(STARDOSE_SOURCE_DIR "/pharmaco/catalogue", folder / "catalogue",
                          std::filesystem::copy_options::recursive);
    std::filesystem::remove_all(folder / "catalogue/fhir");
    const ProgramResult run = run_program({"run", "--input", data + "family.vcf.gz", "--knowledge",
                                           folder / "catalogue", "--write", "fhir", "--output", folder / "out"});
    CHECK_EQ(run.exit_code, 6);
    CHECK_EQ(run.err, "error: " + (folder / "catalogue") +
                          ": fhir: the catalogue has no codes for the record\nhelp: add the folder fhir/ of the "
                          "catalogue, or leave fhir out of `write`\n");
    CHECK_FALSE(std::filesystem::exists(folder / "out"));
  }
}

}  // namespace stardose::tests
