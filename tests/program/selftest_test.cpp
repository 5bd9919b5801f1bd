// stardose selftest: a verdict on an installation.
#include "pipeline/selftest/selftest.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/shell.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;

}  // namespace

TEST_SUITE("program: selftest") {
  TEST_CASE("a good installation passes, and leaves nothing") {
    const TempFolder folder;
    const ProgramResult run = run_shell("TMPDIR=" + folder.path() + " $stardose selftest");
    CHECK_MESSAGE(run.exit_code == 0, run.out);
    CHECK_EQ(run.err, "");
    CHECK(run.out.find("selftest passed: stardose ") != std::string::npos);
    CHECK(run.out.find("FAIL") == std::string::npos);
    CHECK(files_below(folder.path()).empty());
    CHECK(fs::is_empty(folder.path()));
    // Under pseudonyms too, which a site may ask of every command.
    REQUIRE_EQ(run_program({"pseudonym", "make-key", folder / "key"}).exit_code, 0);
    CHECK_EQ(run_program({"selftest", "--pseudonymise", folder / "key", "--private"}).exit_code, 0);
    check_refused_saying(run_shell("TMPDIR=" + (folder / "none") + " $stardose selftest"), 5, {"TMPDIR"});
  }

  TEST_CASE("a catalogue that says otherwise fails, and one whose digest is another") {
    const TempFolder folder;
    const std::string catalogue = folder / "catalogue";
    REQUIRE_EQ(run_program({"knowledge", "export", catalogue}).exit_code, 0);
    const ProgramResult same = run_program({"selftest", "--knowledge", catalogue});
    CHECK_EQ(same.exit_code, 0);
    const std::string digest = same.out.substr(same.out.find("SHA-256 ") + 8, 64);
    CHECK_EQ(run_program({"selftest", "--catalogue", digest}).exit_code, 0);
    const ProgramResult other = run_program({"selftest", "--catalogue", std::string(64, '0')});
    CHECK_EQ(other.exit_code, 10);
    CHECK(other.out.find("selftest FAILED") != std::string::npos);
    // *2 with a normal function: everybody who has it would be dosed wrongly.
    std::string alleles = file_text(catalogue + "/genes/CYP2C19/alleles.tsv");
    const std::size_t star2 = alleles.find("\n*2\t");
    REQUIRE_NE(star2, std::string::npos);
    alleles.replace(alleles.find("No function", star2), 11, "Normal function");
    folder.write("catalogue/genes/CYP2C19/alleles.tsv", alleles);
    const ProgramResult wrong = run_program({"selftest", "--knowledge", catalogue});
    CHECK_EQ(wrong.exit_code, 10);
    CHECK(wrong.out.find("FAIL  calls on GRCh38") != std::string::npos);
    CHECK(wrong.out.find("missing: mother, CYP2C19, called, *1/*2, Intermediate Metabolizer") != std::string::npos);
    CHECK(wrong.out.find("not the program's own") != std::string::npos);
    CHECK(wrong.out.find("ok    doses by an equation") != std::string::npos);  // which do not ask for CYP2C19
  }

  TEST_CASE("a row that is missing, wrong or too many is a difference") {
    const std::string expected = "sample\tgene\nS1\tA\nS2\tB\n";
    using Faults = std::vector<std::string>;
    CHECK(pipeline::differences(expected, "gene\tmore\tsample\nA\tx\tS1\nB\ty\tS2\n", true) == Faults{});
    CHECK(pipeline::differences(expected, "sample\tgene\nS1\tA\n", true) == Faults{"missing: S2, B"});
    CHECK(pipeline::differences(expected, "sample\tgene\nS1\tA\nS2\tC\n", true) ==
          Faults{"missing: S2, B", "instead: S2, C"});
    CHECK(pipeline::differences(expected, "sample\tgene\nS1\tA\nS2\tB\nS3\tC\n", false) == Faults{});
    CHECK(pipeline::differences(expected, "", true).size() == 2);
    CHECK(pipeline::differences(expected, "sample\tother\nS1\tA\n", true).size() == 2);
  }
}

}  // namespace stardose::tests
