// What the program does not do yet as it should. Each of these fails on purpose: should_fail() turns red when one
// passes, and then it moves to where it belongs.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

std::string calls_of(const TempFolder& folder, const std::string& vcf, const std::string& gene) {
  const std::string input = folder.write("in.vcf", vcf);
  const ProgramResult run = run_program({"run", "--input", input, "--genes", gene, "-o", folder / "out"});
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  return file_text(folder / "out/calls.tsv");
}

// *3B and *3C on one strand each, or both on one (*3A): two phase sets cannot tell.
std::string tpmt_in_two_phase_sets(const std::string& header_lines) {
  return vcf_header({"S1"}, header_lines) + vcf_record("chr6 18130687 T C", {"0|1:1"}, ".", "GT:PS") +
         vcf_record("chr6 18138997 C T", {"1|0:2"}, ".", "GT:PS");
}

}  // namespace

TEST_SUITE("program: known shortcomings") {
  TEST_CASE("phase sets count although the header does not declare PS" * doctest::should_fail()) {
    const TempFolder folder;
    const std::string declared =
        calls_of(folder, tpmt_in_two_phase_sets("##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"\">\n"), "TPMT");
    REQUIRE(declared.find("\tunphased\t") != std::string::npos);
    CHECK(calls_of(folder, tpmt_in_two_phase_sets(""), "TPMT") == declared);
  }

  // *4 may carry the variant of *17; rs28399504 alone tells them apart. Then it belongs to
  // tests/cases/CYP2C19/reference_is_star_38.yaml.
  TEST_CASE("an allele without function that only a missing position rules out is not dropped" *
            doctest::should_fail()) {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header() + vcf_record("chr10 94761900 C T", {"0/1"}) +
                                                         vcf_record("chr10 94762706 A G", {"./."}) +
                                                         vcf_record("chr10 94842866 A G", {"1/1"}));
    const ProgramResult run =
        run_program({"run", "--input", input, "--genes", "CYP2C19", "--assume-reference", "-o", folder / "out"});
    REQUIRE_EQ(run.exit_code, 0);
    const std::string calls = file_text(folder / "out/calls.tsv");
    REQUIRE(calls.find("*1/*17") != std::string::npos);
    CHECK(calls.find("\tambiguous\t*1/*4;*1/*17\t") != std::string::npos);
  }

  // HTSlib 1.16 takes the whole rest of the line for the name.
  TEST_CASE("an empty sample name is refused" * doctest::should_fail()) {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header({"", "S2", "S3"}));
    CHECK_EQ(run_program({"run", "--input", input, "-o", folder / "out"}).exit_code, 3);
  }

  TEST_CASE("a file whose records miss every catalogue position gets a warning" * doctest::should_fail()) {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header() + vcf_record("chr10 96521657 C T", {"0/1"}));
    const ProgramResult run = run_program({"run", "--input", input, "-o", folder / "out"});
    REQUIRE_EQ(run.exit_code, 0);
    CHECK_EQ(lines_starting(run.err, "warning"), 1);
  }

  TEST_CASE("a reference that is not there gets our message only, not HTSlib's too" * doctest::should_fail()) {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header());
    check_refused(run_program({"run", "--input", input, "--reference", "/nowhere/r.fa", "-o", folder / "out"}), 3,
                  "/nowhere/r.fa: cannot open this file as an indexed FASTA");
  }

  TEST_CASE("a missing argument is named as help names it" * doctest::should_fail()) {
    check_refused(run_program({"knowledge", "export"}), 2, "DIR is required");  // says `dIR`
  }

  // Signals are blocked and reading does not look for a stop, so a pipe that stays open holds the program.
  TEST_CASE("SIGTERM ends a run that waits for its input" * doctest::should_fail()) {
    const TempFolder folder;
    REQUIRE_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
    StartedProgram program{{"run", "--input", folder / "pipe", "-o", folder / "out"}};
    std::ofstream writer{folder / "pipe"};
    writer << vcf_header() << std::flush;
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    kill(program.pid(), SIGTERM);
    bool ended = false;
    for (int tick = 0; tick < 100 && !ended; ++tick) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
      siginfo_t info{};
      ended =
          waitid(P_PID, static_cast<id_t>(program.pid()), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
    }
    writer.close();
    const ProgramResult run = program.wait();
    REQUIRE_EQ(run.signal, SIGTERM);
    REQUIRE(files_below(folder / "out").empty());
    CHECK(ended);
  }
}

}  // namespace stardose::tests
