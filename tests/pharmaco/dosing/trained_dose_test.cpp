// A trained model as a dosing algorithm: the model's own numbers, its limits, and a model that does not fit.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "learning/import/import_model.h"
#include "pharmaco/dosing/dose_model.h"
#include "pharmaco/dosing/dose_words.h"
#include "tests/builders/dosing.h"

namespace stardose::test {

namespace {

using pharmaco::CatalogueFiles;
using pharmaco::DoseEstimate;
using Status = DoseEstimate::Status;

const std::string trained = "warfarin-iwpc-trained";
const std::string model_path = "dosing/models/warfarin-iwpc-trained.json";
const std::string features_path = "dosing/models/warfarin-iwpc-trained.features.yaml";
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// The model by itself, as a file.
const learning::Predictor& model() {
  static const learning::Predictor predictor{
      learning::import_model(STARDOSE_SOURCE_DIR "/pharmaco/catalogue/" + model_path)};
  return predictor;
}

/// What it says of somebody with these values, of categories by the level's name; all else is missing.
learning::Prediction by_model(const std::map<std::string, double>& numbers,
                              const std::map<std::string, std::string>& categories) {
  learning::Frame person{{"P1"}, {}};
  for (const learning::ModelColumn& column : model().columns()) {
    double value = unknown;
    if (const auto number = numbers.find(column.kind.name); number != numbers.end()) value = number->second;
    if (const auto category = categories.find(column.kind.name); category != categories.end()) {
      const auto level = std::ranges::find(column.kind.levels, category->second);
      REQUIRE(level != column.kind.levels.end());
      value = static_cast<double>(level - column.kind.levels.begin());
    }
    person.columns.push_back({column.kind, {value}});
  }
  return model().predict(person).front();
}

PatientBuilder tested_patient() {
  return warfarin_case()
      .diplotype("CYP2C9", "*1/*3")
      .tested("CYP2C9", {"*2", "*3", "*5", "*6", "*8", "*11"})
      .genotype("rs9923231", "C", "T")
      .genotype("rs12777823", "G", "G");
}

bool mentions(const std::vector<std::string>& texts, const std::string& part) {
  return std::ranges::any_of(texts, [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

/// The catalogue's faults with a text in place of another, models read too.
std::vector<std::string> faults_with(const std::string& path, const std::string& from, const std::string& to) {
  CatalogueFiles files = pharmaco::embedded_files();
  std::string& text = files.texts.at(path);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  pharmaco::CatalogueFaults faults{"test"};
  check_models(load_dosing(files, catalogue(), faults), faults);
  return faults.lines();
}

}  // namespace

TEST_SUITE("trained dose") {
  TEST_CASE("the shipped model is meant by warfarin, and its columns are those of its features") {
    REQUIRE(dosing().choose("warfarin") != nullptr);
    CHECK_EQ(dosing().choose("warfarin")->id, trained);
    pharmaco::CatalogueFaults faults{"test"};
    check_models(dosing(), faults);
    CHECK(faults.lines() == std::vector<std::string>{});
  }

  TEST_CASE("a dose is the model's own prediction, with its interval") {
    const DoseEstimate estimate = tested_patient().estimate(trained);
    REQUIRE_EQ(estimate.status, Status::dosed);
    // Ages count by the middle of their decade.
    const auto expected = by_model({{"age", 55},
                                    {"height", 175},
                                    {"weight", 80},
                                    {"target_inr", 2.5},
                                    {"amiodarone", 0},
                                    {"enzyme_inducer", 0},
                                    {"vkorc1_count", 1},
                                    {"cyp2c9_2", 0},
                                    {"cyp2c9_3", 1},
                                    {"cyp2c9_loss", 1.7}},
                                   {{"race", "White"}, {"vkorc1", "A/G"}, {"cyp2c9", "*1/*3"}});
    CHECK_EQ(estimate.value, expected.values.front());
    REQUIRE(estimate.interval);
    CHECK_EQ(estimate.interval->low, expected.interval->low);
    CHECK_EQ(estimate.interval->high, expected.interval->high);
    CHECK_EQ(estimate.interval->level, 0.9);
    CHECK_EQ(estimate.interval->group, "White");
    CHECK_EQ(estimate.interval->by, "race");
    CHECK_GT(estimate.interval->patients, 2000);
    CHECK(estimate.interval->at_other_sites);
    // The published equation says 25.4.
    CHECK(estimate.value == doctest::Approx(25.4).epsilon(0.2));
  }

  TEST_CASE("everything that is told reaches the model") {
    const DoseEstimate estimate = tested_patient()
                                      .number("age", 93)
                                      .category("sex", "female")
                                      .category("race", "Asian")
                                      .category("rifampin", "yes")
                                      .category("smoker", "no")
                                      .category("aspirin", "yes")
                                      .category("indication", "stroke")
                                      .genotype("rs7294", "C", "T")
                                      .genotype("rs2884737", "A", "C")
                                      .estimate(trained);
    REQUIRE_EQ(estimate.status, Status::dosed);
    std::map<std::string, double> numbers = {
        {"age", 95},           {"height", 175},     {"weight", 80},  {"target_inr", 2.5}, {"amiodarone", 0},
        {"enzyme_inducer", 1}, {"vkorc1_count", 1}, {"cyp2c9_2", 0}, {"cyp2c9_3", 1},     {"cyp2c9_loss", 1.7},
        {"male", 0},           {"smoker", 0},       {"aspirin", 1},  {"rs7294_count", 1}, {"rs2884737_count", 1}};
    for (const char* reason : {"deep_vein_thrombosis", "pulmonary_embolism", "atrial_fibrillation",
                               "heart_valve_indication", "cardiomyopathy", "orthopaedic_surgery", "other_indication"}) {
      numbers[reason] = 0;
    }
    numbers["stroke"] = 1;
    const auto expected = by_model(numbers, {{"race", "Asian"},
                                             {"vkorc1", "A/G"},
                                             {"cyp2c9", "*1/*3"},
                                             {"rs7294_coding", "A/G"},
                                             {"rs2884737_coding", "G/T"}});
    CHECK_EQ(estimate.value, expected.values.front());
  }

  TEST_CASE("what inputs add is summed by gene, and makes up the dose") {
    const DoseEstimate estimate = tested_patient().genotype("rs7294", "C", "T").estimate(trained);
    REQUIRE(estimate.shares);
    CHECK_EQ(estimate.shares->scale, "square root of mg/week");
    double sum = estimate.shares->expectation;
    int of_vkorc1 = 0;
    for (const auto& share : estimate.shares->list) {
      sum += share.value;
      of_vkorc1 += share.title == "VKORC1" ? 1 : 0;
      CHECK(share.title.find("rs") != 0);
    }
    CHECK_EQ(of_vkorc1, 1);
    // Boosted trees add up in single precision.
    CHECK(sum == doctest::Approx(estimate.shares->sum).epsilon(1e-6));
    CHECK(sum * sum == doctest::Approx(estimate.value).epsilon(1e-6));
    const auto shown = largest_shares(*estimate.shares);
    CHECK_EQ(shown.size(), 9);
    CHECK(std::abs(shown[0].value) >= std::abs(shown[1].value));
    CHECK(shares_text(*estimate.shares).find("square root of mg/week: ") == 0);
  }

  TEST_CASE("a gene's difference is that of the whole model, in mg/week, with all that is known of the gene") {
    const DoseEstimate estimate = tested_patient().genotype("rs7294", "C", "T").estimate(trained);
    REQUIRE_EQ(estimate.contributions.size(), 2);
    for (const auto& gene : estimate.contributions) {
      CAPTURE(gene.gene);
      PatientBuilder reference = tested_patient();
      if (gene.gene == "VKORC1") {
        reference.genotype("rs9923231", "C", "C").genotype("rs7294", "C", "C");
        CHECK_EQ(gene.result, "A/G with 1 variant more");
        CHECK_EQ(gene.reference, "G/G");
        CHECK(std::ranges::find(gene.untested, "rs2884737") != gene.untested.end());
      } else {
        reference.diplotype("CYP2C9", "*1/*1").genotype("rs7294", "C", "T");
        CHECK_EQ(gene.result, "*1/*3");
      }
      CHECK(gene.difference == doctest::Approx(estimate.value - reference.dose(trained)).epsilon(1e-9));
      CHECK_LT(gene.difference, 0);
    }
  }

  TEST_CASE("what it does without is told by name, but not the clinic that nobody has") {
    const DoseEstimate estimate = tested_patient().estimate(trained);
    CHECK(estimate.flags.empty());
    const auto missing = inputs_in_state(estimate, pharmaco::InputValue::State::missing);
    CHECK(mentions(missing, "sex"));
    CHECK(mentions(missing, "atorvastatin"));
    CHECK_FALSE(mentions(missing, "site"));
    const DoseEstimate large = tested_patient().number("height", 210).estimate(trained);
    CHECK_EQ(large.status, Status::dosed);
    CHECK(mentions(large.flags, "height 210 cm is outside of 124.968 to 202 cm"));
    const DoseEstimate short_of_height = tested_patient().without("height").estimate(trained);
    CHECK_EQ(short_of_height.status, Status::dosed);
    CHECK(mentions(short_of_height.flags, "height is not given"));
    CHECK(mentions(tested_patient().without("target_inr").estimate(trained).cautions, "target INR is not given"));
    CHECK(mentions(tested_patient().category("azole", "yes").estimate(trained).cautions, "15 took an azole"));
  }

  TEST_CASE("who the model is not for gets no dose of it") {
    const auto refused = [](const PatientBuilder& patient, const std::string& why) {
      CAPTURE(why);
      const DoseEstimate estimate = patient.estimate(trained);
      CHECK_EQ(estimate.status, Status::refused);
      CHECK(mentions(estimate.reasons, why));
      CHECK_FALSE(estimate.interval);
    };
    refused(tested_patient().number("age", 17), "the model is for adults");
    refused(tested_patient().without("age"), "age is missing");
    refused(tested_patient().number("target_inr", 3.6), "target INR of 1.7 to 3.5");
    refused(tested_patient().number("target_inr", 1.6), "target INR of 1.7 to 3.5");
    refused(tested_patient().without("height").without("weight"), "neither height nor weight");
    CHECK_EQ(tested_patient().number("target_inr", 3.5).estimate(trained).status, Status::dosed);
  }

  TEST_CASE("Black patients whose African alleles were not all tested are dosed clinically, as by the equations") {
    const auto with = [](const std::set<std::string>& alleles) {
      return tested_patient().category("race", "Black").tested("CYP2C9", alleles).report(trained);
    };
    const auto report = with({"*2", "*3", "*5", "*6", "*8"});
    CHECK_EQ(report.own.status, Status::deferred);
    CHECK(mentions(report.own.reasons, "CPIC guideline for warfarin"));
    CHECK_FALSE(report.own.interval);
    CHECK_FALSE(report.own.shares);
    REQUIRE(report.instead);
    CHECK_EQ(report.instead->algorithm->id, "warfarin-iwpc-2009-clinical");
    CHECK_EQ(with({"*2", "*3", "*5", "*6", "*8", "*11"}).own.status, Status::dosed);
    const auto neither = warfarin_case().report(trained);
    CHECK_EQ(neither.own.status, Status::deferred);
    CHECK(mentions(neither.own.reasons, "neither CYP2C9 nor VKORC1 is known"));
  }

  TEST_CASE("an allele that the model does not know is an unknown result, and a reader is told") {
    const auto estimate = tested_patient().diplotype("CYP2C9", "*1/*5").estimate(trained);
    CHECK_EQ(estimate.status, Status::dosed);
    CHECK(mentions(estimate.cautions, "the algorithm has no term for CYP2C9*5"));
    CHECK_EQ(estimate.value, tested_patient().diplotype("CYP2C9", "*1/*6").dose(trained));
  }

  TEST_CASE("the published equations stand beside it") {
    const auto report = tested_patient().report(trained);
    std::vector<std::string> titles;
    for (const auto& other : report.comparators) titles.push_back(other.title);
    CHECK(titles == std::vector<std::string>{"IWPC pharmacogenetic equation", "IWPC clinical equation",
                                             "Gage pharmacogenetic equation", "Gage clinical equation", "fixed dose"});
    CHECK(report.comparators[0].value.value() == doctest::Approx(25.407).epsilon(1e-4));
    const auto* group = performance_of(report.own);
    REQUIRE(group != nullptr);
    CHECK_EQ(group->patients, 2391);
    CHECK_GT(group->error, 8);
  }

  TEST_CASE("a model that is not the one meant, or takes other columns, is refused in one line") {
    const auto told = [](const std::vector<std::string>& faults, const std::string& part) {
      CAPTURE(part);
      CHECK_EQ(faults.size(), 1);
      CHECK(mentions(faults, part));
    };
    const std::string algorithm = "dosing/warfarin-iwpc-trained.yaml";
    told(faults_with(algorithm,
                     "sha256: ", "sha256: 0000000000000000000000000000000000000000000000000000000000000000 #"),
         model_path + ": is not the model that " + algorithm + " means: its SHA-256 is ");
    told(faults_with(features_path, "  cyp2c9_3: ", "  cyp2c9_star3: "),
         "the model takes columns that its features do not make: cyp2c9_3; the model does not know columns of its "
         "features: cyp2c9_star3");
    told(faults_with(features_path, "\n  weight: {}\n  male", "\n  weight: {value: weight in lb}\n  male"),
         "columns have other units or categories than the model's: weight");
    told(faults_with(features_path, "  site: a clinic", "  clinic: a clinic"), "do not make: site; ");
    told(faults_with(algorithm, "validation: leave one site out", "validation: leave one out"),
         "the model's card has no validation `leave one out`");
    told(faults_with(algorithm, "required: [age]", "required: [ages]"), "required: no input of the features: ages");
    told(faults_with(features_path, "letters: {A: T, C: G}, reference: T/T", "letters: {A: T, C: G}"),
         "rs2884737: `reference` is missing");
    told(faults_with(algorithm, "card: [Intended use", "card: [Use"), "the model's card has no section `Use`");
    told(faults_with(algorithm, "model: models/", "model: mudels/"), "no such file in the catalogue: dosing/mudels/");
  }
}

}  // namespace stardose::test
