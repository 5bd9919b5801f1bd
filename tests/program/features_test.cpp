// stardose features: what it prints and writes, and what it refuses.
#include <doctest/doctest.h>

#include <cstring>

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
    const std::string scores = files.write("scores.tsv",
                                           "sample\tscore\tsum\taverage\talleles\tmissing\tz\nS1\tPGS000016\t1\t0."
                                           "5\t2\t0\t1.5\nS2\tPGS000016\t2\t1\t2\t0\tNA\n");
    const std::string vcf =
        files.write("in.vcf", vcf_header({"S1", "S2"}) + vcf_record("chr16 31096368 C T", {"1/1", "0/1"}));
    const std::string out = files / "out";
    const ProgramResult run =
        features({set, "--covariates", table, "--polygenic", scores, "--input", vcf, "--output", out});
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
    const std::string vcf =
        files.write("in.vcf", vcf_header({"S1", "S2"}) + vcf_record("chr16 31096368 C T", {"1/1", "0/1"}));
    const ProgramResult run = features({set, "--input", vcf});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.out, "sample\tage\trace\tvkorc1\taf\nS1\tNA\tNA\t2\tNA\nS2\tNA\tNA\t1\tNA\n");
    CHECK(run.err.find("warning: nobody has a value of age: no such column\n") != std::string::npos);
  }

  TEST_CASE(
      "genotypes: int8, variant after variant, -1 missing; the same from a fileset and for any number of threads") {
    const TempFolder files;
    const std::string vcf =
        files.write("in.vcf", vcf_header({"A", "B", "C", "D", "E"}) +
                                  vcf_record("chr1 100 C T", {"0/1", "./.", "1/1", "0/0", "1|0"}) +
                                  vcf_record("chr1 200 G A,T", {"0/2", "1/2", "0/0", "0/.", "2/2"}));
    const ProgramResult run = features(
        {"--genotypes", "all", "--matrix", "npy,mtx", "--input", vcf, "--output", files / "g", "--threads", "3"});
    CHECK_EQ(run.exit_code, 0);
    const std::string bytes = file_text(files / "g/genotypes.npy");
    CHECK(bytes.find("{'descr': '|i1', 'fortran_order': True, 'shape': (5, 3), }") == 10);
    CHECK_EQ(bytes.substr(128), std::string("\1\xff\2\0\1"
                                            "\0\1\0\xff\0"
                                            "\1\1\0\xff\2",
                                            15));
    const std::string market = file_text(files / "g/genotypes.mtx");
    CHECK(market.starts_with("%%MatrixMarket matrix coordinate real general\n5 3 10 "));
    CHECK_EQ(market.substr(128), "1 1 1\n2 1 NaN\n3 1 2\n5 1 1\n2 2 1\n4 2 NaN\n1 3 1\n2 3 1\n4 3 NaN\n5 3 2\n");
    CHECK_EQ(file_text(files / "g/genotypes.variants.tsv"),
             "number\tid\tchrom\tpos\tcounted\tother\n0\tchr1:100:C:T\tchr1\t100\tT\tC\n"
             "1\tchr1:200:G:A\tchr1\t200\tA\tG\n2\tchr1:200:G:T\tchr1\t200\tT\tG\n");
    CHECK_EQ(file_text(files / "g/genotypes.patients.tsv"), "number\tsample\n0\tA\n1\tB\n2\tC\n3\tD\n4\tE\n");
    const ProgramResult fileset =
        run_program({"run", "--input", vcf, "--write", "dosages", "--dosage-sites", "all", "--output", files / "bed"});
    REQUIRE_EQ(fileset.exit_code, 0);
    CHECK_EQ(features({"--genotypes", "all", "--input", files / "bed/dosages.bed", "--output", files / "h"}).exit_code,
             0);
    CHECK_EQ(file_text(files / "h/genotypes.npy"), bytes);
  }

  TEST_CASE("genotypes of the patients of the set, in their order; variants by ID or by place") {
    const TempFolder files;
    const std::string set = files.write("set.yaml", "set: s\ninputs: {age: {}}\nfeatures: {age: {}}\n");
    const std::string table = files.write("p.tsv", "sample\tage_years\nC\t3\nA\t1\n");
    const std::string chosen = files.write("ids.txt", "chr1:200:G:A\nrs0\n");
    const std::string vcf =
        files.write("in.vcf", vcf_header({"A", "B", "C"}) + vcf_record("chr1 100 C T", {"0/1", "0/0", "1/1"}) +
                                  vcf_record("chr1 200 G A", {"0/1", "0/0", "1/1"}));
    const ProgramResult run =
        features({set, "--covariates", table, "--genotypes", chosen, "--input", vcf, "--output", files / "g"});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(file_text(files / "g/genotypes.npy").substr(128), std::string("\2\1", 2));
    CHECK_EQ(file_text(files / "g/features.tsv"), "sample\tage\nC\t3\nA\t1\n");
    CHECK(run.err.find("warning: 1 of 2 variant(s) are not in the input, the first is rs0\n") != std::string::npos);
  }

  TEST_CASE("imputed dosages come as float32") {
    const TempFolder files;
    const std::string text =
        "##fileformat=VCFv4.3\n##contig=<ID=chr1,length=248956422>\n"
        "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n"
        "##FORMAT=<ID=DS,Number=A,Type=Float,Description=\"d\">\n"
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\tB\n"
        "chr1\t100\t.\tC\tT\t.\tPASS\t.\tGT:DS\t0/1:0.75\t0/0:.\n";
    const std::string vcf = files.write("in.vcf", text);
    const ProgramResult run =
        features({"--genotypes", "all", "--genotype-field", "DS", "--input", vcf, "--output", files / "g"});
    CHECK_EQ(run.exit_code, 0);
    const std::string bytes = file_text(files / "g/genotypes.npy");
    CHECK(bytes.find("'<f4', 'fortran_order': True, 'shape': (2, 1)") != std::string::npos);
    REQUIRE_EQ(bytes.size(), 128 + 2 * 4);
    float first = 0;
    std::memcpy(&first, bytes.data() + 128, sizeof first);
    CHECK_EQ(first, 0.75F);
  }

  TEST_CASE("refusals") {
    const TempFolder files;
    const std::string set = files.write("set.yaml", set_text);
    check_refused_saying(features({set}), 2, {"nobody is named"});
    check_refused_saying(features({files / "none.yaml", "--covariates", "p.tsv"}), 3,
                         {"none.yaml: cannot open the features"});
    check_refused_saying(features({}), 2, {"there is nothing to do"});
    check_refused_saying(features({"--genotypes", "all", "--input", "in.vcf"}), 2, {"there is no folder for a matrix"});
    check_refused_saying(features({"--genotypes", "all", "--matrix", "csv", "--output", "g"}), 2,
                         {"no such file: csv"});
    const std::string table = files.write("p.tsv", "sample\tage_years\nS9\t60\n");
    const std::string vcf = files.write("in.vcf", vcf_header({"S1"}) + vcf_record("chr16 31096368 C T", {"1/1"}));
    check_refused_saying(features({set, "--covariates", table, "--input", vcf}), 4, {"sample S9 is not in"});
    const std::string scores = files.write(
        "scores.tsv", "sample\tscore\tsum\taverage\talleles\tmissing\tz\nS9\tPGS000016\tone\t0.5\t2\t0\t1.5\n");
    check_refused_saying(features({set, "--covariates", table, "--polygenic", scores}), 3,
                         {"scores.tsv: 2: sum is no number"});
  }
}

}  // namespace stardose::tests
