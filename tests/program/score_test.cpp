// stardose score: predictions for a table of people and for patients, and what it refuses.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/builders/numbers_file.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string recipe = R"(recipe: made-up
title: Made-up doses
columns:
  age: {unit: years, required: yes, least: 18}
  race: {levels: [White, Asian, Black, Mixed or unknown]}
  weight: {unit: kg}
id: name
target: {column: dose, name: dose, unit: mg/week, power: 0.5}
steps:
  all:
    - fill: {columns: [weight], by: mean}
    - one_hot: {missing: zeros}
contenders:
  - {name: linear, learner: ridge, grid: {penalty: [0.001]}, steps: all}
folds:
  - {name: 5-fold, seed: 3}
intervals: {level: 0.8}
card:
  intended use: A test.
)";

/// A model of 120 people whose root of the dose is 7 - 0.04 age + 0.01 weight, 0.5 less in Asians.
std::string trained(const TempFolder& files) {
  std::string text = "name\tage\trace\tweight\tdose\n";
  for (int k = 0; k < 120; ++k) {
    const int age = 20 + k * 7 % 60;
    const int weight = 50 + k * 13 % 50;
    const double root = 7 - 0.04 * age + 0.01 * weight - (k % 2 == 0 ? 0.5 : 0) + 0.02 * (k % 5 - 2);
    text += fmt::format("p{}\t{}\t{}\t{}\t{:.4f}\n", k, age, k % 2 == 0 ? "Asian" : "White", weight, root * root);
  }
  const ProgramResult run = run_program({"train", files.write("recipe.yaml", recipe), "--data",
                                         files.write("people.tsv", text), "--output", files / "dose.json"});
  INFO(run.err);
  REQUIRE_EQ(run.exit_code, 0);
  return files / "dose.json";
}

ProgramResult score(std::vector<std::string> args) {
  args.insert(args.begin(), "score");
  return run_program(args);
}

const std::string table =
    "sample\tage\trace\tweight\tother\n"
    "A\t50\tWhite\t80\tx\n"
    "B\t95\tMartian\tNA\tx\n"
    "C\tNA\tAsian\t70\tx\n"
    "D\t17\tAsian\t70\tx\n";

}  // namespace

TEST_SUITE("program: score") {
  TEST_CASE("a prediction, its interval, flags by name, refusals with the reason, contributions that add up") {
    const TempFolder files;
    const std::string model = trained(files);
    const std::string people = files.write("t.tsv", table);
    const ProgramResult run = score({model, "--table", people, "--output", files / "out"});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.out, "");
    CHECK(run.err.find("2 of 4 person(s) got no prediction") != std::string::npos);
    const auto json = nlohmann::json::parse(file_text(files / "out/predictions.json"));
    const auto& a = json["people"][0];
    CHECK_EQ(a["sample"], "A");
    CHECK_EQ(a["values"]["dose"].get<double>(), doctest::Approx(5.8 * 5.8).epsilon(0.02));
    CHECK_LT(a["interval"]["low"].get<double>(), a["values"]["dose"].get<double>());
    CHECK_GT(a["interval"]["high"].get<double>(), a["values"]["dose"].get<double>());
    CHECK(a["flags"].empty());
    double margin = a["expectation"].get<double>();
    for (const auto& part : a["contributions"]) margin += part.get<double>();
    CHECK_EQ(margin * margin, doctest::Approx(a["values"]["dose"].get<double>()).epsilon(1e-9));
    const auto& b = json["people"][1];
    CHECK_EQ(b["status"], "predicted");
    CHECK_EQ(b["flags"].size(), 3);
    CHECK_EQ(json["people"][2]["refused"][0], "age is missing");
    CHECK_EQ(json["people"][3]["status"], "refused");
    CHECK(json["model"]["signed_by"].is_null());
    CHECK(file_text(files / "out/contributions.tsv").find("A\trace\t") != std::string::npos);
    CHECK_EQ(score({model, "--table", people, "--output", files / "s", "--strict"}).exit_code, 7);
  }

  TEST_CASE("a line depends on its person alone, whatever the threads and whoever else is there") {
    const TempFolder files;
    const std::string model = trained(files);
    std::string many = "sample\tage\trace\tweight\n";
    for (int k = 0; k < 1500; ++k) many += fmt::format("q{}\t{}\tWhite\t{}\n", k, 20 + k % 60, 50 + k % 50);
    const std::string people = files.write("many.tsv", many);
    const ProgramResult one = score({model, "--table", people, "--threads", "1"});
    const ProgramResult three = score({model, "--table", people, "--threads", "3"});
    CHECK_EQ(one.exit_code, 0);
    CHECK_EQ(one.out, three.out);
    const std::string alone =
        score({model, "--table", files.write("one.tsv", "sample\tage\trace\tweight\nq700\t60\tWhite\t50\n")}).out;
    const std::string line = alone.substr(alone.find("q700"));
    CHECK(one.out.find("\n" + line) != std::string::npos);
  }

  TEST_CASE("a model of XGBoost predicts what XGBoost predicts, missing values and unseen categories included") {
    const TempFolder files;
    const std::string folder = std::string{STARDOSE_SOURCE_DIR} + "/tests/learning/import/models/";
    const test::NumbersFile probes = test::read_numbers(folder + "probes.rows");
    std::string rows = "sample\ta\tb\tc\td\n";
    for (std::size_t row = 0; row < probes.values.size() / 4; ++row) {
      rows += fmt::format("p{}", row);
      for (std::size_t k = 0; k < 4; ++k) {
        const double value = probes.values[row * 4 + k];
        rows += std::isnan(value) ? "\tNA" : fmt::format("\t{}", value);
      }
      rows += '\n';
    }
    const std::string people = files.write("probes.tsv", rows);
    for (const std::string name : {"xgboost_1.7.4_regression", "xgboost_1.7.4_softprob", "xgboost_1.7.4_dart"}) {
      CAPTURE(name);
      const ProgramResult run =
          score({folder + name + ".json", "--table", people, "--output", files / name, "--threads", "2"});
      INFO(run.err);
      REQUIRE_EQ(run.exit_code, 0);
      const auto json = nlohmann::json::parse(file_text(files / name + "/predictions.json"));
      const test::NumbersFile theirs = test::read_numbers(folder + name + ".predictions");
      std::size_t at = 0;
      for (const auto& person : json["people"]) {
        CAPTURE(person["sample"]);
        for (const auto& [output, value] : person["values"].items()) {
          CHECK_EQ(value.get<double>(), theirs.values[at++]);  // to the bit
        }
      }
      CHECK_EQ(at, theirs.values.size());
    }
  }

  TEST_CASE("patients by a file of features, which may lie beside the model: the same as the table says") {
    const TempFolder files;
    const std::string model = trained(files);
    files.write("dose.features.yaml",
                "set: s\ninputs: {age: {}, race: {}, weight: {}}\nfeatures: {age: {}, race: {}, weight: {}}\n");
    const std::string patients = files.write("p.tsv", "sample\tage_years\trace\tweight_kg\nA\t50\tWhite\t80\n");
    const ProgramResult by_patients = score({model, "--covariates", patients});
    CHECK_EQ(by_patients.exit_code, 0);
    const ProgramResult by_table =
        score({model, "--table", files.write("t.tsv", "sample\tage\trace\tweight\nA\t50\tWhite\t80\n")});
    CHECK_EQ(by_patients.out, by_table.out);
    const std::string pounds = files.write("lb.yaml",
                                           "set: s\ninputs: {age: {}, race: {}, weight: {}}\nfeatures: "
                                           "{age: {}, race: {}, weight: weight in lb}\n");
    check_refused_saying(score({model, "--features", pounds, "--covariates", patients}), 4, {"weight"});
  }

  TEST_CASE("the shipped warfarin model, of patients: what `stardose dose` says, and nothing of clinics") {
    const TempFolder files;
    const std::string model =
        std::string{STARDOSE_SOURCE_DIR} + "/pharmaco/catalogue/dosing/models/warfarin-iwpc-trained.json";
    const std::string patients =
        files.write("p.tsv",
                    "sample\tage_years\theight_cm\tweight_kg\trace\ttarget_inr\tCYP2C9\trs9923231\n"
                    "P1\t50\t175\t80\tWhite\t2.5\t*1/*3\tC/T\n");
    REQUIRE_EQ(score({model, "--covariates", patients, "--output", files / "score"}).exit_code, 0);
    const auto person = nlohmann::json::parse(file_text(files / "score/predictions.json"))["people"][0];
    REQUIRE_EQ(run_program({"dose", "warfarin", "--covariates", patients, "--output", files / "dose"}).exit_code, 0);
    const auto dose = nlohmann::json::parse(file_text(files / "dose/dosing.json"))["patients"][0]["estimate"]["dose"];
    CHECK(person.dump().find(dose["value"].dump()) != std::string::npos);
    CHECK(file_text(files / "score/predictions.tsv").find("male is missing") != std::string::npos);
    CHECK(file_text(files / "score/predictions.tsv").find("site is missing") == std::string::npos);
    CHECK(file_text(files / "score/predictions.tsv").find("rs17880887") == std::string::npos);
  }

  TEST_CASE("refusals") {
    const TempFolder files;
    const std::string model = trained(files);
    const std::string people = files.write("t.tsv", table);
    check_refused_saying(score({model}), 2, {"nobody is named"});
    check_refused_saying(score({model, "--table", people, "--covariates", people}), 2, {"people are given twice"});
    check_refused_saying(score({model, "--table", files.write("u.tsv", "sample\tx\nA\t1\n")}), 3,
                         {"none of the model's columns is there"});
    check_refused_saying(score({model, "--table", files.write("v.tsv", "sample\tage\nA\told\n")}), 3,
                         {"v.tsv", "age is no number"});
    check_refused_saying(score({model, "--table", files.write("w.tsv", "sample\tage\nA\t1\nA\t2\n")}), 3,
                         {"A is there twice"});
    const std::string key = files.write("key.pem",
                                        "-----BEGIN PUBLIC KEY-----\n"
                                        "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
                                        "-----END PUBLIC KEY-----\n");
    check_refused_saying(score({model, "--table", people, "--key", key}), 9, {"nobody has signed it"});
  }
}

}  // namespace stardose::tests
