// Loading algorithms: what is checked, so that a wrong file is told and not computed with.
#include "pharmaco/dosing/dosing_library.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/builders/dosing.h"

namespace stardose::test {

using Lines = std::vector<std::string>;

namespace {

/// A file that is whole; `from` in it is replaced by `to`.
std::string example(const std::string& from = "", const std::string& to = "") {
  std::string text = R"(algorithm: example
drugs: [testdrug]
preferred: "yes"
title: an example
citation: {text: nobody, doi: 10.1/x}
output: {what: dose, unit: mg/day}
inputs:
  weight: {}
  hematocrit: {}
  race: {missing: unknown}
  cyp2c9: {diplotype: CYP2C9, alleles: ["*1", "*2"], reference: "*1/*1"}
derived:
  half: {unit: kg, value: {product: [0.5, weight]}}
dose:
  sum:
    - 1
    - 0.1 half in kg
    - {power: {ratio: [hematocrit, 34 %]}, to: -0.76}
    - race: {White: 0, Asian: 1, Black: 2, Mixed or unknown: 3, unknown: 4}
    - cyp2c9: {"*1/*1": 0, "*1/*2": -0.5, "*2/*2": -1}
limits:
  - flag_when: {weight: {above: 300 lb}}
    why: heavy
)";
  if (from.empty()) return text;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

Lines faults_of(const std::string& text) {
  Lines faults;
  (void)dosing_of({{"example", text}}, faults);
  return faults;
}

/// Where the parts of a message do not matter.
bool is_told(const Lines& faults, const std::string& part) {
  return std::ranges::any_of(faults, [&](const std::string& fault) { return fault.find(part) != std::string::npos; });
}

}  // namespace

TEST_SUITE("dosing library") {
  TEST_CASE("an algorithm more is a file") {
    Lines faults;
    const pharmaco::DosingLibrary library = dosing_of({{"example", example()}}, faults);
    CHECK(faults == Lines{});
    const auto* algorithm = library.choose("testdrug");
    REQUIRE(algorithm != nullptr);
    const auto patient = [](double weight) {
      return PatientBuilder{}
          .number("weight", weight)
          .number("hematocrit", 0.34)
          .category("race", "Asian")
          .diplotype("CYP2C9", "*1/*2");
    };
    const auto estimate = estimate_dose(library, catalogue(), {*algorithm}, patient(80).build());
    // 1 + 0.1 * 40 + 1 + 1 - 0.5: a haematocrit is compared with 34 % whichever way it was given
    CHECK(estimate.value == doctest::Approx(6.5));
    CHECK(estimate.flags.empty());
    CHECK(estimate_dose(library, catalogue(), {*algorithm}, patient(140).build()).flags == Lines{"heavy"});
    CHECK(estimate_dose(library, catalogue(), {*algorithm}, patient(80).without("race").build()).value ==
          doctest::Approx(9.5));
  }

  TEST_CASE("the shipped algorithms are whole and name their sources") {
    CHECK(dosing().algorithms.size() == 17);
    for (const auto& algorithm : dosing().algorithms) {
      CAPTURE(algorithm.id);
      CHECK((!algorithm.citation.doi.empty() || !algorithm.citation.pmid.empty()));
    }
    CHECK(dosing().choose("warfarin")->id == "warfarin-iwpc-trained");
    CHECK(dosing().choose("escitalopram")->id == "ssri-cpic");
    CHECK(dosing().choose("nothing") == nullptr);
  }

  TEST_CASE("every category has a row, and no other") {
    CHECK(faults_of(example("Black: 2, ", "")) == Lines{"dosing/example.yaml:19: race: no row for Black"});
    CHECK(faults_of(example(", unknown: 4", "")) == Lines{"dosing/example.yaml:19: race: no row for unknown"});
    CHECK(is_told(faults_of(example("White: 0", "White: 0, Martian: 1")), "race is never Martian"));
    CHECK(is_told(faults_of(example("\"*2/*2\": -1", "\"*2/*3\": -1")), "cyp2c9: no row for *2/*2"));
    CHECK(is_told(faults_of(example("White: 0", "White: 0, White: 1")), "the row is there twice: White"));
  }

  TEST_CASE("every input is used, and everything used is an input") {
    CHECK(is_told(faults_of(example("  weight: {}", "  weight: {}\n  age: {}")), "nothing asks for age"));
    CHECK(is_told(faults_of(example("0.1 half in kg", "0.1 height in cm")), "no such input: height"));
    CHECK(is_told(faults_of(example("0.1 half in kg", "0.1 weight in kg")), "nothing asks for half"));
    CHECK(is_told(faults_of(example("  weight: {}", "  wieght: {}")), "not in covariates.yaml: wieght"));
    CHECK(is_told(faults_of(example("CYP2C9, alleles", "CYP2C99, alleles")), "no such gene in the catalogue: CYP2C99"));
    CHECK(is_told(faults_of(example("[\"*1\", \"*2\"]", "[\"*1\", \"*2000\"]")), "no such allele of CYP2C9: *2000"));
    CHECK(is_told(faults_of(example(", reference: \"*1/*1\"", "")), "`reference` is missing"));
    CHECK(is_told(faults_of(example("reference: \"*1/*1\"", "reference: \"*1/*9\"")), "it is never *1/*9"));
  }

  TEST_CASE("units fit") {
    CHECK(
        is_told(faults_of(example("0.1 half in kg", "0.1 half in cm")), "half is in kg, which does not convert to cm"));
    CHECK(is_told(faults_of(example("0.1 half in kg", "0.1 half")), "say in which unit"));
    CHECK(is_told(faults_of(example("    - 1\n", "    - 1 mg/day\n")), "the parts are not in one unit"));
    CHECK(is_told(faults_of(example("34 %", "34 kg")), "power takes a plain number"));
    CHECK(is_told(faults_of(example("300 lb", "300 cm")), "weight is in kg, which does not convert to cm"));
    CHECK(is_told(faults_of(example("300 lb", "300")), "weight: the bound has no unit"));
    CHECK(is_told(faults_of(example("unit: mg/day", "unit: mg/fortnight")), "not in units.tsv"));
    CHECK(is_told(faults_of(example("value: {product: [0.5, weight]}", "value: {product: [0.5, weight, weight]}")),
                  "the formula does not give kg"));
  }

  TEST_CASE("a formula with dimensions gives the output's unit, whatever the units within") {
    const std::string clearance = R"(algorithm: example
drugs: [testdrug]
preferred: "yes"
title: an example
citation: {text: nobody, pmid: "1"}
output: {what: dose, unit: mg/day}
inputs:
  target_trough: {}
dose: {product: [10 L/h, target_trough]}
)";
    Lines faults;
    const auto library = dosing_of({{"example", clearance}}, faults);
    CHECK(faults == Lines{});
    const auto patient = PatientBuilder{}.number("target_trough", 10);  // ng/mL
    CHECK(estimate_dose(library, catalogue(), {library.algorithms[0]}, patient.build()).value ==
          doctest::Approx(10 * 10 * 24 / 1000.0));
    std::string wrong = clearance;
    wrong.replace(wrong.find("10 L/h"), 6, "10 L/h, 2 h");
    CHECK(is_told(faults_of(wrong), "the formula does not give mg/day"));
  }

  TEST_CASE("variants are told in the catalogue's letters") {
    const auto with_letters = [](const std::string& letters) {
      return faults_of(
          example("  weight: {}", "  weight: {}\n  rs9923231: {genotype: rs9923231, gene: VKORC1, letters: " + letters +
                                      ", missing: unknown}"));
    };
    CHECK(is_told(with_letters("{G: G, A: A}"), "the catalogue's rs9923231 has no allele G"));
    CHECK(is_told(with_letters("{C: G}"), "`letters` does not have every allele of rs9923231"));
    CHECK(is_told(with_letters("{C: G, T: G}"), "one letter twice"));
  }

  TEST_CASE("what is no formula is told at its line") {
    CHECK(faults_of(example("{power: {ratio: [hematocrit, 34 %]}, to: -0.76}", "{sine: hematocrit}")).front() ==
          "dosing/example.yaml:18: neither an operator nor an input: sine");
    CHECK(is_told(faults_of(example("    - 1\n", "    - weight * 2\n")), "cannot be read: weight * 2"));
    CHECK(is_told(faults_of(example("to: -0.76", "to: x")), "expected `to:` with a number"));
    CHECK(is_told(faults_of(example("to: -0.76", "to: 1e300")), "expected `to:` with a number from -100 to 100"));
    CHECK(is_told(faults_of(example("flag_when", "when")), "expected refuse_when, flag_when or defer_when"));
    CHECK(is_told(faults_of(example("doi: 10.1/x", "text2: y")), "expected a doi or a pmid"));
    CHECK(is_told(faults_of(example("algorithm: example", "algorithm: other")),
                  "the file has the name of its algorithm"));
    CHECK(is_told(faults_of(example("preferred: \"yes\"\n", "")), "no algorithm is preferred for testdrug"));
    CHECK(is_told(faults_of(example("limits:", "comparators: [nobody]\nlimits:")), "no such algorithm: nobody"));
  }
}

}  // namespace stardose::test
