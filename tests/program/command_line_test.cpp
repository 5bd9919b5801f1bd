// The command line of the built program: what it prints, refuses and returns.
#include <doctest/doctest.h>

#include <filesystem>
#include <regex>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

TEST_SUITE("program: command line") {
  TEST_CASE("without arguments it says on stderr what it takes, and fails") {
    const ProgramResult run = run_program({});
    CHECK_EQ(run.exit_code, 2);
    CHECK_EQ(run.out, "");
    CHECK(run.err == run_program({"--help"}).out);
  }

  TEST_CASE("help goes to standard output and is a success") {
    for (const std::vector<std::string>& args : std::vector<std::vector<std::string>>{
             {"--help"}, {"run", "--help"}, {"knowledge", "--help"}, {"knowledge", "show", "--help"}}) {
      const ProgramResult run = run_program(args);
      CHECK_EQ(run.exit_code, 0);
      CHECK_EQ(run.err, "");
      CHECK(run.out.find("Usage: ") != std::string::npos);
    }
    CHECK(run_program({"--help"}).out.find("not a medical device") != std::string::npos);
  }

  TEST_CASE("the version is one line that a script can read, and the libraries follow") {
    const ProgramResult run = run_program({"--version"});
    CHECK_EQ(run.exit_code, 0);
    CHECK(std::regex_search(run.out, std::regex{"^stardose [0-9]+\\.[0-9]+\\.[0-9]+\n"}));
    CHECK(std::regex_search(
        run.out, std::regex{"\nUsing htslib [0-9.]+\nCatalogue [0-9.]+ of [-0-9]+, SHA-256 [0-9a-f]{64}\n"}));
  }

  TEST_CASE("a misspelled command or flag is refused with the nearest one") {
    check_refused(run_program({"rnu"}), 2, "unknown command: rnu");
    CHECK(run_program({"rnu"}).err.find("did you mean `run`?") != std::string::npos);
    check_refused(run_program({"run", "--threds", "2"}), 2, "--threds: unknown flag");
    CHECK(run_program({"run", "--threds", "2"}).err.find("did you mean `--threads`?") != std::string::npos);
    check_refused(run_program({"knowledge", "lst"}), 2, "unknown command: lst");
    check_refused(run_program({"knowledge"}), 2, "a command is missing");
  }

  TEST_CASE("a flag needs its value, and the value must fit") {
    check_refused(run_program({"run", "--output"}), 2, "--output: needs a value");
    check_refused(run_program({"run", "--input", "x", "--threads", "0"}), 2,
                  "--threads: expected a whole number from 1 to 1024, or auto; found: 0");
    check_refused(run_program({"run", "--input", "x", "--write", "rtf"}), 2,
                  "--write: expected a list of any of calls, guidance, coverage, dosing, html, pdf, json, multiqc, "
                  "dosages; found: rtf");
    check_refused(run_program({"run", "one.yaml", "two.vcf"}), 2, "unexpected argument: two.vcf");
  }

  TEST_CASE("a missing argument is named as help names it") {
    check_refused(run_program({"knowledge", "export"}), 2, "DIR is required");
    check_refused(run_program({"knowledge", "show"}), 2, "GENE is required");
  }

  TEST_CASE("a run needs an input") { check_refused(run_program({"run"}), 2, "no input"); }

  TEST_CASE("a missing workflow is refused") {
    check_refused(run_program({"run", "/nowhere/mine.yaml"}), 2, "/nowhere/mine.yaml: workflow file not found");
  }

  TEST_CASE("a faulty workflow is refused with line and column, all faults at once") {
    const TempFolder folder;
    const std::string path = folder.write("w.yaml", "input: a.vcf\nthreds: 2\nstrict: yes\n");
    const ProgramResult run = run_program({"run", path});
    check_refused_saying(run, 2, {"error: " + path + ": 2:1: ", "threds", "3:9", "yes"});
    check_refused_saying(run_program({"run", folder.write("t.yaml", "\tinput: a.vcf\n")}), 2, {": 1:1: "});
    check_refused_saying(run_program({"run", folder.write("e.yaml", "")}), 2, {"e.yaml: holds no settings"});
    check_refused_saying(run_program({"run", folder.write("l.yaml", "- a\n- b\n")}), 2, {": 1:1: "});
  }

  TEST_CASE("print-config prints a workflow that says the same when it is read") {
    const TempFolder folder;
    const ProgramResult first = run_program(
        {"run", "--print-config", "--input", "/a.vcf", "--genes", "TPMT,DPYD", "--threads", "3", "--strict"});
    CHECK_EQ(first.exit_code, 0);
    CHECK_EQ(first.err, "");
    for (const char* line : {"threads: 3\n", "genes: [TPMT, DPYD]\n", "strict: true\n"}) {
      CHECK(first.out.find(line) != std::string::npos);
    }
    const ProgramResult second = run_program({"run", "--print-config", folder.write("printed.yaml", first.out)});
    CHECK(second.out == first.out);
    CHECK_EQ(run_program({"run", "--print-config"}).exit_code, 0);
  }

  TEST_CASE("a dry run opens the inputs and writes nothing") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header() + vcf_record("chr6 18143724 C T", {"0/1"}));
    const ProgramResult run = run_program({"run", "--dry-run", "--input", input, "--output", folder / "out"});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.err, "dry run: 1 input(s) can be read and 89 genes would be called; nothing was written\n");
    CHECK_FALSE(std::filesystem::exists(folder / "out"));
    check_refused_saying(run_program({"run", "--dry-run", "--input", folder / "none.vcf"}), 3,
                         {"none.vcf: cannot open"});
    check_refused_saying(run_program({"run", "--dry-run", "--input", input, "-s", "nobody"}), 4, {"no such sample"});
  }
}

}  // namespace stardose::tests
