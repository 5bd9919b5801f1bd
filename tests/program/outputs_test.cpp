// What a run leaves behind: whole files or none, safe names, the same bytes for the same input.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/program/bgzip.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;

const std::string tpmt_3c = "chr6 18130687 T C";

bool has_partial(const std::string& folder) {
  return std::ranges::any_of(files_below(folder), [](const std::string& file) { return file.ends_with(".partial"); });
}

std::vector<std::string> many_samples(int count) {
  std::vector<std::string> samples;
  for (int i = 0; i < count; ++i) samples.push_back("S" + std::to_string(i));
  return samples;
}

}  // namespace

TEST_SUITE("program: outputs") {
  TEST_CASE("a run leaves two tables, a page and a document a sample, and its provenance") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header({"A", "B"}) + vcf_record(tpmt_3c, {"0/1", "0/0"}));
    const ProgramResult run = run_program({"run", "--input", input, "--output", folder / "a/b"});
    CHECK_EQ(run.exit_code, 0);
    CHECK_EQ(run.out, "");
    CHECK_EQ(run.err, "2 sample(s), 89 genes: results are in " + (folder / "a/b") +
                          "\nreport: " + (folder / "a/b/report/A.html") + "\n");
    CHECK(files_below(folder / "a/b") == std::vector<std::string>{"calls.tsv", "guidance.tsv", "report/A.html",
                                                                  "report/A.json", "report/B.html", "report/B.json",
                                                                  "report/index.html", "run.json"});
  }

  TEST_CASE("only what is asked for is written") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header());
    CHECK_EQ(run_program({"run", "--input", input, "--write", "guidance", "-o", folder / "out"}).exit_code, 0);
    CHECK(files_below(folder / "out") == std::vector<std::string>{"guidance.tsv", "run.json"});
  }

  TEST_CASE("what MultiQC looks for stands in a folder of its own, a line a sample") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header({"A", "B"}) + vcf_record(tpmt_3c, {"0/1", "0/0"}));
    CHECK_EQ(run_program({"run", "--input", input, "--genes", "CYP2C9", "--write", "multiqc", "-o", folder / "out"})
                 .exit_code,
             0);
    CHECK(files_below(folder / "out") == std::vector<std::string>{"multiqc/stardose_calls_mqc.json",
                                                                  "multiqc/stardose_general_mqc.json",
                                                                  "multiqc/stardose_mqc_versions.yml",
                                                                  "multiqc/stardose_outcomes_mqc.json", "run.json"});
    const std::string outcomes = file_text(folder / "out/multiqc/stardose_outcomes_mqc.json");
    CHECK(
        outcomes.ends_with("{\n\"A\": {\"called\":0,\"ambiguous\":0,\"no_call\":1},\n"
                           "\"B\": {\"called\":0,\"ambiguous\":0,\"no_call\":1}\n}}\n"));
  }

  TEST_CASE("standard input, VCF, VCF.gz and BCF of the same records give the same bytes") {
    const TempFolder folder;
    const std::string text = folder.write("in.vcf", vcf_header({"A", "B"}) + vcf_record(tpmt_3c, {"0/1", "1|1"}) +
                                                        vcf_record("chr10 94761900 C T", {"0/1", "./."}));
    convert_vcf(text, folder / "in.vcf.gz", "wz");
    convert_vcf(text, folder / "in.bcf", "wb");
    const auto run = [&](const std::string& input, const std::string& name, const std::string& stdin_file = {}) {
      const ProgramResult result = run_program({"run", "--input", input, "--output", folder / name}, stdin_file);
      REQUIRE_MESSAGE(result.exit_code == 0, result.err);
    };
    run(text, "text");
    run(folder / "in.vcf.gz", "gz");
    run(folder / "in.bcf", "bcf");
    run("-", "piped-text", text);
    run("-", "piped-bcf", folder / "in.bcf");
    for (const char* other : {"gz/", "bcf/", "piped-text/", "piped-bcf/"}) {
      for (const char* file : {"calls.tsv", "guidance.tsv", "report/A.html", "report/B.json"}) {
        INFO(other, file);
        CHECK(file_text(folder / other + file) == file_text(folder / "text/" + file));
      }
    }
  }

  TEST_CASE("a file without records is a file of no calls") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header());
    const ProgramResult run = run_program({"run", "--input", input, "--output", folder / "out"});
    CHECK_EQ(run.exit_code, 0);
    CHECK(run.err.find("warning: no record of the input is at a position of the catalogue") != std::string::npos);
    const std::string calls = file_text(folder / "out/calls.tsv");
    CHECK_EQ(std::ranges::count(calls, '\n'), 1 + 89);
    CHECK(calls.find("\tcalled\t") == std::string::npos);
    CHECK(calls.find("\tambiguous\t") == std::string::npos);
  }

  TEST_CASE("strict makes a gene without a call an error at the end, with the results written") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header() + vcf_record("chr16 31096368 C T", {"0/1"}));
    const auto run = [&](const std::string& genes) {
      return run_program({"run", "--input", input, "--genes", genes, "--strict", "--output", folder / genes});
    };
    CHECK_EQ(run("VKORC1").exit_code, 0);
    CHECK_EQ(run("TPMT").exit_code, 7);
    CHECK(fs::exists(folder / "TPMT/calls.tsv"));
  }

  TEST_CASE("an output folder that cannot be is refused") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header() + vcf_record(tpmt_3c, {"0/1"}));
    const std::string file = folder.write("file", "");
    check_refused(run_program({"run", "--input", input, "--output", file + "/out"}), 5,
                  file + "/out: the folder cannot be made: Not a directory");
    check_refused_saying(run_program({"run", "--input", input, "--output", file}), 5,
                         {file + ": the folder cannot be made"});
  }

  TEST_CASE("a failure in the middle of writing leaves no table") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header(many_samples(12)));
    fs::create_directories(folder / "out/report/S9.html");  // in the way of the tenth page
    const ProgramResult run = run_program({"run", "--input", input, "--output", folder / "out"});
    check_refused_saying(run, 5, {"report/S9.html: cannot get its final name"});
    CHECK_FALSE(fs::exists(folder / "out/calls.tsv"));
    CHECK_FALSE(fs::exists(folder / "out/guidance.tsv"));
    CHECK_FALSE(fs::exists(folder / "out/run.json"));
    CHECK_FALSE(has_partial(folder / "out"));
  }

  TEST_CASE("SIGTERM while results are written ends the program by that signal and leaves no table") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", vcf_header(many_samples(4000)));
    StartedProgram program{{"run", "--input", input, "--output", folder / "out"}};
    for (int tick = 0; tick < 3000 && files_below(folder / "out/report").empty(); ++tick) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    kill(program.pid(), SIGTERM);
    const ProgramResult run = program.wait();
    CHECK_EQ(run.signal, SIGTERM);
    CHECK_LT(files_below(folder / "out").size(), 8000);
    CHECK_FALSE(fs::exists(folder / "out/calls.tsv"));
    CHECK_FALSE(fs::exists(folder / "out/guidance.tsv"));
    CHECK_FALSE(fs::exists(folder / "out/run.json"));
    CHECK_FALSE(has_partial(folder / "out"));
  }

  TEST_CASE("SIGTERM ends a run that waits for its input") {
    const TempFolder folder;
    REQUIRE_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
    StartedProgram program{{"run", "--input", folder / "pipe", "-o", folder / "out"}};
    std::ofstream writer{folder / "pipe"};
    writer << vcf_header() << std::flush;
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    kill(program.pid(), SIGTERM);
    bool ended = false;
    for (int tick = 0; tick < 500 && !ended; ++tick) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
      siginfo_t info{};
      ended =
          waitid(P_PID, static_cast<id_t>(program.pid()), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
    }
    CHECK(ended);
    writer.close();
    CHECK_EQ(program.wait().signal, SIGTERM);
    CHECK(files_below(folder / "out").empty());
  }

  TEST_CASE("threads change no byte") {
    const TempFolder folder;
    const std::vector<std::string> names = many_samples(30);
    const std::string input =
        folder.write("in.vcf", vcf_header(names) + vcf_record(tpmt_3c, std::vector<std::string>(names.size(), "0/1")));
    for (const char* threads : {"1", "2", "4"}) {
      REQUIRE_EQ(run_program({"run", "--input", input, "--threads", threads, "-o", folder / threads}).exit_code, 0);
    }
    const std::vector<std::string> files = files_below(folder / "1");
    CHECK_EQ(files.size(), 4 + 2 * names.size());
    for (const std::string& file : files) {
      INFO(file);
      CHECK(file_text(folder / "2/" + file) == file_text(folder / "1/" + file));
      CHECK(file_text(folder / "4/" + file) == file_text(folder / "1/" + file));
    }
  }

  TEST_CASE("hostile sample names become safe file names and inert text") {
    const TempFolder folder;
    const std::vector<std::string> names{"../../x",
                                         "<script>alert(1)</script>",
                                         "=cmd()",
                                         "Jos\xc3\xa9 Mar\xc3\xad"
                                         "a",
                                         ".hidden",
                                         "a\"b'c&d"};
    const std::string input =
        folder.write("in.vcf", vcf_header(names) + vcf_record(tpmt_3c, std::vector<std::string>(names.size(), "0/1")));
    REQUIRE_EQ(run_program({"run", "--input", input, "--output", folder / "deep/out"}).exit_code, 0);
    const std::vector<std::string> files = files_below(folder.path());
    CHECK_EQ(files.size(),
             1 + 3 + 1 + 2 * names.size());  // the input, three tables, the cohort's, two reports a sample
    for (const std::string& file : files) {
      const std::string name = fs::path{file}.filename().string();
      INFO(file);
      CHECK((file == "in.vcf" || file.starts_with("deep/out/")));
      CHECK(name.find_first_of("<>/\\\"'&=() ") == std::string::npos);
      CHECK(name.front() != '.');
      if (!file.ends_with(".html")) continue;
      const std::string page = file_text(folder / file);
      CHECK(page.find("<script") == page.rfind("<script"));  // the page's own
      CHECK(page.find("<script>alert") == std::string::npos);
      CHECK(page.find("a\"b'c&d") == std::string::npos);
    }
    CHECK(file_text(folder / "deep/out/report/%3Cscript%3Ealert%281%29%3C%2Fscript%3E.html").find("&lt;script&gt;") !=
          std::string::npos);
  }
}

}  // namespace stardose::tests
