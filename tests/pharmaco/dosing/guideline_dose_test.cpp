// Dose factors that guidelines give, and the ABCD-GENE score.
#include <doctest/doctest.h>

#include <string>

#include "pharmaco/dosing/dose_words.h"
#include "tests/builders/dosing.h"

namespace stardose::test {

using Status = pharmaco::DoseEstimate::Status;

namespace {

/// Action and percentage (or limit) for a drug, `reduce_dose 50`.
std::string advice_for(const PatientBuilder& patient, const std::string& drug) {
  const auto* algorithm = dosing().choose(drug);
  REQUIRE(algorithm != nullptr);
  const auto estimate = estimate_dose(dosing(), catalogue(), {*algorithm, drug}, patient.build());
  REQUIRE(estimate.status == Status::advised);
  std::string text;
  for (const auto& advice : estimate.advice) {
    CHECK(advice.drug == drug);
    text += (text.empty() ? "" : "; ") + advice.action;
    if (!advice.dose_percent.empty()) text += " " + advice.dose_percent;
    if (!advice.dose_limit.empty()) text += " " + advice.dose_limit;
  }
  return text;
}

std::string by_score(const std::string& drug, const std::string& gene, int hundredths) {
  return advice_for(PatientBuilder{}.score(gene, hundredths), drug);
}

std::string thiopurine(const std::string& drug, const std::string& tpmt, const std::string& nudt15) {
  return advice_for(PatientBuilder{}.phenotype("TPMT", tpmt).phenotype("NUDT15", nudt15), drug);
}

PatientBuilder abcd_case() {
  return PatientBuilder{}
      .number("age", 60)
      .number("height", 170)
      .number("weight", 70)
      .number("egfr", 90)
      .category("diabetes", "no")
      .diplotype("CYP2C19", "*1/*1");
}

}  // namespace

TEST_SUITE("guideline doses") {
  TEST_CASE("fluoropyrimidines go by DPYD's activity score, not by its phenotype") {
    for (const char* drug : {"fluorouracil", "capecitabine"}) {
      CAPTURE(drug);
      CHECK(by_score(drug, "DPYD", 200) == "standard");
      CHECK(by_score(drug, "DPYD", 150) == "reduce_dose 50");
      CHECK(by_score(drug, "DPYD", 100) == "reduce_dose 50");
      // Both are Poor Metabolizers; only one of them has a way out.
      CHECK(by_score(drug, "DPYD", 50) == "avoid");
      CHECK(by_score(drug, "DPYD", 0) == "avoid");
    }
    const auto note = [](int score) {
      return estimate_dose(dosing(), catalogue(), {*dosing().choose("fluorouracil"), "fluorouracil"},
                           PatientBuilder{}.score("DPYD", score).build())
          .advice.front();
    };
    CHECK(note(50).sentence != note(0).sentence);
    CHECK(note(100).strength == "strong");
    CHECK(note(150).strength == "moderate");
  }

  TEST_CASE("thiopurines go by TPMT and NUDT15 together") {
    const std::string normal = "Normal Metabolizer";
    const std::string intermediate = "Intermediate Metabolizer";
    const std::string poor = "Poor Metabolizer";
    CHECK(thiopurine("mercaptopurine", normal, normal) == "standard");
    CHECK(thiopurine("mercaptopurine", intermediate, normal) == "reduce_dose 30-80");
    CHECK(thiopurine("mercaptopurine", normal, intermediate) == "reduce_dose 30-80");
    CHECK(thiopurine("mercaptopurine", intermediate, intermediate) == "reduce_dose 30-80");
    CHECK(thiopurine("mercaptopurine", poor, normal) == "reduce_dose 10");
    CHECK(thiopurine("mercaptopurine", normal, poor) == "reduce_dose 10 mg/m2/day to start with");
    CHECK(thiopurine("thioguanine", intermediate, normal) == "reduce_dose 50-80");
    CHECK(thiopurine("azathioprine", intermediate, normal) == "reduce_dose 30-80");
  }

  TEST_CASE("antidepressants, efavirenz and statins") {
    CHECK(advice_for(PatientBuilder{}.phenotype("CYP2C19", "Poor Metabolizer"), "citalopram").find("50") !=
          std::string::npos);
    CHECK(advice_for(PatientBuilder{}.phenotype("CYP2C19", "Poor Metabolizer"), "sertraline") == "reduce_dose 50");
    CHECK(by_score("paroxetine", "CYP2D6", 0) == "reduce_dose 50");
    CHECK(by_score("nortriptyline", "CYP2D6", 50) == "reduce_dose 75");
    CHECK(by_score("nortriptyline", "CYP2D6", 0) == "avoid 50");
    CHECK(advice_for(PatientBuilder{}.phenotype("CYP2C19", "Normal Metabolizer").score("CYP2D6", 0), "amitriptyline") ==
          "avoid 50");
    CHECK(advice_for(PatientBuilder{}.phenotype("CYP2B6", "Intermediate Metabolizer"), "efavirenz") ==
          "reduce_dose 400 mg/day to start with");
    CHECK(advice_for(PatientBuilder{}.phenotype("SLCO1B1", "Decreased Function"), "simvastatin") ==
          "alternative below 20 mg/day if it must be used");
    CHECK(advice_for(PatientBuilder{}.phenotype("SLCO1B1", "Poor Function"), "atorvastatin") ==
          "cap_dose 20 mg/day to start with");
  }

  TEST_CASE("a usual dose is multiplied in its own unit") {
    auto patient = PatientBuilder{}
                       .phenotype("TPMT", "Intermediate Metabolizer")
                       .phenotype("NUDT15", "Normal Metabolizer")
                       .build();
    patient.covariates["usual_dose"] = {
        .state = pharmaco::InputValue::State::given, .number = 75, .shown = "75 mg/m2/day", .unit = "mg/m2/day"};
    const auto estimate =
        estimate_dose(dosing(), catalogue(), {*dosing().choose("mercaptopurine"), "mercaptopurine"}, patient);
    REQUIRE(estimate.advice.size() == 1);
    CHECK(share_of_usual_dose(estimate, estimate.advice.front()) == "22.5 to 60 mg/m2/day");
  }

  TEST_CASE("a gene without a result is said, and no percentage given") {
    const std::string text = advice_for(PatientBuilder{}, "fluorouracil");
    CHECK(text.find("50") == std::string::npos);
    CHECK(text != "standard");
  }

  TEST_CASE("ABCD-GENE adds its points") {
    const auto points = [](const PatientBuilder& patient) { return patient.dose("clopidogrel-abcd-gene"); };
    CHECK(points(abcd_case()) == 0);
    CHECK(points(abcd_case().number("age", 75)) == 0);
    CHECK(points(abcd_case().number("age", 76)) == 4);
    CHECK(points(abcd_case().number("weight", 86.6)) == 0);  // 29.97 kg/m2
    CHECK(points(abcd_case().number("weight", 86.8)) == 4);
    CHECK(points(abcd_case().number("egfr", 60)) == 0);
    CHECK(points(abcd_case().number("egfr", 59.9)) == 3);
    CHECK(points(abcd_case().category("diabetes", "yes")) == 3);
    CHECK(points(abcd_case().diplotype("CYP2C19", "*1/*2")) == 6);
    CHECK(points(abcd_case().diplotype("CYP2C19", "*17/*3")) == 6);
    CHECK(points(abcd_case().diplotype("CYP2C19", "*2/*3")) == 24);
    CHECK(points(abcd_case().diplotype("CYP2C19", "*17/*17")) == 0);
    CHECK(points(abcd_case().number("age", 80).diplotype("CYP2C19", "*1/*2")) == 10);
    CHECK(abcd_case().number("age", 80).diplotype("CYP2C19", "*1/*2").estimate("clopidogrel-abcd-gene").meaning ==
          "high risk of high platelet reactivity on clopidogrel (10 points or more)");
    CHECK(abcd_case().estimate("clopidogrel-abcd-gene").meaning == "below the cut-off of 10 points");
    CHECK(abcd_case().without("weight").estimate("clopidogrel-abcd-gene").status == Status::refused);
    CHECK_FALSE(pharmaco::mg_per_day(*dosing().find("clopidogrel-abcd-gene"), 10).has_value());
  }
}

}  // namespace stardose::test
