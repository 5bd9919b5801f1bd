// --rank-by-frequency: probabilities in tables, advice and reports.
#include <doctest/doctest.h>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string family = std::string{STARDOSE_SOURCE_DIR} + "/data-samples/family.vcf.gz";

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Runs on the sample whose SLCO1B1 is ambiguous.
ProgramResult ranked(const std::string& folder, std::vector<std::string> more) {
  std::vector<std::string> args{"run",     "--input", family,     "--samples", "ambiguous",
                                "--genes", "SLCO1B1", "--output", folder};
  args.insert(args.end(), more.begin(), more.end());
  return run_program(args);
}

}  // namespace

TEST_SUITE("program: ranking by frequency") {
  TEST_CASE("by default the order is that of names, without probabilities") {
    const TempFolder folder;
    CHECK_EQ(ranked(folder.path(), {"--write", "calls"}).exit_code, 0);
    CHECK(has(file_text(folder / "calls.tsv"), "\tambiguous\t*4/*15;*5/*14\t"));
    CHECK_FALSE(has(file_text(folder / "calls.tsv"), " %"));
  }

  TEST_CASE("ranked pairs stay ambiguous, and advice still considers all of them") {
    const TempFolder folder;
    CHECK_EQ(ranked(folder.path(), {"--rank-by-frequency", "EUR"}).exit_code, 0);
    const std::string calls = file_text(folder / "calls.tsv");
    CHECK(has(calls, "\tambiguous\t*5/*14;*4/*15\tDecreased Function;Possible Decreased Function\t"));
    CHECK(has(calls, "By allele frequencies (EUR): *5/*14 98."));
    const std::string guidance = file_text(folder / "guidance.tsv");
    CHECK(has(guidance, "if SLCO1B1 is Possible Decreased Function"));
    CHECK(has(guidance, "\tSLCO1B1: By allele frequencies (EUR): *5/*14 98."));
    CHECK(has(file_text(folder / "report/ambiguous.html"), "By allele frequencies (EUR)"));
    CHECK(has(file_text(folder / "report/ambiguous.json"), "\"posteriors\": ["));
  }

  TEST_CASE("a pair is called only from the probability that was asked for") {
    const TempFolder folder;
    CHECK_EQ(ranked(folder.path(), {"--rank-by-frequency", "EUR", "--call-from", "99", "--write", "calls"}).exit_code,
             0);
    CHECK(has(file_text(folder / "calls.tsv"), "\tambiguous\t"));
    CHECK_EQ(ranked(folder.path(), {"--rank-by-frequency", "EUR", "--call-from", "95", "--write", "calls"}).exit_code,
             0);
    const std::string calls = file_text(folder / "calls.tsv");
    CHECK(has(calls, "\tcalled\t*5/*14\tDecreased Function\t"));
    CHECK(has(calls, "\tvariants and frequencies in EUR\t"));
    CHECK(has(calls, "set aside: *4/*15 1."));
  }

  TEST_CASE("a gene without frequencies is not ranked, and that is said") {
    const TempFolder folder;
    CHECK_EQ(run_program({"run", "--input", family, "--samples", "ambiguous", "--genes", "CYP2B6", "--write", "calls",
                          "--rank-by-frequency", "EUR", "--output", folder.path()})
                 .exit_code,
             0);
    const std::string calls = file_text(folder / "calls.tsv");
    CHECK(has(calls, "\tambiguous\t*6/*18;*9/*18\t"));
    CHECK(has(calls, "Not ranked: the catalogue has no allele frequencies for it."));
  }

  TEST_CASE("a group without frequencies is refused with those there are") {
    const TempFolder folder;
    const ProgramResult run = ranked(folder.path(), {"--rank-by-frequency", "FIN"});
    check_refused(run, 2, "rank-by-frequency: the catalogue has no allele frequencies of the group FIN");
    CHECK(has(run.err, "help: it has those of AFR, AMR, EAS, EUR, SAS, all\n"));
  }
}

}  // namespace stardose::tests
