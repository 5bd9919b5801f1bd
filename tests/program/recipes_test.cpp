// The recipes of workflows/ run on the made-up tables of data-samples/, and the converters make tables of what is
// fetched.
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

using stardose::tests::file_text;
using stardose::tests::ProgramResult;
using stardose::tests::run_program;
using stardose::tests::StartedProgram;
using stardose::tests::TempFolder;

namespace {

const std::string source = STARDOSE_SOURCE_DIR;

ProgramResult python(std::vector<std::string> args) {
  args.insert(args.begin(), "python3");
  return StartedProgram{args, {}, "/usr/bin/env"}.wait();
}

/// The number that follows the words.
double number_after(const std::string& text, const std::string& words) {
  const std::size_t at = text.find(words);
  REQUIRE(at != std::string::npos);
  return std::stod(text.substr(at + words.size()));
}

using Cells = std::map<std::string, std::string>;

constexpr const char* sheet_columns[] = {"PharmGKB Subject ID",
                                         "Project Site",
                                         "Gender",
                                         "Race (OMB)",
                                         "Age",
                                         "Height (cm)",
                                         "Weight (kg)",
                                         "Indication for Warfarin Treatment",
                                         "Diabetes",
                                         "Congestive Heart Failure and/or Cardiomyopathy",
                                         "Valve Replacement",
                                         "Aspirin",
                                         "Acetaminophen or Paracetamol (Tylenol)",
                                         "Simvastatin (Zocor)",
                                         "Atorvastatin (Lipitor)",
                                         "Fluvastatin (Lescol)",
                                         "Lovastatin (Mevacor)",
                                         "Pravastatin (Pravachol)",
                                         "Rosuvastatin (Crestor)",
                                         "Sulfonamide Antibiotics",
                                         "Macrolide Antibiotics",
                                         "Anti-fungal Azoles",
                                         "Herbal Medications, Vitamins, Supplements",
                                         "Current Smoker",
                                         "Amiodarone (Cordarone)",
                                         "Carbamazepine (Tegretol)",
                                         "Phenytoin (Dilantin)",
                                         "Rifampin or Rifampicin",
                                         "Target INR",
                                         "Estimated Target INR Range Based on Indication",
                                         "Subject Reached Stable Dose of Warfarin",
                                         "Therapeutic Dose of Warfarin",
                                         "INR on Reported Therapeutic Dose of Warfarin",
                                         "CYP2C9 consensus",
                                         "VKORC1 -1639 consensus",
                                         "VKORC1 497 consensus",
                                         "VKORC1 1173 consensus",
                                         "VKORC1 1542 consensus",
                                         "VKORC1 3730 consensus",
                                         "VKORC1 2255 consensus",
                                         "VKORC1 -4451 consensus"};

/// A sheet of one patient.
std::string sheet_of(const Cells& cells) {
  std::string names;
  std::string values;
  for (const std::string name : sheet_columns) {
    names += (names.empty() ? "\"" : ",\"") + name + "\"";
    const auto found = cells.find(name);
    values += (name == sheet_columns[0] ? "" : ",") + (found == cells.end() ? "" : found->second);
  }
  return names + "\n" + values + "\n";
}

ProgramResult convert(const TempFolder& folder, const Cells& cells) {
  return python({source + "/workflows/data/iwpc.py", folder.write("sheet.csv", sheet_of(cells))});
}

/// The converted patient, by column.
Cells converted(Cells cells) {
  const TempFolder folder;
  cells.emplace("PharmGKB Subject ID", "P1");
  const ProgramResult run = convert(folder, cells);
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  const std::size_t end = run.out.find('\n');
  std::vector<std::vector<std::string>> lines;
  for (std::string line : {run.out.substr(0, end), run.out.substr(end + 1, run.out.size() - end - 2)}) {
    lines.emplace_back();
    for (std::size_t tab = 0; tab != std::string::npos; line = tab == std::string::npos ? "" : line.substr(tab + 1)) {
      tab = line.find('\t');
      lines.back().push_back(line.substr(0, tab));
    }
  }
  REQUIRE(lines[0].size() == lines[1].size());
  Cells known;
  for (std::size_t k = 0; k < lines[0].size(); ++k) known[lines[0][k]] = lines[1][k];
  return known;
}

}  // namespace

TEST_CASE("the warfarin recipe learns from the made-up people, and the model has none of them in it") {
  const TempFolder folder;
  const auto train = [&](const std::string& name) {
    return run_program({"train", source + "/workflows/train-warfarin.yaml", "--data",
                        source + "/data-samples/made_up_cohort.tsv", "--output", folder / name});
  };
  const ProgramResult run = train("model.json");
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  // Made with noise of 0.85 on the root: 8 mg/week is what can be had, the mean alone is 11.5 mg/week off.
  CHECK(number_after(run.out, "warfarin 5-fold: MAE ") < 9.5);
  CHECK(number_after(run.out, "warfarin leave one site out: MAE ") < 9.5);
  const std::string model = file_text(folder / "model.json");
  CHECK(model.find("MADE_UP") == std::string::npos);
  REQUIRE(train("again.json").exit_code == 0);
  CHECK(file_text(folder / "again.json") == model);
}

TEST_CASE("the warfarin model that is shipped can be read, and has no patient of the IWPC in it") {
  const std::string path = source + "/pharmaco/catalogue/dosing/models/warfarin-iwpc-trained.json";
  const ProgramResult run = run_program({"model", "show", path});
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("stable weekly dose\tmg/week") != std::string::npos);
  CHECK(run.out.find("\ncolumn\tunit\tlevels\tlowest\thighest\tmissing\trequired\n") != std::string::npos);
  CHECK(run.out.find("\nvkorc1\t\tG/G; A/G; A/A\t") != std::string::npos);
  CHECK(file_text(path).find("PA1") == std::string::npos);  // how patients are named there
}

TEST_CASE("the drug response recipe learns each drug from the made-up cell lines") {
  const ProgramResult run = run_program({"train", source + "/workflows/gdsc-response.yaml", "--data",
                                         source + "/data-samples/made_up_cell_lines.tsv", "--evaluate-only"});
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("gdsc 5-fold over 3 targets: ") != std::string::npos);
  CHECK(number_after(run.out, "r mean ") > 0.3);
}

TEST_CASE("the made-up tables are what their script makes") {
  CHECK(python({source + "/data-samples/make_cohort.py", "--check"}).exit_code == 0);
}

TEST_CASE("a patient of the IWPC's sheet is told in the table's columns") {
  const Cells known = converted({{"Age", "60 - 69"},
                                 {"Race (OMB)", "Black or African American"},
                                 {"Gender", "female"},
                                 {"Estimated Target INR Range Based on Indication", "2-3"},
                                 {"Carbamazepine (Tegretol)", "1"},
                                 {"Indication for Warfarin Treatment", "3; 8"},
                                 {"INR on Reported Therapeutic Dose of Warfarin", "2.71828"},
                                 {"Therapeutic Dose of Warfarin", "31.5"},
                                 {"CYP2C9 consensus", "*2/*3"},
                                 {"VKORC1 497 consensus", "G/T"},
                                 {"Diabetes", "NA"}});
  const Cells expected = {{"age", "65"},
                          {"race", "Black"},
                          {"male", "0"},
                          {"target_inr", "2.5"},
                          {"enzyme_inducer", "1"},
                          {"amiodarone", "0"},
                          {"diabetes", ""},
                          {"dose", "31.5"},
                          {"cyp2c9", "*2/*3"},
                          {"cyp2c9_loss", "3"},
                          {"cyp2c9_2", "1"},
                          {"vkorc1", ""},
                          {"rs2884737_count", "1"},
                          {"atrial_fibrillation", "1"},
                          {"stroke", "0"}};
  for (const auto& [column, value] : expected) {
    INFO(column);
    CHECK(known.at(column) == value);
  }
  for (const auto& [column, value] : known) CHECK(value.find("2.718") == std::string::npos);  // known after the dose
  CHECK(converted({{"Age", "90+"}}).at("age") == "95");
  CHECK(converted({{"CYP2C9 consensus", "*1/*11"}}).at("cyp2c9").empty());
}

TEST_CASE("VKORC1 is imputed by the published rules, and not across ancestries where they do not hold") {
  const Cells white = {{"Race (OMB)", "White"}, {"VKORC1 2255 consensus", "T/T"}, {"VKORC1 1173 consensus", "C/T"}};
  CHECK(converted(white).at("vkorc1") == "A/A");  // the first rule
  Cells black = white;
  black["Race (OMB)"] = "Black or African American";
  CHECK(converted(black).at("vkorc1") == "A/G");  // the second, which holds for all
  CHECK(converted({{"Race (OMB)", "Asian"}, {"VKORC1 1542 consensus", "C/C"}}).at("vkorc1") == "A/A");
  CHECK(converted({{"Race (OMB)", "Unknown"}, {"VKORC1 1542 consensus", "C/C"}}).at("vkorc1").empty());
  CHECK(converted({{"VKORC1 -1639 consensus", "G/G"}, {"VKORC1 1173 consensus", "T/T"}}).at("vkorc1") == "G/G");
}

TEST_CASE("a sheet whose ranges a spreadsheet made dates of is refused") {
  const TempFolder folder;
  const ProgramResult run = convert(folder, {{"Estimated Target INR Range Based on Indication", "3-Feb"}});
  CHECK(run.exit_code != 0);
  CHECK(run.err.find("made dates of ranges of INR (3-Feb)") != std::string::npos);
}
