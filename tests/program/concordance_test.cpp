// stardose concordance, as a laboratory runs it in its validation.
#include <doctest/doctest.h>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

/// Calls of three samples in TPMT, and room for tables beside them.
class Validation {
 public:
  Validation() {
    const std::string input = folder_.write(
        "in.vcf", vcf_header({"S1", "S2", "S3"}) + vcf_record("chr6 18130687 T C", {"0/0", "0/1", "1/1"}));
    const ProgramResult run = run_program({"run", "--input", input, "--genes", "TPMT", "--assume-reference", "--write",
                                           "calls", "--output", folder_ / "out"});
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  }

  ProgramResult with(const std::string& truth, const std::vector<std::string>& more = {}) {
    std::vector<std::string> args{"concordance", "--truth", folder_.write("truth.tsv", truth), "--calls",
                                  folder_ / "out/calls.tsv"};
    args.insert(args.end(), more.begin(), more.end());
    return run_program(args);
  }
  [[nodiscard]] const TempFolder& folder() const { return folder_; }

 private:
  TempFolder folder_;
};

const std::string truth =
    "sample\tgene\tdiplotype\tsource\nS1\tTPMT\t*1/*1\tpanel\nS2\tTPMT\t*3C/*1\tpanel\nS3\tTPMT\t*3A/*3A\tpanel\n"
    "S9\tTPMT\t*1/*1\tpanel\nS1\tXYZ1\t*1/*1\tpanel\n";

}  // namespace

TEST_SUITE("program: concordance") {
  TEST_CASE("calls of a run are compared with a truth, for people and for programs") {
    Validation validation;
    const std::string table = validation.folder() / "table.tsv";
    const std::string pairs = validation.folder() / "pairs.tsv";
    const ProgramResult run = validation.with(truth, {"--output", table, "--pairs", pairs});
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
    CHECK(run.out.starts_with("| gene  | compared | equal |"));
    CHECK(run.out.find("| TPMT  |        3 |     2 |     0 |     0 |              1 |") != std::string::npos);
    CHECK(run.err ==
          "warning: 1 sample of the truth is not in the calls: S9\n"
          "warning: 1 gene of the truth is not in the catalogue: XYZ1\n");
    CHECK(file_text(table).find("\nTPMT\t3\t2\t0\t0\t1\t0\t0\t0\t0\t0\t66.7\t20.8\t93.9\t100.0\t43.9\t100.0\n") !=
          std::string::npos);
    CHECK(
        file_text(pairs).find("\nTPMT\tS3\tsame_phenotype\t*3A/*3A\t*3C/*3C\tonly the truth has *3A and *3A, only the "
                              "call has *3C and *3C\t.\tpanel\t.\n") != std::string::npos);
  }

  TEST_CASE("a table of aliases replaces the catalogue's") {
    Validation validation;
    const std::string aliases =
        validation.folder().write("aliases.tsv", "gene\ttruth\tours\treason\nTPMT\t*3A\t*3C\tfor the test\n");
    const ProgramResult run = validation.with(truth, {"--aliases", aliases});
    CHECK_EQ(run.exit_code, 0);
    CHECK(run.out.find("| TPMT  |        3 |     2 |     1 |") != std::string::npos);
  }

  TEST_CASE("tables that do not fit are refused, each with its own exit code") {
    Validation validation;
    const std::string path = validation.folder() / "truth.tsv";
    check_refused(validation.with("sample\tgene\tresult\nS1\tTPMT\t*1/*1\n"), 3,
                  path + ": 1: no column named diplotype");
    check_refused(validation.with("sample\tgene\tdiplotype\nX\tTPMT\t*1/*1\n"), 4,
                  "no sample and gene are both in the truth and in the calls");
    check_refused(validation.with(truth, {"--source", "other"}), 2,
                  "--source: no row of the truth has the source other");
    check_refused(validation.with(truth, {"--aliases", "/nowhere/a.tsv"}), 3,
                  "/nowhere/a.tsv: cannot open the aliases");
    check_refused(run_program({"concordance", "--truth", "/nowhere/t.tsv", "--calls", "/nowhere/c.tsv"}), 3,
                  "/nowhere/t.tsv: cannot open the truth");
    check_refused_saying(validation.with(truth, {"--output", "/nowhere/t.tsv"}), 5, {"error: /nowhere/t.tsv"});
  }
}

}  // namespace stardose::tests
