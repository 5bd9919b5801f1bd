// Doses as a stage of a run: what is written, what is refused, and that it is what `stardose dose` says.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string workflow = source + "/workflows/warfarin-dosing.yaml";
const std::string family = source + "/data-samples/family.vcf.gz";
const std::string patients = source + "/data-samples/patients.tsv";

ProgramResult run(std::vector<std::string> args) {
  args.insert(args.begin(), "run");
  return run_program(args);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The lines of a table that begin with the sample's cell; the header for "sample".
std::string row_of(const std::string& table, const std::string& sample) {
  std::istringstream lines{table};
  std::string rows;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(sample + "\t")) rows += line + "\n";
  }
  return rows;
}

nlohmann::json json_of(const std::string& path) { return nlohmann::json::parse(file_text(path)); }

}  // namespace

TEST_SUITE("program: doses of a run") {
  TEST_CASE("the workflow gives each patient of the table the dose that `stardose dose` gives") {
    const TempFolder files;
    const ProgramResult done = run({workflow, "--output", files / "run"});
    INFO(done.err);
    CHECK_EQ(done.exit_code, 0);
    CHECK(has(done.err, "patients.tsv: no row for 4 sample(s), the first is daughter\n"));
    CHECK(has(done.err, "4 of 10 dose(s) could not be worked out"));
    REQUIRE_EQ(run_program({"dose", "warfarin", workflow, "--output", files / "dose"}).exit_code, 0);
    const std::string of_run = file_text(files / "run/dosing.tsv");
    const std::string of_dose = file_text(files / "dose/dosing.tsv");
    const auto document = json_of(files / "dose/dosing.json");
    for (const auto& patient : document["patients"]) {
      const auto sample = patient["sample"].get<std::string>();
      CAPTURE(sample);
      CHECK_EQ(row_of(of_run, sample), row_of(of_dose, sample));
      const auto report = json_of(files / ("run/report/" + sample + ".json"));
      REQUIRE_EQ(report["doses"].size(), 1);
      CHECK_EQ(report["doses"][0], patient);
    }
    CHECK_EQ(row_of(of_run, "sample"), row_of(of_dose, "sample"));
    const auto mother = json_of(files / "run/report/mother.json")["doses"][0]["estimate"];
    CHECK_EQ(mother["algorithm"], "warfarin-iwpc-trained");
    CHECK_EQ(mother["model"]["contributions"]["scale"], "square root of mg/week");
    CHECK_EQ(mother["model"]["sha256"].get<std::string>().size(), 64);
    const double dose = mother["dose"]["value"].get<double>();
    CHECK(mother["dose"]["interval"]["low"].get<double>() < dose);
    CHECK(mother["dose"]["interval"]["high"].get<double>() > dose);
    CHECK(has(file_text(files / "run/report/mother.html"), "<section id=\"dose\""));
    CHECK(has(file_text(files / "run/report/mother.html"), "What each input adds"));
    CHECK_EQ(json_of(files / "run/report/leukaemia.json")["doses"][0]["estimate"]["outside_limits"].size(), 1);
    const auto about = json_of(files / "run/run.json");
    CHECK_EQ(about["counts"]["doses"], 10);
    CHECK_EQ(about["counts"]["doses_refused"], 4);
    CHECK(has(about["covariates"]["path"].get<std::string>(), "patients.tsv"));
    CHECK(has(about["covariates"]["fingerprint"].get<std::string>(), "sha256"));
  }

  TEST_CASE("a sample without a row has no dose, and the reason") {
    const TempFolder files;
    REQUIRE_EQ(run({workflow, "--output", files / "run"}).exit_code, 0);
    const auto son = json_of(files / "run/report/son.json")["doses"][0];
    CHECK_EQ(son["status"], "refused");
    CHECK(has(son["estimate"]["reasons"][0].get<std::string>(), "no covariates: "));
    CHECK(son["estimate"]["dose"].is_null());
    CHECK(has(row_of(file_text(files / "run/dosing.tsv"), "son"), "\trefused\t"));
  }

  TEST_CASE("genes that a dose needs are called whatever `genes` says") {
    const TempFolder files;
    REQUIRE_EQ(run({workflow, "--genes", "TPMT", "--output", files / "a"}).exit_code, 0);
    REQUIRE_EQ(run({workflow, "--output", files / "b"}).exit_code, 0);
    CHECK_EQ(file_text(files / "a/dosing.tsv"), file_text(files / "b/dosing.tsv"));
    CHECK(has(file_text(files / "a/calls.tsv"), "mother\tVKORC1\t"));
    CHECK(has(file_text(files / "a/calls.tsv"), "mother\tTPMT\t"));
  }

  TEST_CASE("doses do not depend on the assembly or the number of threads") {
    const TempFolder files;
    REQUIRE_EQ(run({workflow, "--output", files / "a"}).exit_code, 0);
    REQUIRE_EQ(run({workflow, "--output", files / "b", "--threads", "3"}).exit_code, 0);
    CHECK_EQ(file_text(files / "a/dosing.tsv"), file_text(files / "b/dosing.tsv"));
    CHECK_EQ(file_text(files / "a/report/father.html"), file_text(files / "b/report/father.html"));
    REQUIRE_EQ(
        run({workflow, "--output", files / "c", "--input", source + "/data-samples/family_grch37.vcf.gz"}).exit_code,
        0);
    const auto on_38 = json_of(files / "a/report/mother.json")["doses"][0];
    const auto on_37 = json_of(files / "c/report/mother.json")["doses"][0];
    CHECK_EQ(on_37["estimate"]["dose"], on_38["estimate"]["dose"]);
  }

  TEST_CASE("a dose that could not be worked out counts under strict") {
    const TempFolder files;
    const std::vector<std::string> args = {"--input", family,     "--samples", "stent",    "--genes",
                                           "VKORC1",  "--strict", "--dose",    "warfarin", "--covariates"};
    const auto with = [&](const std::string& table, const std::string& folder) {
      std::vector<std::string> all = args;
      all.insert(all.end(), {table, "--output", folder});
      return run(all);
    };
    CHECK_EQ(with(patients, files / "a").exit_code, 0);
    const std::string high =
        files.write("high.tsv", "sample\tage_years\theight_cm\tweight_kg\ttarget_inr\nstent\t50\t175\t80\t4\n");
    CHECK_EQ(with(high, files / "b").exit_code, 7);
  }

  TEST_CASE("a guideline's doses need no table of patients") {
    const TempFolder files;
    const ProgramResult done = run({"--input", family, "--dose", "fluorouracil,warfarin-gage-2008", "--covariates",
                                    patients, "--output", files / "a", "--write", "dosing"});
    CHECK_EQ(done.exit_code, 0);
    const std::string table = file_text(files / "a/dosing.tsv");
    CHECK(has(row_of(table, "daughter"), "fluorouracil\tfluoropyrimidines-cpic\tadvised"));
    CHECK(has(row_of(table, "daughter"), "warfarin\twarfarin-gage-2008\trefused"));
    CHECK_EQ(run({"--input", family, "--dose", "fluorouracil", "--output", files / "b"}).exit_code, 0);
  }

  TEST_CASE("newcomers' mistakes, before anything is read") {
    const TempFolder files;
    const std::string out = files / "out";
    check_refused(run({"--input", family, "--output", out, "--dose", "warfarine"}), 2,
                  "dose: no dosing algorithm and no drug is named warfarine");
    check_refused(run({"--input", family, "--output", out, "--dose", "warfarin"}), 2,
                  "dose: warfarin-iwpc-trained cannot do without a table of patients");
    check_refused(run({workflow, "--output", out, "--write", "calls"}), 2,
                  "dose: doses are asked for, and nothing that shows them is written");
    check_refused(run({"--input", family, "--output", out, "--write", "dosing"}), 2,
                  "write: dosing is of doses, and none is asked for");
    check_refused(run({workflow, "--output", out, "--unit", "weight"}), 2, "unit: cannot be read: weight");
    check_refused(run({workflow, "--output", out, "--covariates", files / "none.tsv"}), 3,
                  files / "none.tsv: cannot open the covariates");
    const std::string others =
        files.write("others.tsv", "sample\tage_years\theight_cm\tweight_kg\ttarget_inr\nmothr\t50\t175\t80\t2.5\n");
    check_refused(run({workflow, "--output", out, "--covariates", others}), 4,
                  others + ": 2: no sample of the inputs has a row; the first is of mothr");
    const std::string near =
        files.write("near.tsv",
                    "sample\tage_years\theight_cm\tweight_kg\ttarget_inr\nfather\t50\t175\t80\t2.5\n"
                    "mothr\t50\t175\t80\t2.5\n");
    const ProgramResult warned = run({workflow, "--output", out, "--covariates", near});
    CHECK_EQ(warned.exit_code, 0);
    CHECK(has(warned.err, near + ":3: mothr is no sample of the inputs; mother is one, without a row\n"));
  }
}

}  // namespace stardose::tests
