// The trained model as a dose of patients, beside the model by itself on the table that it was trained from.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "learning/import/import_model.h"
#include "learning/predict/predictor.h"
#include "pharmaco/covariates/delimited_table.h"
#include "pharmaco/features/people_table.h"
#include "tests/builders/dosing.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string trained = "warfarin-iwpc-trained";

using Row = std::map<std::string, std::string>;

const std::map<std::string, std::string> reasons = {{"deep_vein_thrombosis", "deep vein thrombosis"},
                                                    {"pulmonary_embolism", "pulmonary embolism"},
                                                    {"atrial_fibrillation", "atrial fibrillation"},
                                                    {"heart_valve_indication", "heart valve"},
                                                    {"cardiomyopathy", "cardiomyopathy"},
                                                    {"stroke", "stroke"},
                                                    {"orthopaedic_surgery", "orthopaedic surgery"},
                                                    {"other_indication", "other"}};

/// Letter of the publication -> of the forward strand.
const std::map<std::string, std::map<char, std::string>> forward = {
    {"rs9923231", {{'G', "C"}, {'A', "T"}}}, {"rs2359612", {{'T', "A"}, {'C', "G"}}},
    {"rs9934438", {{'C', "G"}, {'T', "A"}}}, {"rs8050894", {{'G', "C"}, {'C', "G"}}},
    {"rs2884737", {{'T', "A"}, {'G', "C"}}}, {"rs7294", {{'G', "C"}, {'A', "T"}}}};

double number(const std::string& cell) {
  double value = std::numeric_limits<double>::quiet_NaN();
  (void)pharmaco::read_decimal(cell, value);
  return value;
}

/// Told the other way round: from the table's columns to what a clinic knows. nullopt: the patient has several reasons
/// for treatment, of which a clinic tells one.
std::optional<test::PatientBuilder> patient_of(const Row& row) {
  test::PatientBuilder patient;
  // Any age of the decade is the same.
  if (!row.at("age").empty()) patient.number("age", number(row.at("age")) == 15 ? 19 : number(row.at("age")) + 4.5);
  for (const char* name : {"height", "weight", "target_inr"}) {
    if (!row.at(name).empty()) patient.number(name, number(row.at(name)));
  }
  if (!row.at("male").empty()) patient.category("sex", row.at("male") == "1" ? "male" : "female");
  patient.category("race", row.at("race"));
  for (const char* name : {"amiodarone", "enzyme_inducer", "diabetes", "heart_failure", "valve_replacement", "aspirin",
                           "acetaminophen", "simvastatin", "atorvastatin", "fluvastatin", "lovastatin", "pravastatin",
                           "rosuvastatin", "sulfonamide", "macrolide", "azole", "herbal", "smoker"}) {
    if (!row.at(name).empty()) patient.category(name, row.at(name) == "1" ? "yes" : "no");
  }
  int told = 0;
  for (const auto& [column, reason] : reasons) {
    if (row.at(column) != "1") continue;
    ++told;
    patient.category("indication", reason);
  }
  if (told != 1 && !row.at("stroke").empty()) return std::nullopt;
  for (const auto& [rsid, letters] : forward) {
    const std::string& cell = row.at(rsid + "_coding");
    if (!cell.empty()) patient.genotype(rsid, letters.at(cell[0]), letters.at(cell[2]));
  }
  if (!row.at("cyp2c9").empty()) patient.diplotype("CYP2C9", row.at("cyp2c9"));
  patient.tested("CYP2C9", {"*2", "*3", "*5", "*6", "*8", "*11"}).genotype("rs12777823", "G", "G");
  return patient;
}

/// The model by itself on the same table; clinics and one variant, which a patient cannot tell, are taken out.
std::vector<learning::Prediction> by_model(const std::string& table) {
  const learning::Predictor predictor{
      learning::import_model(source + "/pharmaco/catalogue/dosing/models/" + trained + ".json")};
  learning::Frame people = pharmaco::read_people(table, "subject", {}, predictor.columns()).people;
  std::erase_if(people.columns, [](const learning::Column& column) {
    return column.kind.name == "site" || column.kind.name.starts_with("rs17880887");
  });
  return predictor.predict(people, false);
}

}  // namespace

TEST_SUITE("shared: trained warfarin model") {
  TEST_CASE("a patient's dose is what the model says of the table's row, to the last bit") {
    if (!shared_is_there()) return;
    const TempFolder files;
    const ProgramResult made = StartedProgram{{"python3", source + "/workflows/data/iwpc.py",
                                               shared_path("cases/models/iwpc/iwpc_raw_with_site.csv")},
                                              {},
                                              "/usr/bin/env"}
                                   .wait();
    REQUIRE_EQ(made.exit_code, 0);
    const std::string path = files.write("warfarin.tsv", made.out);
    const auto predictions = by_model(path);
    const auto table = pharmaco::read_delimited(path, "patients", "the path");
    REQUIRE_EQ(table.rows.size(), predictions.size());
    int compared = 0;
    for (std::size_t k = 0; k < predictions.size(); ++k) {
      Row row;
      for (std::size_t c = 0; c < table.header.size(); ++c) row[table.header[c]] = table.rows[k].cells[c];
      const auto patient = patient_of(row);
      if (!patient) continue;
      const auto estimate = patient->estimate(trained);
      if (estimate.status != pharmaco::DoseEstimate::Status::dosed) continue;
      CAPTURE(row.at("subject"));
      CHECK(estimate.value == predictions[k].values.front());
      CHECK(estimate.interval->low == std::max(predictions[k].interval->low, 0.0));
      CHECK(estimate.interval->high == predictions[k].interval->high);
      ++compared;
    }
    CHECK_GT(compared, 3500);
    MESSAGE(compared, " patients");
  }
}

}  // namespace stardose::tests
