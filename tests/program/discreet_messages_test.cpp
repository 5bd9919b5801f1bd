// What is wrong with a value is said with its place and never with the value: a log is read by more people than
// results.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/twin_files.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

using Words = std::vector<std::string>;

/// Of a kind that is in no message by chance.
const std::string marker = "Zq7x";
const std::string number_marker = "77713";

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// Says where, and neither marker; `out` of a command that has results may.
ProgramResult check_discreet(const Words& words, int exit_code, const std::string& place) {
  CAPTURE(words.front());
  CAPTURE(place);
  ProgramResult run = run_program(words);
  CHECK_MESSAGE(run.exit_code == exit_code, run.err);
  CHECK_MESSAGE(run.err.find(place) != std::string::npos, run.err);
  CHECK_MESSAGE(run.err.find(marker) == std::string::npos, run.err);
  CHECK_MESSAGE(run.err.find(number_marker) == std::string::npos, run.err);
  return run;
}

const std::string good_vcf = vcf_header() + vcf_record("chr6 18130687 T C", {"0/1"});

}  // namespace

TEST_SUITE("program: discreet messages") {
  TEST_CASE("genotypes and their measures") {
    const TempFolder folder;
    const std::string fields =
        "##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"\">\n##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="
        "\"\">\n"
        "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"\">\n##FORMAT=<ID=DS,Number=A,Type=Float,Description=\"\">"
        "\n";
    const auto vcf = [&](const std::string& format, const std::string& cell) {
      return folder.write(
          "in.vcf", vcf_header({"S1", "S2"}, fields) + vcf_record("chr6 18130687 T C", {"0/1", cell}, ".", format));
    };
    const std::string place = "chr6:18130687: ";
    const auto check = [&](const std::string& format, const std::string& cell) {
      CAPTURE(cell);
      check_discreet({"run", "--input", vcf(format, cell), "-o", folder / "out"}, 3, place);
      check_discreet({"run", "--input", folder / "in.vcf", "--no-check-format", "--dry-run"}, 0, "");
      check_discreet({"annotate", folder / "in.vcf"}, 3, place);
    };
    check("GT", "0/" + marker);
    check("GT", "0/" + number_marker);
    check("GT", "0/1:" + marker);
    check("GT:AD", "0/1:3," + marker);
    check("GT:AD", "0/1:" + number_marker);
    check("GT:GQ", "0/1:" + marker);
    check("GT:PS", "0|1:" + marker);
    const std::string score = folder.write("score.txt",
                                           "#pgs_id=PGS1\n#genome_build=GRCh38\n"
                                           "chr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\n"
                                           "6\t18130687\tC\tT\t1\n");
    for (const std::string& dosage : {marker, number_marker}) {
      check_discreet({"polygenic", "--score", score, "--genotype-field", "DS", "--input", vcf("GT:DS", "0/1:" + dosage),
                      "-o", folder / "p"},
                     3, place);
    }
  }

  TEST_CASE("what a table of patients says") {
    const TempFolder folder;
    const std::string vcf = folder.write("in.vcf", good_vcf);
    const auto check = [&](const std::string& heading, const std::string& cell) {
      CAPTURE(heading);
      CAPTURE(cell);
      const std::string table = folder.write("p.tsv", "sample\t" + heading + "\nS1\t" + cell + "\n");
      check_discreet({"dose", "warfarin", "--covariates", table, "--input", vcf}, 3, table + ": 2: ");
      check_discreet({"run", "--dose", "warfarin", "--covariates", table, "--input", vcf, "-o", folder / "out"}, 3,
                     table + ": 2: ");
    };
    for (const char* heading : {"age_years", "weight_kg", "race", "sex", "amiodarone", "target_inr", "rs9923231",
                                "CYP2C9", "CYP2C9_phenotype", "DPYD_activity_score", "CYP2D6_copies",
                                "CYP2C9_alleles_tested", "current_dose (mg/week)"}) {
      const std::string table = folder.write("known.tsv", std::string{"sample\t"} + heading + "\nS1\tNA\n");
      const bool is_known = run_program({"dose", "warfarin", "--covariates", table}).exit_code != 3;
      if (is_known) check(heading, marker);
    }
    check("age_years", number_marker);
    check("weight_kg", "77,713" + marker);
    check("weight_kg", number_marker);
    check("weight_lb", number_marker);
    check("height_m", number_marker);
    check("CYP2D6_copies", number_marker);
    check("CYP2C9", "*1/*" + number_marker);
    check("CYP2C9", "*" + number_marker + "/*2");
    check("CYP2C9_alleles_tested", "*2,*" + number_marker);
    check("rs9923231", "A/" + marker);
    // What is unusual of two values together is a warning.
    const std::string together =
        folder.write("t.tsv", "sample\tage_years\theight_cm\tweight_kg\ttarget_inr\nS1\t50\t177\t313.7\t2.5\n");
    const ProgramResult run =
        check_discreet({"dose", "warfarin-iwpc-2009", "--covariates", together}, 0, together + ":2");
    CHECK(run.err.find("313") == std::string::npos);
    CHECK(run.err.find("177") == std::string::npos);
  }

  TEST_CASE("calls, phenotypes and scores that were made elsewhere") {
    const TempFolder folder;
    const std::string vcf = folder.write("in.vcf", good_vcf);
    const auto outside = [&](const std::string& row, int exit_code) {
      CAPTURE(row);
      const std::string table =
          folder.write("o.tsv", "sample\tgene\tdiplotype\tphenotype\tactivity_score\n" + row + "\n");
      check_discreet({"run", "--input", vcf, "--outside-calls", table, "-o", folder / "out"}, exit_code, table + ":");
    };
    outside("S1\tCYP2D6\t\t\t" + marker, 3);
    outside("S1\tCYP2D6\t\t" + marker + "\t", 0);
    outside("S1\tTPMT\t\t" + marker + " Metabolizer\t", 3);
    const std::string scores = folder.write(
        "s.tsv", "sample\tscore\tsum\taverage\talleles\tmissing\tz\nS1\tPGS1\t" + marker + "\t1\t2\t0\tNA\n");
    const std::string set =
        folder.write("set.yaml", "set: a\ninputs:\n  af: {polygenic: PGS1, scale: sum}\nfeatures: {af: {}}\n");
    check_discreet({"features", set, "--polygenic", scores, "--input", vcf}, 3, scores + ": 2: ");
    // A feature that nobody has, as the genotype of the only patient is one that it has no term for.
    const std::string coded = folder.write("coded.yaml",
                                           "set: a\ninputs:\n  x: {diplotype: CYP2C9, alleles: [\"*1\", \"*2\"]}\n"
                                           "features: {x: {}}\n");
    const std::string patients = folder.write("p.tsv", "sample\tCYP2C9\nS1\t*3/*13\n");
    const ProgramResult nobody =
        check_discreet({"features", coded, "--covariates", patients}, 0, "nobody has a value of");
    CHECK_MESSAGE(nobody.err.find('*') == std::string::npos, nobody.err);
  }

  TEST_CASE("tables for models") {
    const TempFolder folder;
    const std::string model =
        folder.write("m.tsv", "feature\tcoefficient\tunit\tmean\n(Intercept)\t5.5\t\t\nage\t-0.25\tyear\t6\n");
    const std::string table = folder.write("t.tsv", "sample\tage\nS1\t" + marker + "\n");
    check_discreet({"score", model, "--table", table}, 3, table + ": 2: ");
    const std::string recipe =
        folder.write("r.yaml",
                     "recipe: a\ntitle: b\ncolumns: {age: {unit: years}, race: {levels: [A, B]}}\n"
                     "id: name\ntarget: {column: dose, name: dose, unit: mg}\n"
                     "steps: {all: [{fill: {by: mean}}, one_hot]}\n"
                     "contenders: [{name: r, learner: ridge, grid: {penalty: [1]}, steps: all}]\n"
                     "folds: [{name: f, folds: 2, seed: 1}]\n");
    for (const std::string& row : {"a\t" + marker + "\tA\t1", "a\t1\t" + marker + "\t1", "a\t1\tA\t" + marker}) {
      const std::string data = folder.write("d.tsv", "name\tage\trace\tdose\n" + row + "\n");
      check_discreet({"train", recipe, "--data", data, "--evaluate-only"}, 3, data + ": 2: ");
    }
    const std::string one = folder.write("one.tsv", "name\tage\trace\na\t1\tA\n");
    const std::string other = folder.write("other.tsv", "name\trace\tdose\na\t" + marker + "\t" + number_marker + "\n");
    check_discreet({"train", recipe, "--data", one, "--data", other, "--evaluate-only"}, 3, "race of a is another in ");
  }

  TEST_CASE("treatments") {
    const TempFolder folder;
    const std::string record = treated_record(folder);
    const auto told = [&](const Words& words, const std::string& place) {
      check_discreet(Words{"twin", "add", record} + words, 2, place);
    };
    const Words later = {"--time", "2026-03-27T08:00"};
    for (const std::string& value : {marker, number_marker, "2," + number_marker, "2 " + marker}) {
      told(later + Words{"--value", "inr=" + value}, "--value: inr ");
      told(later + Words{"--value", "weight=" + value}, "--value: weight ");
      told(later + Words{"--dose", value}, "--dose: ");
    }
    told(later + Words{"--value", "amiodarone=" + marker}, "--value: amiodarone ");
    told(later + Words{"--value", marker + "=2"}, "--value: ");
    told(later + Words{"--value", marker}, "--value: ");
    told(later + Words{"--dose", number_marker + " mg"}, "--dose: ");
    told(later + Words{"--dose", "5 mg", "--times", marker, "--every", "24h"}, "--dose: ");
    told(later + Words{"--dose", "5 mg", "--times", "2", "--every", marker}, "--dose: ");
    told(later + Words{"--dose", "5 mg", "--route", marker}, "--dose: ");
    told({"--time", marker, "--value", "inr=2"}, "time");
    const auto row = [&](const std::string& cells) {
      CAPTURE(cells);
      const std::string table = folder.write("e.tsv", "time\twhat\tvalue\tunit\n" + cells + "\n");
      check_discreet({"twin", "add", record, "--events", table}, 3, table + ":2: ");
    };
    row("2026-03-27T08:00\tinr\t" + marker + "\t");
    row("2026-03-27T08:00\tinr\t" + number_marker + "\t");
    row("2026-03-27T08:00\tdose\t5\t" + marker);
    row("2026-03-27T08:00\t" + marker + "\t5\t");
    row(marker + "\tinr\t2\t");
    // Beside what is in the record: the time is the place, and the value is not told.
    const Words now = {"--time", "2026-03-27T08:00", "--value"};
    REQUIRE_EQ(run_program(Words{"twin", "add", record} + now + Words{"inr=3.7713"}).exit_code, 0);
    const ProgramResult again = run_program(Words{"twin", "add", record} + now + Words{"inr=2.9"});
    CHECK_EQ(again.exit_code, 2);
    CHECK(again.err.find("3.77") == std::string::npos);
    // A record that was spoilt.
    std::string text = file_text(record);
    const std::size_t score = text.find("\"value\":");
    REQUIRE(score != std::string::npos);
    text.replace(score, 8, "\"value\":\"" + marker + "\",\"value_was\":");
    check_discreet({"twin", "update", folder.write("spoilt.twin.json", text)}, 3, "spoilt.twin.json: ");
  }
}

}  // namespace stardose::tests
