// stardose features: what it prints and writes, and what it refuses.
#include <doctest/doctest.h>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string set_text =
    "set: warfarin\n"
    "inputs:\n"
    "  age: {}\n"
    "  race: {}\n"
    "  vkorc1: {dosage: rs9923231, gene: VKORC1, counted: [T]}\n"
    "  af: {polygenic: PGS000016, scale: z}\n"
    "features: {age: age in decades, race: {}, vkorc1: {}, af: {}}\n";

ProgramResult features(std::vector<std::string> args) {
  args.insert(args.begin(), "features");
  return run_program(args);
}

}  // namespace

TEST_SUITE("program: features") {
  TEST_CASE("a table of patients, variants and polygenic scores make one matrix") {
    const TempFolder files;
    const std::string set = files.write("set.yaml", set_text);
    const std::string table = files.write("p.tsv", "sample\tage_years\trace\nS2\t60\tAsian\nS1\tNA\tBlack\n");
    const std::string scores = files.write(
        "scores.tsv",
        "sample\tscore\tsum\taverage\talleles\tmissing\tz\nS1\tPGS000016\t1\t0.5\t2\t0\t1.5\nS2\tPGS000016\t2\t1\t2\t0\tNA\n");
    const std::string vcf = files.write(
        "in.vcf", vcf_header({"S1", "S2"}) + vcf_record("chr16 31096368 C T", {"1/1", "0/1"}));
    const std::string out = files / "out";
    const ProgramResult run = features(
        {set, "--covariates", table, "--polygenic", scores, "--input", vcf, "--output", out});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.out, "");
    const std::string rows = "sample\tage\trace\tvkorc1\taf\nS2\t6\tAsian\t1\tNA\nS1\tNA\tBlack\t2\t1.5\n";
    CHECK_EQ(file_text(out + "/features.tsv"), rows);
    CHECK_EQ(file_text(out + "/features.npy").size(), 128 + 2 * 7 * 8);
    CHECK(file_text(out + "/features.mtx").starts_with("%%MatrixMarket matrix coordinate real general\n2 7 8 "));
    CHECK(file_text(out + "/features.columns.tsv").find("5\tvkorc1\t.\tvkorc1\t.\tVKORC1\t0\n") != std::string::npos);
    const ProgramResult printed = features({set, "--covariates", table, "--polygenic", scores, "--input", vcf});
    CHECK_EQ(printed.out, rows);
  }

  TEST_CASE("without a table the patients are the samples of the input; columns without any value are named") {
    const TempFolder files;
    const std::string set = files.write("set.yaml", set_text);
    const std::string vcf = files.write(
        "in.vcf", vcf_header({"S1", "S2"}) + vcf_record("chr16 31096368 C T", {"1/1", "0/1"}));
    const ProgramResult run = features({set, "--input", vcf});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.out, "sample\tage\trace\tvkorc1\taf\nS1\tNA\tNA\t2\tNA\nS2\tNA\tNA\t1\tNA\n");
    CHECK(run.err.find("warning: nobody has a value of age\n") != std::string::npos);
  }

  TEST_CASE("refusals") {
    const TempFolder files;
    const std::string set = files.write("set.yaml", set_text);
    check_refused_saying(features({set}), 2, {"nobody is named"});
    check_refused_saying(features({files / "none.yaml", "--covariates", "p.tsv"}), 3, {"none.yaml: cannot be read"});
    const std::string table = files.write("p.tsv", "sample\tage_years\nS9\t60\n");
    const std::string vcf = files.write("in.vcf", vcf_header({"S1"}) + vcf_record("chr16 31096368 C T", {"1/1"}));
    check_refused_saying(features({set, "--covariates", table, "--input", vcf}), 4, {"sample S9 is not in"});
    const std::string scores = files.write(
        "scores.tsv", "sample\tscore\tsum\taverage\talleles\tmissing\tz\nS9\tPGS000016\tone\t0.5\t2\t0\t1.5\n");
    check_refused_saying(features({set, "--covariates", table, "--polygenic", scores}), 3,
                         {"scores.tsv: 2: sum is no number: one"});
  }
}

}  // namespace stardose::tests
