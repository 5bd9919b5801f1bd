// A list where a mapping belongs, or the reverse, anywhere in an algorithm's file: told at its line, never left out.
#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/builders/dosing.h"

namespace stardose::test {

namespace {

using Path = std::vector<std::string>;

/// Has each key that an algorithm with a formula may have.
constexpr const char* whole = R"(algorithm: example
drugs: [testdrug]
preferred: "yes"
title: an example
citation: {text: nobody, doi: 10.1/x, pmid: "1"}
output: {what: dose, unit: mg/week, doses_a_day: 1}
inputs:
  age: {}
  weight: {}
  race: {missing: unknown}
  amiodarone: {missing: {take: "no", why: nobody said}}
  rs9934438: {genotype: rs9934438, gene: VKORC1, letters: {G: C, A: T}, reference: C/C, missing: unknown}
  vkorc1:
    genotype: rs9923231
    gene: VKORC1
    title: VKORC1
    letters: {C: G, T: A}
    reference: G/G
    missing: unknown
    impute: [{from: rs9934438, unless: {race: [Black]}, values: {C/C: G/G, C/T: A/G, T/T: A/A}}]
  cyp2c9: {diplotype: CYP2C9, alleles: ["*1", "*2"], reference: "*1/*1"}
  copies: {count: CYP2C9, counted: ["*2"], reference: 0}
  function: {count: CYP2C9, functions: [No function], reference: 0}
  expresser: {phenotype: CYP3A5, groups: {all: [Normal Metabolizer, Intermediate Metabolizer, Possible Intermediate Metabolizer, Poor Metabolizer]}, reference: all}
  looked_for: {tested: CYP2C9, counted: ["*5"], variants: [rs12777823]}
derived:
  half: {unit: kg, value: {product: [0.5, weight]}, source: nobody}
dose:
  sum:
    - 1
    - 0.1 half in kg
    - {power: {ratio: [weight, 70 kg]}, to: -0.76}
    - {ln: {ratio: [weight, 70 kg]}}
    - copies
    - function
    - race: {White: 0, Asian: 1, Black: 2, Mixed or unknown: 3, unknown: 4}
    - amiodarone: {"yes": 0, "no": 1}
    - expresser: {all: 1}
    - vkorc1: {G/G: 0, A/G: 1, A/A: 2, unknown: 1}
    - rs9934438: {C/C: 0, C/T: 1, T/T: 2, unknown: 1}
    - cyp2c9: {"*1/*1": 0, "*1/*2": -0.5, "*2/*2": -1}
    - {when: {age: {above: 75 years}}, then: 4, else: 0}
limits:
  - {flag_when: {weight: {above: 300 lb}}, why: heavy, source: nobody}
  - {refuse_when: {any: [{age: {below: 18 years}}, {not: {looked_for: "yes"}, race: Black}]}, why: young}
cautions: [{when: {imputed: vkorc1}, say: imputed, source: nobody}]
meanings: [{at_least: 10, below: 20, say: a dose}]
comparators: []
fixed_dose: {value: 35 mg/week, source: nobody}
tablets: {strengths_mg: [1, 2.5], most: 3, source: nobody}
interactions_not_modelled: {drugs: [fluconazole], source: nobody}
interval:
  level: 0.90
  scale: root
  by: race
  cuts: [20]
  groups:
    White: [{n: 344, low: -1, high: 1, of: part}, {n: 344, low: -1, high: 1, of: group}]
    Asian: [{n: 344, low: -1, high: 1}, {n: 344, low: -1, high: 1}]
    Black: [{n: 344, low: -1, high: 1}, {n: 344, low: -1, high: 1}]
    Mixed or unknown: [{n: 344, low: -1, high: 1}, {n: 344, low: -1, high: 1}]
  at_other_sites: {White: 89.8}
  source: nobody
performance:
  by: race
  everyone: {n: 3162, error: 8.5, within_20: 44.9}
  groups:
    White: {n: 3162, error: 8.5, within_20: 44.9}
    Asian: {n: 3162, error: 8.5, within_20: 44.9}
    Black: {n: 3162, error: 8.5, within_20: 44.9}
    Mixed or unknown: {n: 3162, error: 8.5, within_20: 44.9}
  source: nobody
)";

void add_paths(const YAML::Node& node, const Path& here, std::vector<Path>& paths) {
  paths.push_back(here);
  const auto add = [&](const std::string& step, const YAML::Node& part) {
    Path deeper = here;
    deeper.push_back(step);
    add_paths(part, deeper, paths);
  };
  if (node.IsMap()) {
    for (const auto& item : node) add(item.first.Scalar(), item.second);
  }
  if (node.IsSequence()) {
    for (std::size_t k = 0; k < node.size(); ++k) add(std::to_string(k), node[k]);
  }
}

YAML::Node at(const YAML::Node& root, const Path& path) {
  YAML::Node node = root;
  for (const std::string& step : path) node.reset(node.IsSequence() ? node[std::stoul(step)] : node[step]);
  return node;
}

std::string shown(const Path& path) {
  std::string text;
  for (const std::string& step : path) text += "/" + step;
  return text;
}

std::vector<std::string> faults_of(const std::string& text) {
  std::vector<std::string> faults;
  (void)dosing_of({{"example", text}}, faults);
  return faults;
}

bool has_line(const std::string& fault) {
  const std::string file = "dosing/example.yaml:";
  return fault.starts_with(file) && fault.size() > file.size() && fault[file.size()] >= '1' &&
         fault[file.size()] <= '9';
}

}  // namespace

TEST_SUITE("algorithm shapes") {
  TEST_CASE("whatever has the wrong shape is a fault with its line") {
    REQUIRE(faults_of(whole) == std::vector<std::string>{});
    std::vector<Path> paths;
    add_paths(YAML::Load(whole), {}, paths);
    REQUIRE(paths.size() > 250);
    for (const Path& path : paths) {
      for (const char* shape : {"nonsense", "[nonsense]", "{nonsense: nonsense}"}) {
        const YAML::Node root = YAML::Load(whole);
        const YAML::Node other = YAML::Load(shape);
        YAML::Node place = at(root, path);
        if (place.Type() == other.Type()) continue;
        place = other;
        CAPTURE(shown(path));
        CAPTURE(shape);
        const std::vector<std::string> faults = faults_of(YAML::Dump(root));
        CHECK(!faults.empty());
        CHECK(std::ranges::any_of(faults, has_line));
      }
    }
  }
}

}  // namespace stardose::test
