// The sample data: the main workflow writes what data-samples/expected holds.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

using stardose::tests::file_text;
using stardose::tests::files_below;
using stardose::tests::ProgramResult;
using stardose::tests::run_program;
using stardose::tests::StartedProgram;
using stardose::tests::TempFolder;

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string workflow = source + "/workflows/pgx-report.yaml";
const std::string samples = source + "/data-samples";

/// Runs the workflow with so many threads and returns the folder of the results.
std::string run_samples(const TempFolder& folder, const std::string& threads) {
  const std::string results = folder / ("threads_" + threads);
  const ProgramResult run = run_program({"run", workflow, "--outside-calls", source + "/data-samples/outside_calls.tsv",
                                         "--output", results, "--threads", threads});
  INFO(run.err);
  CHECK(run.exit_code == 0);
  return results;
}

ProgramResult python(std::vector<std::string> args) {
  args.insert(args.begin(), "python3");
  return StartedProgram{args, {}, "/usr/bin/env"}.wait();
}

/// The first line that differs, for a reader who need not open both files.
void check_same_text(const std::string& made, const std::string& expected) {
  if (made == expected) return;
  const auto [at, other] = std::mismatch(made.begin(), made.end(), expected.begin(), expected.end());
  const auto line = 1 + std::count(made.begin(), at, '\n');
  const auto rest = [](auto from, auto end) { return std::string{from, std::find(from, end, '\n')}; };
  FAIL_CHECK("line ", line, ": made `", rest(at, made.end()), "`, expected `", rest(other, expected.end()), "`");
}

}  // namespace

TEST_CASE("Doses of the sample data are the expected ones") {
  const TempFolder folder;
  const ProgramResult run = run_program({"dose", "warfarin", "--covariates", samples + "/patients.tsv", "--input",
                                         samples + "/family.vcf.gz", "--output", folder / "out"});
  INFO(run.err);
  CHECK(run.exit_code == 0);
  check_same_text(file_text(folder / "out/dosing.tsv"), file_text(samples + "/expected/dosing.tsv"));
}

TEST_CASE("The main workflow writes the expected tables of the sample data") {
  const TempFolder folder;
  const std::string results = run_samples(folder, "1");
  for (const std::string table : {"calls.tsv", "guidance.tsv"}) {
    CAPTURE(table);
    check_same_text(file_text(results + "/" + table), file_text(samples + "/expected/" + table));
  }
}

TEST_CASE("Tables and reports of the sample data do not depend on the number of threads") {
  const TempFolder folder;
  const std::string one = run_samples(folder, "1");
  const std::string two = run_samples(folder, "2");
  const std::vector<std::string> files = files_below(one);
  CHECK(files == files_below(two));
  CHECK(files.size() == 2 + 1 + 1 + 2 * 10);  // tables, run.json, the cohort's page, a page and a JSON for each person
  for (const std::string& file : files) {
    CAPTURE(file);
    check_same_text(file_text(two + "/" + file), file_text(one + "/" + file));
  }
}

TEST_CASE("The polygenic workflow writes the expected tables, from either assembly") {
  const TempFolder folder;
  for (const std::string input : {"family.vcf.gz", "family_grch37.vcf.gz"}) {
    CAPTURE(input);
    const ProgramResult run = run_program({"polygenic", source + "/workflows/polygenic-score.yaml", "--input",
                                           samples + "/" + input, "--output", folder / input});
    CHECK_MESSAGE(run.exit_code == 0, run.err);
    check_same_text(file_text(folder / (input + "/scores.tsv")), file_text(samples + "/expected/polygenic/scores.tsv"));
    if (input != "family.vcf.gz") continue;  // positions are another assembly's
    check_same_text(file_text(folder / (input + "/MADEUP1.matches.tsv")),
                    file_text(samples + "/expected/polygenic/MADEUP1.matches.tsv"));
  }
}

TEST_CASE("The workflow for reads writes the expected tables of the sample reads") {
  const TempFolder folder;
  const std::string from_reads = source + "/workflows/pgx-from-reads.yaml";
  const ProgramResult run = run_program({"run", from_reads, "--output", folder / "out", "--write", "calls,coverage"});
  INFO(run.err);
  CHECK(run.exit_code == 0);
  for (const std::string table : {"calls.tsv", "coverage.tsv"}) {
    CAPTURE(table);
    check_same_text(file_text(folder / ("out/" + table)), file_text(samples + "/expected/reads/" + table));
  }
  const ProgramResult explained = run_program({"explain", "stent_reads", "CYP2C19", "--input", samples + "/reads.bam"});
  check_same_text(explained.out, file_text(samples + "/expected/explain/stent_reads_CYP2C19.txt"));
}

TEST_CASE("The sample data are what their script makes of the catalogue") {
  if (python({"-c", "import sys, yaml; sys.exit(sys.version_info < (3, 11))"}).exit_code != 0) {
    MESSAGE("skipped: needs Python 3.11 with PyYAML");
    return;
  }
  for (const std::string script : {"/make.py", "/make_reads.py", "/make_score.py", "/make_treatment.py"}) {
    const ProgramResult check = python({"-B", samples + script, "--check"});
    INFO(check.err);
    CHECK(check.exit_code == 0);
  }
}
