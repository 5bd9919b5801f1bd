// The section about doses: what a pharmacist must find, from the banner to the source.
#include "pharmaco/report/html_dose.h"

#include <doctest/doctest.h>

#include <string>

#include "pharmaco/report/html_report.h"
#include "tests/builders/dosing.h"

namespace stardose::test {

namespace {

using pharmaco::AdviceLevel;
using pharmaco::DoseReport;
using pharmaco::SampleReport;

bool has(const std::string& page, const std::string& text) { return page.find(text) != std::string::npos; }

SampleReport report_of(std::vector<DoseReport> doses) {
  SampleReport report;
  report.sample = "P1";
  report.catalogue_release = "2026.11";
  report.doses = std::move(doses);
  return report;
}

std::string section_of(const SampleReport& report) {
  pharmaco::HtmlWriter html;
  write_doses(html, report);
  return html.take();
}

PatientBuilder tested_patient() {
  return warfarin_case()
      .diplotype("CYP2C9", "*1/*3")
      .tested("CYP2C9", {"*2", "*3", "*5", "*6", "*8"})
      .genotype("rs9923231", "C", "T");
}

}  // namespace

TEST_SUITE("report: doses") {
  TEST_CASE("a dose with interval, tablets, picture, genes, inputs, drugs, performance and source") {
    const std::string page = section_of(report_of({tested_patient().report("warfarin-iwpc-2009")}));
    for (const char* part : {"<h3>warfarin: stable weekly dose</h3>",
                             "<p class=\"amount\">25.4 mg/week = 3.6 mg/day</p>",
                             "<b>90 % interval: ",
                             " to ",
                             "like this one (race: White, middle third of doses)",
                             "Tablets: 3.5 mg/day (2.5 + 1 mg) = 24.5 mg/week",
                             "class=\"interval\"",
                             ">IWPC clinical equation: 34.8 mg/week = 5 mg/day</text>",
                             ">fixed dose: 35 mg/week = 5 mg/day</text>",
                             "<th scope=\"row\">CYP2C9</th>",
                             "tested: *2, *3, *5, *6, *8; not tested: *11, rs12777823",
                             "-10.3 mg/week against *1/*1",
                             "<dt>Given</dt>",
                             "<dt>Assumed</dt>",
                             "amiodarone: no (assumed)",
                             "<dt>Drugs that it knows nothing of</dt>",
                             "fluconazole",
                             "<dt>How well it did</dt>",
                             "race White (n = 1820)",
                             "doi 10.1056/NEJMoa0809329",
                             "catalogue 2026.11"}) {
      CAPTURE(part);
      CHECK(has(page, part));
    }
    CHECK_FALSE(has(page, "banner"));
  }

  TEST_CASE("a trained model's dose: what each input adds, what it is for, how well it does elsewhere, and its file") {
    const std::string page = section_of(report_of({tested_patient().report("warfarin-iwpc-trained")}));
    for (const char* part :
         {"<h3>warfarin: stable weekly dose</h3>",
          "<b>90 % interval: ", "90 % of 2391 patients like this one (race: White); at sites that had no part in it, ",
          "<h4>What each input adds</h4>", "on the scale that the model learned on (square root of mg/week: ",
          ">VKORC1 ", " others ", ">IWPC pharmacogenetic equation: 25.4 mg/week = 3.6 mg/day</text>",
          ">Gage clinical equation: ", "mg/week against G/G", "<dt>Missing</dt>", "aspirin, paracetamol, simvastatin",
          "<dt>Intended use</dt>", "<dt>Limits</dt>", "<dt>Model file</dt>",
          "dosing/models/warfarin-iwpc-trained.json, SHA-256 ", "race White (n = 2391)",
          "the model&#39;s card, leave one site out: "}) {
      CAPTURE(part);
      CHECK(has(page, part));
    }
    CHECK_FALSE(has(page, "banner"));
    CHECK_FALSE(has(page, "rs17880887"));
    CHECK_FALSE(has(section_of(report_of({tested_patient().report("warfarin-iwpc-2009")})), "What each input adds"));
  }

  TEST_CASE("a refused dose shows no amount, and why") {
    const std::string page =
        section_of(report_of({tested_patient().number("target_inr", 3.5).report("warfarin-iwpc-2009")}));
    CHECK(has(page, "<strong>No dose: IWPC pharmacogenetic equation refuses</strong>"));
    CHECK(has(page, "derived for a target INR of 2 to 3 only"));
    CHECK_FALSE(has(page, "class=\"amount\""));
    CHECK_FALSE(has(page, "<svg class=\"doses\""));
  }

  TEST_CASE("alleles of African ancestry that were not tested: the clinical dose, under a banner") {
    const auto report = report_of({tested_patient().category("race", "Black").report("warfarin-iwpc-2009")});
    const std::string page = section_of(report);
    CHECK(has(page, "<strong>Dose clinically: the genotype is not used</strong>"));
    CHECK(has(page, "were not all tested"));
    CHECK(has(page, "IWPC clinical equation (warfarin-iwpc-2009-clinical"));
    // Of the bars, the clinical equation's is the dose itself and is not there a second time.
    CHECK(page.find(">IWPC clinical equation: ") == page.rfind(">IWPC clinical equation: "));
    CHECK(level_of_doses(report) == AdviceLevel::caution);
  }

  TEST_CASE("outside of what it was made for, and cautions with their source") {
    const std::string page = section_of(
        report_of({tested_patient().number("age", 16).diplotype("CYP2C9", "*3/*3").report("warfarin-iwpc-2009")}));
    CHECK(has(page, "<strong>Outside of what it was made for</strong>"));
    CHECK(has(page, "younger than 18 years"));
    CHECK(has(page, "CAUTION</span> CYP2C9 poor metabolizer, consider another anticoagulant (CPIC guideline"));
  }

  TEST_CASE("a guideline's dose and points have no picture") {
    const std::string advised =
        section_of(report_of({PatientBuilder{}.score("DPYD", 100).report("fluoropyrimidines-cpic")}));
    CHECK(has(advised, "ACTION"));
    CHECK_FALSE(has(advised, "<svg class=\"doses\""));
  }

  TEST_CASE("the summary counts doses, and a report without any is as before") {
    const auto refused = tested_patient().number("target_inr", 4).report("warfarin-iwpc-2009");
    const auto report = report_of({tested_patient().report("warfarin-iwpc-2009"), refused});
    const std::string page = html_report(report);
    CHECK(has(page, "<b>1</b><span>of 2 doses worked out</span>"));
    CHECK(level_of_doses(report) == AdviceLevel::unknown);
    CHECK(page.find("href=\"#dose\"") < page.find("id=\"needs-action\""));
    CHECK(page.find("id=\"genes\"") < page.find("id=\"dose\""));
    CHECK_FALSE(has(html_report(report_of({})), "id=\"dose\""));
  }

  TEST_CASE("what a user wrote is inert") {
    auto dose = tested_patient().report("warfarin-iwpc-2009");
    dose.own.cautions = {"<script>alert(1)</script>"};
    dose.own.inputs[0].value.shown = "\"><b>";
    const std::string page = section_of(report_of({dose}));
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "\"><b>\""));
  }
}

}  // namespace stardose::test
