// What a command reads it does not write over.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/program/bgzip.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string tpmt_3c = "chr6 18130687 T C";

}  // namespace

TEST_SUITE("program: inputs stay as they are") {
  TEST_CASE("an output that would take an input's place is refused, and the input is whole") {
    const TempFolder folder;
    const std::string text = vcf_header() + vcf_record(tpmt_3c, {"0/1"});
    const std::string vcf = folder.write("in.vcf", text);
    check_refused_saying(run_program({"annotate", vcf, "-o", vcf}), 2, {vcf, "would take the place of an input"});
    CHECK_EQ(file_text(vcf), text);
    const std::string calls = "sample\tgene\tdiplotype\nS1\tCYP2D6\t*4/*4\n";
    const std::string outside = folder.write("out/calls.tsv", calls);
    const ProgramResult run = run_program({"run", "--input", vcf, "--outside-calls", outside, "-o", folder / "out"});
    check_refused_saying(run, 2, {outside, "would take the place of an input"});
    CHECK_EQ(file_text(outside), calls);
    std::filesystem::create_directories(folder / "logged");
    const std::string log = folder / "logged/calls.tsv";
    const ProgramResult logged = run_program({"run", "--input", vcf, "--audit-log", log, "-o", folder / "logged"});
    check_refused_saying(logged, 2, {log, "or of its audit log"});
  }

  TEST_CASE("a result of the same command is written anew, whatever flag names it") {
    const TempFolder folder;
    const std::string samples = STARDOSE_SOURCE_DIR "/data-samples";
    const std::string family = samples + "/family.vcf.gz";
    const std::string record = samples + "/twins/p-2fc7a3e5fe64.twin.json";
    const std::string model = STARDOSE_SOURCE_DIR "/tests/learning/import/models/liblinear_0_two.txt";
    const std::vector<std::vector<std::string>> commands = {
        {"annotate", family, "-o", folder / "annotated.vcf"},
        {"genotype", "--input", samples + "/reads.bam", "-o", folder / "reads.vcf"},
        {"run", "--input", family, "--write", "calls", "-o", folder / "out"},
        {"concordance", "--truth", samples + "/truth.tsv", "--calls", folder / "out/calls.tsv", "--pairs",
         folder / "pairs.tsv"},
        {"model", "import", model, "--output", folder / "model.json"},
        {"model", "card", folder / "model.json", "--output", folder / "card.html"},
        {"twin", "forecast", record, "--html", folder / "forecast.html"},
        {"twin", "advise", record, "--html", folder / "advice.html"},
    };
    for (const std::vector<std::string>& command : commands) {
      CAPTURE(command.at(0) + " " + command.at(1));
      const ProgramResult first = run_program(command);
      const ProgramResult again = run_program(command);
      CHECK_MESSAGE(first.exit_code == 0, first.err);
      CHECK_MESSAGE(again.exit_code == 0, again.err);
      CHECK_EQ(again.out, first.out);
    }
  }

  TEST_CASE("a lock or a journal that is a link leads nowhere") {
    const TempFolder folder;
    const std::string vcf = folder.write("in.vcf", vcf_header() + vcf_record(tpmt_3c, {"0/1"}));
    const std::string victim = folder.write("victim", "kept");
    for (const std::string link : {".stardose.lock", "resume.journal"}) {
      CAPTURE(link);
      const std::string out = folder / ("out-" + link);
      std::filesystem::create_directories(out);
      std::filesystem::create_symlink(victim, out + "/" + link);
      const ProgramResult run = run_program({"run", "--input", vcf, "--genes", "TPMT", "--resume", "-o", out});
      check_refused_saying(run, 5, {"symbolic links"});
      CHECK_EQ(file_text(victim), "kept");
    }
  }

  TEST_CASE("lines among the records that begin with # are told of") {
    const TempFolder folder;
    const std::string vcf = folder.write(
        "in.vcf", vcf_header() + "#" + vcf_record("chr6 18130000 T C", {"0/1"}) + vcf_record(tpmt_3c, {"0/1"}));
    const ProgramResult run = run_program({"run", "--input", vcf, "--genes", "TPMT", "-o", folder / "out"});
    CHECK_EQ(run.exit_code, 0);
    CHECK_NE(run.err.find("1 line(s) among the records begin with # and are not read"), std::string::npos);
  }

  TEST_CASE("results of an earlier run that are not written anew are named") {
    const TempFolder folder;
    const std::string vcf = folder.write("in.vcf", vcf_header() + vcf_record(tpmt_3c, {"0/1"}));
    const auto run = [&](const std::string& what) {
      return run_program({"run", "--input", vcf, "--write", what, "-o", folder / "out"});
    };
    CHECK_EQ(run("calls,json").err.find("of an earlier run"), std::string::npos);
    CHECK_EQ(run("calls,json").err.find("of an earlier run"), std::string::npos);
    CHECK_NE(run("calls").err.find("report/S1.json: of an earlier run"), std::string::npos);
    CHECK_NE(run("html").err.find("calls.tsv and 1 more: of an earlier run"), std::string::npos);
  }

  TEST_CASE("records without genotypes are told, and nothing is assumed of them") {
    const TempFolder folder;
    const std::string vcf = folder.write(
        "in.vcf", vcf_header() + vcf_record(tpmt_3c, {"0/1"}) + "chr6\t18138997\t.\tC\tT\t.\tPASS\t.\tDS\t1.0\n");
    const ProgramResult run = run_program(
        {"run", "--input", vcf, "--genes", "TPMT", "--assume-reference", "--write", "calls", "-o", folder / "out"});
    CHECK_EQ(run.exit_code, 0);
    CHECK_NE(run.err.find("1 record(s) at positions of the catalogue have no GT"), std::string::npos);
    CHECK_NE(file_text(folder / "out/calls.tsv").find("*3A"), std::string::npos);
  }
}

}  // namespace stardose::tests
