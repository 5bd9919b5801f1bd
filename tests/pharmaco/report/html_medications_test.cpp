// Cards of drugs: what is told once, and the patient's own medicines first.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "pharmaco/report/html_report.h"
#include "tests/builders/sample_report.h"

namespace {

using namespace stardose::pharmaco;
using namespace stardose::test;

TEST_CASE("what is said to several groups or by several guidelines is told once, with all of them") {
  SampleReport report = make_report();
  Advice adults = report.advice[1];
  adults.population = "Adults";
  Advice children = adults;
  children.population = "Children";
  report.advice = {adults, children, report.advice[3], report.advice[3]};
  report.advice[3].source = "DPWG";
  const std::string page = html_report(report);
  const std::string_view cards = section(page, "needs-action");
  CHECK(has(cards, "<i>Adults; Children:</i> <strong>Choose another drug.</strong>"));
  CHECK(cards.find("Choose another drug.") == cards.rfind("Choose another drug."));
  CHECK(has(section(page, "undetermined"), "; </span><b>DPWG</b>, strong"));
  // A group of one guideline and everybody of another are not the same.
  report.advice[1].population.clear();
  report.advice[1].source = "DPWG";
  const std::string apart = html_report(report);
  const std::string_view both = section(apart, "needs-action");
  CHECK(both.find("Choose another drug.") != both.rfind("Choose another drug."));
}

TEST_CASE("the patient's medicines come first, each drug in one place, and none is dropped") {
  SampleReport report = make_report();
  CHECK_FALSE(has(html_report(report), "id=\"medicines\""));
  report.medications = {{{"Clopidogrel 75 mg", {"clopidogrel"}, ""},
                         {"codeine", {"codeine"}, ""},
                         {"azathioprine", {"azathioprine"}, ""},
                         {"clopidogrol", {}, "clopidogrel"},
                         {"neverheardofin", {}, ""}}};
  const std::string page = html_report(report);
  const std::string_view own = section(page, "medicines");
  CHECK(page.find("id=\"medicines\"") < page.find("id=\"needs-action\""));
  CHECK(has(own, "clopidogrel<span class=\"note\">listed as Clopidogrel 75 mg</span>"));
  CHECK(has(own, "NOT COVERED</span><bdi>neverheardofin</bdi>"));
  CHECK(has(own, "Was clopidogrel meant?"));
  CHECK(has(own, "codeine waits for CYP2D6."));
  CHECK(own.find("neverheardofin") < own.find("azathioprine"));  // what is not known before what needs no change
  CHECK_FALSE(has(section(page, "needs-action"), "clopidogrel"));
  CHECK_FALSE(has(section(page, "no-change"), "azathioprine"));
  CHECK(has(section(page, "undetermined"), "Listed above: codeine"));
  CHECK(has(page, "<b>1</b><span>of 5 own medicines need action"));
  CHECK(has(page, "<b>0</b><span>other drugs need action"));
}

TEST_CASE("drugs of which the same is said share a card; one that the other's advice names does not") {
  SampleReport report = make_report();
  Advice first = report.advice[1];
  first.drug = "prasugrex";
  first.sentence = "Avoid prasugrex. Options: aspirin.";
  Advice second = first;
  second.drug = "ticagrex";
  second.sentence = "Avoid ticagrex. Options: aspirin.";
  report.advice = {first, second};
  const std::string shared = html_report(report);
  CHECK(has(section(shared, "needs-action"), "</span>prasugrex, ticagrex</h3>"));
  CHECK(has(section(shared, "needs-action"), "<strong>Avoid these drugs.</strong>"));
  report.advice[0].sentence = "Avoid prasugrex. Options: ticagrex.";
  report.advice[1].sentence = "Avoid ticagrex. Options: ticagrex.";
  CHECK_FALSE(has(section(html_report(report), "needs-action"), "these drugs"));
}

}  // namespace
