// Features as a stage of a run: the matrix that `stardose features` makes, and calls from the same reading.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string family = source + "/data-samples/family.vcf.gz";
const std::string patients = source + "/data-samples/patients.tsv";

const std::string set_text =
    "set: warfarin\n"
    "inputs:\n"
    "  age: {}\n"
    "  weight: {}\n"
    "  cyp2c9: {diplotype: CYP2C9, alleles: [\"*1\", \"*2\", \"*3\"]}\n"
    "  vkorc1: {dosage: rs9923231, gene: VKORC1, counted: [T]}\n"
    "  af: {polygenic: PGS000016, scale: sum}\n"
    "features: {age: age in decades, weight: {}, cyp2c9: {}, vkorc1: {}, af: {}}\n";

ProgramResult run(std::vector<std::string> args) {
  args.insert(args.begin(), {"run", "--input", family});
  return run_program(args);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE("program: run with features") {
  TEST_CASE("the matrix is that of stardose features, whatever genes are reported and on how many threads") {
    const TempFolder files;
    const std::string set = files.write("set.yaml", set_text);
    const std::string scores =
        files.write("scores.tsv",
                    "sample\tscore\tsum\taverage\talleles\tmissing\tz\nmother\tPGS000016\t1.5\t0.5\t2\t0\tNA\n"
                    "stent\tPGS000016\t-1\t-0.5\t2\t0\tNA\n");
    const std::vector<std::string> asked = {"--covariates", patients, "--polygenic", scores};
    std::vector<std::string> args = {"--features", set, "--genes", "TPMT", "--output", files / "a"};
    args.insert(args.end(), asked.begin(), asked.end());
    const ProgramResult done = run(args);
    REQUIRE_EQ(done.exit_code, 0);
    const std::string table = file_text(files / "a/features.tsv");
    CHECK(table.starts_with("sample\tage\tweight\tcyp2c9\tvkorc1\taf\n"));
    CHECK(has(table, "\nson\tNA\tNA\t"));  // without a row among the patients: called all the same
    CHECK(file_text(files / "a/features.npy").starts_with("\x93NUMPY"));
    CHECK(file_text(files / "a/features.mtx").starts_with("%%MatrixMarket"));
    CHECK(has(file_text(files / "a/features.columns.tsv"), "\tvkorc1\t"));
    CHECK(has(file_text(files / "a/calls.tsv"), "mother\tTPMT\t"));
    const auto document = nlohmann::json::parse(file_text(files / "a/run.json"));
    CHECK_EQ(document["features"]["path"], set);
    CHECK_FALSE(document["features"]["fingerprint"].is_null());

    args.insert(args.end(), {"--threads", "3"});
    args[5] = files / "b";
    REQUIRE_EQ(run(args).exit_code, 0);
    CHECK_EQ(file_text(files / "b/features.npy"), file_text(files / "a/features.npy"));

    std::vector<std::string> alone = {"features", set, "--input", family, "--output", files / "c"};
    alone.insert(alone.end(), asked.begin(), asked.end());
    REQUIRE_EQ(run_program(alone).exit_code, 0);
    // The patients of the table; a run has all samples, in the input's order.
    const std::string by_command = file_text(files / "c/features.tsv");
    CHECK(has(by_command, "\nmother\t"));
    for (const char* name : {"\nmother\t", "\nstent\t"}) {
      const auto line = [&](const std::string& text) {
        const std::size_t at = text.find(name);
        REQUIRE(at != std::string::npos);
        return text.substr(at, text.find('\n', at + 1) - at);
      };
      CHECK_EQ(line(table), line(by_command));
      CHECK_FALSE(has(line(table), "NA"));
    }
  }

  TEST_CASE("in a workflow file, beside doses; paths are relative to it") {
    const TempFolder files;
    (void)files.write("set.yaml", set_text);
    const std::string workflow = files.write("w.yaml", "input: " + family + "\ncovariates: " + patients +
                                                           "\nfeatures: set.yaml\ndose: [warfarin]\nwrite: [features, "
                                                           "dosing]\n");
    const ProgramResult done = run_program({"run", workflow, "--output", files / "a"});
    REQUIRE_EQ(done.exit_code, 0);
    CHECK(has(done.err, "warning: nobody has a value of af: "));
    CHECK(has(file_text(files / "a/dosing.tsv"), "mother\twarfarin\t"));
    CHECK(has(file_text(files / "a/features.tsv"), "\nmother\t"));
  }

  TEST_CASE("features that are not to be seen, or not asked for, are refused before anything is read") {
    const TempFolder files;
    const std::string set = files.write("set.yaml", set_text);
    const std::string out = files / "out";
    check_refused(run({"--features", set, "--output", out, "--write", "calls"}), 2,
                  "features: features are asked for, and nothing that shows them is written");
    check_refused(run({"--write", "features", "--output", out}), 2,
                  "write: features is of features, and none is asked for");
    const std::string wrong = files.write("wrong.yaml", "set: s\ninputs: {agee: {}}\nfeatures: {age: agee}\n");
    check_refused_saying(run({"--features", wrong, "--output", out}), 3, {wrong + ":2: inputs: agee: "});
    CHECK_EQ(run({"--output", out, "--write", "calls,features"}).exit_code, 0);
  }
}

}  // namespace stardose::tests
