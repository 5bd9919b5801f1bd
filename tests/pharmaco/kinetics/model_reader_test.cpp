// Files of kinetic models: what is wrong is told at its line.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/builders/kinetics.h"

namespace stardose::test {

namespace {

const std::string whole = R"(model: m
drugs: [warfarin]
title: a model
citation: {text: "J 2026;1:1", doi: 10.1/x}
inputs:
  weight: {}
parameters:
  cl: {unit: L/h, typical: {product: [0.1 L/h/kg, weight]}, varies: 0.1}
  v: {unit: L, typical: 14, varies: 0.05}
compartments: [blood]
flows:
  - {from: blood, clearance: cl, volume: v}
routes:
  oral: {into: blood}
observables:
  level: {title: level, unit: mg/L, between: [0, 100], concentration: {of: blood, volume: v}, error: {additive: 1 mg/L}}
)";

/// The faults of the model with one text in place of another.
std::vector<std::string> faults_with(const std::string& before, const std::string& after) {
  std::string text = whole;
  const std::size_t at = text.find(before);
  REQUIRE(at != std::string::npos);
  text.replace(at, before.size(), after);
  std::vector<std::string> faults;
  (void)kinetics_of("m", text, faults);
  return faults;
}

void check_fault(const std::string& before, const std::string& after, const std::string& line_and_why) {
  CAPTURE(after);
  std::string told;
  const std::vector<std::string> faults = faults_with(before, after);
  REQUIRE(!faults.empty());
  for (const std::string& fault : faults) told += fault + "; ";
  CAPTURE(told);
  CHECK(std::ranges::any_of(faults, [&](const std::string& fault) {
    return fault.find("kinetics/m.yaml:" + line_and_why) != std::string::npos;
  }));
}

}  // namespace

TEST_SUITE("files of kinetic models") {
  TEST_CASE("a whole one has no faults, and every model of the catalogue is whole") {
    CHECK(faults_with("model: m", "model: m").empty());
    CHECK(kinetics().models.size() == 7);
    CHECK(kinetics().choose("warfarin")->id == "warfarin-hamberg-2010");
    CHECK(kinetics().choose("vancomycin")->id == "vancomycin-thomson-2009");
    CHECK(kinetics().choose("aspirin") == nullptr);
  }

  TEST_CASE("units that do not fit are told at their line") {
    check_fault("0.1 L/h/kg, weight", "0.1 L/h, weight", "8: typical: cl: the formula does not give L/h");
    check_fault("unit: L, typical: 14", "unit: litresperday, typical: 14", "9: unit: not in units.tsv");
    check_fault("clearance: cl, volume: v", "clearance: v, volume: v",
                "12: clearance: v is in L, which is no clearance");
    check_fault("clearance: cl, volume: v", "rate: cl", "12: rate: cl is in L/h, which is no rate");
    check_fault("unit: mg/L, between", "unit: INR, between", "16: unit: does not fit what is measured");
    check_fault("additive: 1 mg/L", "additive: 1 L/h", "16: expected a number and its unit");
  }

  TEST_CASE("names that are not known, and what nothing asks for") {
    check_fault("into: blood", "into: gut", "14: into: no such compartment: gut");
    check_fault("clearance: cl", "clearance: clearance", "12: clearance: no such parameter: clearance");
    check_fault("  weight: {}\n", "  weight: {}\n  height: {}\n", "6: inputs: nothing asks for height");
    check_fault("  v: {unit", "  w: {unit: L, typical: 3}\n  v: {unit", "8: parameters: nothing asks for w");
    check_fault("title: a model", "titel: a model", "3: titel: unknown key; did you mean `title`?");
  }

  TEST_CASE("numbers that make no model") {
    check_fault("varies: 0.1}", "varies: -0.1}", "8: varies: expected a variance above 0");
    check_fault("compartments:", "covariances: [{of: [cl, v], value: 0.2}]\ncompartments:",
                "10: covariances: variances and covariances are no covariance matrix");
    check_fault("{into: blood}", "{into: blood, share: 1.5, why: no}", "14: share: expected a share");
    check_fault("{into: blood}", "{into: blood, share: 0.5}", "14: why: a share of the dose needs its reason");
    check_fault("between: [0, 100]", "between: [100, 0]", "16: between: expected the least and the greatest value");
    check_fault("error: {additive: 1 mg/L}", "error: {additive: 0 mg/L}", "16: error: expected some above 0");
  }

  TEST_CASE("flows in a circle, from a compartment to itself") {
    check_fault("compartments: [blood]\nflows:\n",
                "compartments: [blood, a, b]\nflows:\n  - {from: blood, to: a, clearance: cl, volume: v}\n"
                "  - {from: a, to: b, clearance: cl, volume: v}\n  - {from: b, to: blood, clearance: cl, volume: v}\n",
                "12: flows: compartments in a circle");
    check_fault("{from: blood, clearance", "{from: blood, to: blood, clearance", "12: to: a flow goes from one");
  }

  TEST_CASE("a plan of advice is read, and a gain that no dose can have is refused") {
    const auto with_plan = [](const std::string& gain) {
      return "model: m\nadvice:\n  least_gain: " + gain +
             "\n  observable: level\n  otherwise: 10\n  around: 2\n  route: oral\n  interval: 1 days\n  horizon: 14 "
             "days\n"
             "  doses_mg: [1, 10]\n  tablets: {strengths_mg: [1], source: x}\n"
             "  unsafe: {above: 20, at_most: 0.1, source: x}";
    };
    CHECK(faults_with("model: m", with_plan("0.05")).empty());
    CHECK(faults_with("model: m", with_plan("0")).empty());
    check_fault("model: m", with_plan("1"), "3: least_gain: expected a share of time, below 1");
    check_fault("model: m", with_plan("-0.1"), "3: least_gain: expected a share of time");
    CHECK(kinetics().find("warfarin-hamberg-2010")->advice->least_gain > 0);
  }

  TEST_CASE("damaged files are refused or read, and never crash") {
    const std::string full = pharmaco::embedded_files().texts.at("kinetics/warfarin-hamberg-2010.yaml");
    std::mt19937 random{5};
    int refused = 0;
    for (int round = 0; round < 150; ++round) {
      std::string text = full;
      for (auto left = 1 + random() % 3; left > 0; --left) {
        const std::size_t at = random() % text.size();
        switch (random() % 3) {
          case 0: text[at] = "\n:{}[],-0x "[random() % 11]; break;
          case 1: text.erase(at, 1 + random() % 30); break;
          default: text.insert(at, text.substr(random() % text.size(), 1 + random() % 30));
        }
      }
      std::vector<std::string> faults;
      (void)kinetics_of("warfarin-hamberg-2010", text, faults);
      if (!faults.empty()) ++refused;
    }
    CHECK(refused > 50);
  }

  TEST_CASE("a file that is no model, or has another's name") {
    std::vector<std::string> faults;
    (void)kinetics_of("other", whole, faults);
    CHECK(faults.front().find("the file has the name of its model") != std::string::npos);
    for (const char* text : {"", "[1, 2]", "model: [m]", "model: m\nparameters: 3\nflows: x\n", "a: {"}) {
      CAPTURE(text);
      (void)kinetics_of("m", text, faults);
      CHECK(!faults.empty());
    }
  }
}

}  // namespace stardose::test
