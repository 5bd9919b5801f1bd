// stardose dose: what it prints and writes, and what it refuses.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string header = "sample\tage_years\theight_cm\tweight_kg\trace\ttarget_inr\tamiodarone\n";

ProgramResult dose(std::vector<std::string> args) {
  args.insert(args.begin(), "dose");
  return run_program(args);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// VKORC1, one variant of it that stands in, and every position of CYP2C9's *2, *3, *5, *6, *8 and *11.
std::string warfarin_vcf(const std::vector<std::string>& samples, const std::vector<std::string>& vkorc1,
                         const std::vector<std::string>& star3, const std::vector<std::string>& rs12777823) {
  const std::vector<std::string> reference(samples.size(), "0/0");
  std::string text = vcf_header(samples) + vcf_record("chr10 94645745 G A", rs12777823);
  for (const char* place : {"chr10 94942290 C T", "chr10 94942309 G A", "chr10 94949281 GA G", "chr10 94981224 C T"}) {
    text += vcf_record(place, reference);
  }
  text += vcf_record("chr10 94981296 A C", star3) + vcf_record("chr10 94981301 C G", reference);
  // Without these two, *18 and *68 would explain the variant of *3 as well.
  text += vcf_record("chr10 94981371 G A", reference) + vcf_record("chr10 94986073 A C", reference);
  return text + vcf_record("chr16 31096368 C T", vkorc1);
}

}  // namespace

TEST_SUITE("program: dose") {
  TEST_CASE("--list names algorithms with their sources") {
    const ProgramResult run = dose({"--list"});
    CHECK_EQ(run.exit_code, 0);
    for (const char* part :
         {"warfarin-iwpc-2009 ", "doi 10.1056/NEJMoa0809329", "tacrolimus-passey-2011", "[preferred]"}) {
      CHECK(has(run.out, part));
    }
  }

  TEST_CASE("a dose with its gene contributions, comparators and tablets") {
    const TempFolder files;
    const std::string table =
        files.write("p.tsv",
                    "sample\tage_years\theight_in\tweight_lb\trace\ttarget_inr\tCYP2C9\trs9923231\n"
                    "P1\t50\t68.8976378\t176.369810\tWhite\t2.5\t*1/*3\tC/T\n");
    const ProgramResult run = dose({"warfarin-iwpc-2009", "--covariates", table});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.err, "");
    for (const char* part :
         {"P1: IWPC pharmacogenetic equation (warfarin-iwpc-2009)\n", "  dose         25.4 mg/week = 3.6 mg/day\n",
          "  tablets      3.5 mg/day (2.5 + 1 mg) = 24.5 mg/week\n", "CYP2C9 *1/*3: -10.3 mg/week against *1/*1\n",
          "IWPC clinical equation: 34.8 mg/week = 5 mg/day\n", "fixed dose: 35 mg/week = 5 mg/day\n",
          "  assumed      amiodarone: no (the appendix counts a missing value as no amiodarone)\n",
          "doi 10.1056/NEJMoa0809329\n"}) {
      CAPTURE(part);
      CHECK(has(run.out, part));
    }
  }

  TEST_CASE("warfarin means the trained model, with what each input adds and the published equations beside it") {
    const TempFolder files;
    const std::string table = files.write("p.tsv",
                                          "sample\tage_years\tsex\theight_cm\tweight_kg\trace\ttarget_inr\tCYP2C9\t"
                                          "rs9923231\tindication\tatorvastatin\n"
                                          "P1\t50\tm\t175\t80\tWhite\t2.5\t*1/*3\tC/T\tAF\tyes\n");
    const ProgramResult run = dose({"warfarin", "--covariates", table});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.err, "");
    for (const char* part :
         {"P1: StarDose model (IWPC patients) (warfarin-iwpc-trained)\n", "  interval     ",
          "90 % of 2391 patients like this one (race: White); at sites that had no part in it, ", "VKORC1 A/G: -",
          " mg/week against G/G\n", "  adds up      square root of mg/week: ", " on average, ",
          "IWPC pharmacogenetic equation: 25.4 mg/week = 3.6 mg/day\n", "IWPC clinical equation: 34.8 mg/week",
          "Gage pharmacogenetic equation: ", "fixed dose: 35 mg/week", "reason for treatment: "}) {
      CAPTURE(part);
      CHECK(has(run.out, part));
    }
    CHECK_FALSE(has(run.out, "site:"));
    CHECK_FALSE(has(run.out, "  outside "));
  }

  TEST_CASE("a model that was changed is refused where it is needed, and only there") {
    const TempFolder files;
    const std::string folder = files / "catalogue";
    REQUIRE_EQ(run_program({"knowledge", "export", folder}).exit_code, 0);
    const std::string path = folder + "/dosing/models/warfarin-iwpc-trained.json";
    std::string model = file_text(path);
    CHECK_EQ(model, file_text(std::string{STARDOSE_SOURCE_DIR} +
                              "/pharmaco/catalogue/dosing/models/warfarin-iwpc-trained.json"));
    const std::size_t at = model.find("\"weights\"");
    REQUIRE(at != std::string::npos);
    const std::size_t digit = model.find_first_of("123456789", at);
    model[digit] = model[digit] == '9' ? '8' : '9';
    (void)files.write("catalogue/dosing/models/warfarin-iwpc-trained.json", model);
    const std::string table =
        files.write("p.tsv",
                    "sample\tage_years\theight_cm\tweight_kg\tCYP2C9\trs9923231\tDPYD_activity_score\n"
                    "P1\t50\t175\t80\t*1/*3\tC/T\t1\n");
    const std::string why = "is not the model that dosing/warfarin-iwpc-trained.yaml means: its SHA-256 is ";
    const ProgramResult refused = dose({"warfarin", "--covariates", table, "--knowledge", folder});
    CHECK_EQ(refused.exit_code, 6);
    CHECK_EQ(refused.out, "");
    CHECK(refused.err.starts_with("error: " + path + ": " + why));
    CHECK_EQ(dose({"fluorouracil", "--covariates", table, "--knowledge", folder}).exit_code, 0);
    CHECK_EQ(dose({"warfarin-iwpc-2009", "--covariates", table, "--knowledge", folder}).exit_code, 0);
    const ProgramResult checked = run_program({"knowledge", "validate", folder});
    CHECK_EQ(checked.exit_code, 6);
    CHECK(has(checked.out, "dosing/models/warfarin-iwpc-trained.json: " + why));
  }

  TEST_CASE("genes come from the same run's calls, and the tables are written") {
    const TempFolder files;
    const std::string vcf = files.write("in.vcf", warfarin_vcf({"S1", "S2", "S3"}, {"0/0", "0/1", "0/0"},
                                                               {"0/0", "0/1", "0/0"}, {"0/0", "0/0", "./."}));
    const std::string table = files.write(
        "p.tsv",
        header + "S2\t50\t175\t80\tWhite\t2.5\t0\nS1\t50\t175\t80\tBlack\t2.5\t0\nS3\t50\t175\t80\tBlack\t2.5\t0\n");
    const std::string folder = files / "out";
    const ProgramResult run =
        dose({"warfarin-iwpc-2009", "--covariates", table, "--input", vcf, "--output", folder, "--format", "tsv"});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.out, file_text(folder + "/dosing.tsv"));
    const auto json = nlohmann::json::parse(file_text(folder + "/dosing.json"));
    REQUIRE_EQ(json["patients"].size(), 3);
    const auto& s2 = json["patients"][0];
    CHECK_EQ(s2["sample"], "S2");
    CHECK_EQ(s2["status"], "dosed");
    CHECK(s2["estimate"]["dose"]["value"].get<double>() == doctest::Approx(25.407).epsilon(1e-4));
    CHECK_EQ(s2["estimate"]["inputs"][5]["name"], "amiodarone");
    // Every allele of African ancestry was tested in S1; in S3 rs12777823 was not.
    CHECK_EQ(json["patients"][1]["status"], "dosed");
    CHECK_EQ(json["patients"][2]["status"], "deferred");
    CHECK_EQ(json["patients"][2]["instead"]["algorithm"], "warfarin-iwpc-2009-clinical");
    CHECK(json["patients"][2]["estimate"]["dose"].is_null());
    // Most of CYP2C9's positions are not in the file.
    CHECK(has(s2["estimate"]["cautions"].dump(), "CYP2C9 could also be Poor Metabolizer"));
  }

  TEST_CASE("what is only assumed to be reference was not tested") {
    const TempFolder files;
    const std::string vcf = files.write("in.vcf", vcf_header({"S1"}) + vcf_record("chr10 94645745 G A", {"0/0"}) +
                                                      vcf_record("chr10 94942290 C T", {"0/0"}) +
                                                      vcf_record("chr16 31096368 C T", {"0/0"}));
    const std::string table = files.write("p.tsv", header + "S1\t50\t175\t80\tBlack\t2.5\t0\n");
    const ProgramResult run = dose({"warfarin", "--covariates", table, "--input", vcf, "--assume-reference"});
    CHECK_EQ(run.exit_code, 0);
    CHECK(has(run.out, "  instead      IWPC clinical equation"));
  }

  TEST_CASE("VKORC1 that a file does not have is imputed from its neighbour") {
    const TempFolder files;
    const std::string vcf = files.write("in.vcf", vcf_header({"S1"}) + vcf_record("chr16 31093188 C G", {"1/1"}));
    const std::string table = files.write("p.tsv", header + "S1\t50\t175\t80\tWhite\t2.5\t0\n");
    const ProgramResult run = dose({"warfarin", "--covariates", table, "--input", vcf});
    CHECK_EQ(run.exit_code, 0);
    CHECK(has(run.out, "  imputed      VKORC1 -1639: A/A (imputed from rs8050894 G/G)\n"));
  }

  TEST_CASE("calls.tsv of a run serves as well") {
    const TempFolder files;
    const std::string vcf = files.write("in.vcf", warfarin_vcf({"S1"}, {"0/1"}, {"0/1"}, {"0/0"}));
    REQUIRE_EQ(run_program({"run", "--input", vcf, "--output", files / "calls", "--write", "calls"}).exit_code, 0);
    const std::string table = files.write("p.tsv", header + "S1\t50\t175\t80\tWhite\t2.5\t0\n");
    const ProgramResult by_calls =
        dose({"warfarin-iwpc-2009", "--covariates", table, "--calls", files / "calls/calls.tsv"});
    CHECK_EQ(by_calls.exit_code, 0);
    CHECK(has(by_calls.out, "25.4 mg/week"));
  }

  TEST_CASE("a guideline's dose for one drug of several") {
    const TempFolder files;
    const std::string table =
        files.write("p.csv", "sample,DPYD_activity_score,usual_dose (mg/m2)\nA,1.5,400\nB,0.5,400\n");
    const ProgramResult run = dose({"fluorouracil", "--covariates", table});
    CHECK_EQ(run.exit_code, 0);
    CHECK(has(run.out, "50 % of the usual dose: 200 mg/m2"));
    CHECK_FALSE(has(run.out, "capecitabine ("));
    CHECK_FALSE(has(run.out, "  capecitabine"));
  }

  TEST_CASE("patients without a dose are counted, and with --strict that is an exit code") {
    const TempFolder files;
    const std::string table =
        files.write("p.tsv", header + "A\t50\tNA\t80\tWhite\t2.5\t0\nB\t50\t175\t80\tWhite\t4\t0\n");
    const ProgramResult run = dose({"warfarin-iwpc-2009", "--covariates", table});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.err, "2 of 2 patient(s) got no dose; the output says why\n");
    CHECK(has(run.out, "  no dose      height is missing: not given\n"));
    CHECK(has(run.out, "  no dose      derived for a target INR of 2 to 3 only\n"));
    CHECK_EQ(dose({"warfarin-iwpc-2009", "--covariates", table, "--strict"}).exit_code, 7);
  }

  TEST_CASE("newcomers' mistakes") {
    const TempFolder files;
    const std::string good = files.write("good.tsv", header + "S1\t50\t175\t80\tWhite\t2.5\t0\n");
    const std::string vcf = files.write("in.vcf", warfarin_vcf({"S-1"}, {"0/0"}, {"0/0"}, {"0/0"}));
    check_refused(dose({}), 2, "no algorithm or drug is named");
    check_refused(dose({"warfarine", "--covariates", good}), 2,
                  "dose: no dosing algorithm and no drug is named warfarine");
    check_refused(dose({"warfarin"}), 2, "no table of patients");
    check_refused(dose({"warfarin", "--covariates", files / "none.tsv"}), 3,
                  files / "none.tsv: cannot open the covariates");
    check_refused(dose({"warfarin", "--covariates", good, "--format", "xml"}), 2, "--format: no such format: xml");
    check_refused(dose({"warfarin", "--covariates", good, "--unit", "weight"}), 2, "unit: cannot be read: weight");
    check_refused(dose({"warfarin", "--covariates", good, "--input", vcf}), 4,
                  good + ": 2: sample S1 is not in " + vcf);
    check_refused(dose({"warfarin", "--covariates", good, "--input", vcf, "--calls", good}), 2,
                  "--calls: calls and other inputs are both given");
    const std::string metres = files.write("m.tsv", header + "S1\t50\t1.75\t80\tWhite\t2.5\t0\n");
    check_refused(dose({"warfarin", "--covariates", metres}), 3,
                  metres + ": 2: height is not plausible (25 to 260 cm)");
    const std::string race = files.write("r.tsv", header + "S1\t50\t175\t80\tLatino\t2.5\t0\n");
    check_refused(dose({"warfarin", "--covariates", race}), 3, race + ": 2: race is none of its words");
    const std::string unitless = files.write("u.tsv", "sample\tweight\nS1\t80\n");
    check_refused(dose({"warfarin", "--covariates", unitless}), 3,
                  unitless + ": 1: the column of weight does not say its unit");
    const std::string nameless = files.write("n.tsv", "weight_kg\n80\n");
    check_refused(dose({"warfarin", "--covariates", nameless}), 3, nameless + ": 1: no column named sample");
  }

  TEST_CASE("an algorithm of one's own is a file in a catalogue of one's own") {
    const TempFolder files;
    const std::string folder = files / "catalogue";
    REQUIRE_EQ(run_program({"knowledge", "export", folder}).exit_code, 0);
    (void)files.write(
        "catalogue/dosing/half-weight.yaml",
        "algorithm: half-weight\ndrugs: [examplin]\npreferred: \"yes\"\ntitle: half of the weight\n"
        "citation: {text: nobody, doi: 10.1/x}\noutput: {what: dose, unit: mg/day}\ninputs: {weight: {}}\n"
        "dose: {product: [0.5, weight in kg]}\n");
    CHECK(has(run_program({"knowledge", "validate", folder}).out, ", 18 dosing algorithms, 7 kinetic models\n"));
    const std::string table = files.write("p.tsv", "sample\tweight_kg\nA\t80\n");
    const ProgramResult run = dose({"examplin", "--knowledge", folder, "--covariates", table});
    CHECK_EQ(run.exit_code, 0);
    CHECK(has(run.out, "280 mg/week = 40 mg/day"));
    (void)files.write("catalogue/dosing/half-weight.yaml", "algorithm: half-weight\n");
    CHECK_EQ(run_program({"knowledge", "validate", folder}).exit_code, 6);
    (void)files.write(
        "catalogue/dosing/half-weight.yaml",
        "algorithm: half-weight\ndrugs: [examplin]\npreferred: \"yes\"\ntitle: half of the weight\n"
        "citation: {text: nobody, doi: 10.1/x}\noutput: {what: dose, unit: mg/day}\ninputs: {weight: {}}\n"
        "dose: {product: [0.5, weight in kg]}\nlimits: not above 100 kg\n");
    check_refused(dose({"examplin", "--knowledge", folder, "--covariates", table}), 6,
                  folder + ": dosing/half-weight.yaml:9: limits: expected a list");
  }

  TEST_CASE("pounds that are said to be kilograms are told of, and marked on the dose") {
    const TempFolder files;
    const std::string table =
        files.write("p.tsv", "sample\tage_years\theight_cm\tweight_kg\ttarget_inr\nA\t50\t175\t161\t2.5\n");
    const ProgramResult run = dose({"warfarin-iwpc-2009", "--covariates", table});
    const std::string doubt =
        "weight of 161 kg and height of 175 cm make a body mass index of 52.6 kg/m2 (16 to 50 is usual): was a weight "
        "of "
        "161 lb meant?";
    CHECK(has(run.err, "warning: " + table + ":2: A: weight and height are unusual together: check both\n"));
    CHECK(has(run.out, "  outside      " + doubt + "\n"));
  }

  TEST_CASE("options that mean nothing to doses, features and scores are not theirs") {
    for (const char* command : {"dose", "features", "score"}) {
      CAPTURE(command);
      const std::string help = run_program({command, "--help"}).out;
      for (const char* own : {"--input ", "--covariates ", "--unit ", "--outside-calls ", "--polygenic ", "--calls ",
                              "--knowledge ", "--threads", "--output"}) {
        CAPTURE(own);
        CHECK(has(help, own));
      }
      for (const char* other : {"--genes", "--dose", "--write", "--truth", "--dosage-sites", "--medications",
                                "--all-matches", "--print-config", "--dry-run"}) {
        CAPTURE(other);
        CHECK_FALSE(has(help, std::string{" "} + other));
        CHECK_EQ(run_program({command, other}).exit_code, 2);
      }
      CHECK_EQ(has(help, "--strict"), command != std::string{"features"});
    }
  }
}

}  // namespace stardose::tests
