// Standard streams, threads and terminals: what a cluster, a pipe and a full disk do to the program.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "tests/program/shell.h"
#include "tests/program/temp_folder.h"
#include "tests/program/terminal.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string family = source + "/data-samples/family.vcf.gz";
const std::string patients = source + "/data-samples/patients.tsv";
const std::string training = " train " + source + "/workflows/train-warfarin.yaml --data " + source +
                             "/data-samples/made_up_cohort.tsv --evaluate-only";

/// The most threads that a started program is ever seen with.
std::size_t most_threads(StartedProgram& program) {
  namespace fs = std::filesystem;
  const fs::path tasks = "/proc/" + std::to_string(program.pid()) + "/task";
  std::size_t most = 0;
  for (;;) {
    std::error_code gone;
    std::size_t count = 0;
    for (auto entry = fs::directory_iterator{tasks, gone}; !gone && entry != fs::directory_iterator{};
         entry.increment(gone)) {
      ++count;
    }
    siginfo_t ended{};
    if (waitid(P_PID, static_cast<id_t>(program.pid()), &ended, WEXITED | WNOHANG | WNOWAIT) != 0) return most;
    if (ended.si_pid != 0) return most;
    most = std::max(most, count);
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
}

std::size_t threads_of_training(const std::vector<std::string>& more) {
  const TempFolder folder;
  const std::string recipe = folder.write("recipe.yaml", file_text(source + "/workflows/train-warfarin.yaml"));
  std::vector<std::string> words = {"train", recipe, "--data", source + "/data-samples/made_up_cohort.tsv",
                                    "--evaluate-only"};
  words.insert(words.end(), more.begin(), more.end());
  StartedProgram program{words};
  // Some of it is enough: what is to start has started then.
  std::jthread end{[pid = program.pid()] {
    std::this_thread::sleep_for(std::chrono::seconds{4});
    kill(pid, SIGKILL);
  }};
  const std::size_t most = most_threads(program);
  end.join();
  (void)program.wait();
  return most;
}

}  // namespace

TEST_SUITE("program: streams") {
  TEST_CASE("a closed or full stderr changes nothing") {
    const TempFolder folder;
    const std::string run = "\"$stardose\" run --write calls --input " + family + " --output " + folder.path();
    CHECK_EQ(run_shell(run + "/said 2> /dev/null").exit_code, 0);
    CHECK_EQ(run_shell(run + "/full 2> /dev/full").exit_code, 0);
    CHECK_EQ(run_shell(run + "/closed 2>&-").exit_code, 0);
    CHECK_EQ(run_shell(run + "/none <&- >&- 2>&-").exit_code, 0);
    CHECK_EQ(run_shell("\"$stardose\" run 2>&-").exit_code, 2);
    CHECK_EQ(run_shell("\"$stardose\" run 2> /dev/full").exit_code, 2);
    const std::string calls = file_text(folder / "said/calls.tsv");
    for (const char* way : {"full", "closed", "none"}) CHECK(file_text(folder / way + "/calls.tsv") == calls);
  }

  TEST_CASE("what cannot be printed is an error") {
    for (const std::string what :
         {"knowledge list", "--version", "--help", "man", "run --print-config", "explain mother TPMT --input "}) {
      const std::string words = what.ends_with("--input ") ? what + family : what;
      CAPTURE(words);
      const ProgramResult full = run_shell("\"$stardose\" " + words + " > /dev/full");
      CHECK_EQ(full.exit_code, 5);
      CHECK(full.err ==
            "error: -: standard output cannot be written: No space left on device\n"
            "help: check the free space, and the program that reads it\n");
      CHECK_EQ(run_shell("\"$stardose\" " + words + " >&-").exit_code, 5);
    }
    CHECK_EQ(
        run_shell("\"$stardose\" genotype --input " + source + "/data-samples/reads.bam -o - > /dev/full").exit_code,
        5);
  }

  TEST_CASE("a pipe that nobody reads any more ends the program quietly, by SIGPIPE, with nothing half written") {
    const TempFolder folder;
    const std::string reads = source + "/data-samples/reads.bam";
    for (const std::string& words : std::vector<std::string>{
             "knowledge list", "man run", "genotype -o - --input " + reads,
             "dose warfarin --covariates " + patients + " --input " + family + " --output " + folder.path()}) {
      CAPTURE(words);
      const ProgramResult run =
          run_shell("{ sleep 0.2; exec \"$stardose\" " + words + "; } | true; exit ${PIPESTATUS[0]}");
      CHECK_EQ(run.exit_code, 141);
      CHECK(run.err.find("error") == std::string::npos);
    }
    for (const std::string& name : files_below(folder.path())) CHECK_FALSE(name.ends_with(".partial"));
  }

  TEST_CASE("results alone go to standard output") {
    const TempFolder folder;
    const ProgramResult run = run_program({"run", "--input", family, "--output", folder / "out"});
    CHECK_EQ(run.out, "");
    CHECK(run.err.find("10 sample(s)") != std::string::npos);
    const ProgramResult reads = run_program({"genotype", "-o", "-", "--input", source + "/data-samples/reads.bam"});
    CHECK(reads.out.starts_with("##fileformat=VCF"));
    CHECK(reads.err.find("sample(s)") != std::string::npos);
  }

  TEST_CASE("one stream of variants may be standard input, for every command that reads variants") {
    const TempFolder folder;
    const std::string cohort = source + "/data-samples/made_up_score.txt";
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"explain", "mother", "TPMT"}, {"dose", "warfarin", "--covariates", patients, "--format", "tsv"}}) {
      std::vector<std::string> by_name = words;
      std::vector<std::string> by_stream = words;
      by_name.insert(by_name.end(), {"--input", family});
      by_stream.insert(by_stream.end(), {"--input", "-"});
      const ProgramResult named = run_program(by_name);
      CHECK_EQ(named.exit_code, 0);
      CHECK_FALSE(named.out.empty());
      CHECK(run_program(by_stream, family).out == named.out);
    }
    for (const char* way : {"named", "streamed"}) {
      const bool is_named = std::string{way} == "named";
      const ProgramResult run = run_program({"polygenic", "--score", cohort, "--min-overlap", "0", "--input",
                                             is_named ? family : "-", "--output", folder / way},
                                            is_named ? "" : family);
      CAPTURE(run.err);
      REQUIRE_EQ(run.exit_code, 0);
    }
    CHECK(file_text(folder / "named/scores.tsv") == file_text(folder / "streamed/scores.tsv"));
  }

  TEST_CASE("nothing is put aside in TMPDIR, or anywhere") {
    const TempFolder folder;
    std::filesystem::create_directory(folder / "tmp");
    const std::string run = "\"$stardose\" run --input " + family + " --output " + folder.path();
    CHECK_EQ(run_shell("TMPDIR=" + folder.path() + "/tmp " + run + "/out").exit_code, 0);
    CHECK(files_below(folder / "tmp").empty());
    CHECK_EQ(run_shell("TMPDIR=/nowhere " + run + "/again").exit_code, 0);
  }
}

TEST_SUITE("program: threads") {
  TEST_CASE("one thread works unless more are asked for, beside the one that watches for signals") {
    CHECK_EQ(threads_of_training({}), 2);
    CHECK_EQ(threads_of_training({"--threads", "3"}), 4);
  }

  TEST_CASE("auto is what the job was given") {
    const auto threads = [](const std::string& before) {
      const std::string out = run_shell(before + " \"$stardose\" run --print-config -@ auto").out;
      const std::size_t at = out.find("\nthreads: ");
      REQUIRE(at != std::string::npos);
      return out.substr(at + 10, out.find('\n', at + 1) - at - 10);
    };
    CHECK_EQ(threads("SLURM_CPUS_PER_TASK=7"), "7");
    CHECK_EQ(threads("SLURM_CPUS_PER_TASK=5000"), "1024");
    CHECK_EQ(threads("unset SLURM_CPUS_PER_TASK; exec taskset -c $(taskset -pc $$ | sed 's/.*: //; s/[-,].*//')"), "1");
    for (const char* no_number : {"", "0", "-3", "two", "2x"}) {
      CHECK_EQ(threads("SLURM_CPUS_PER_TASK=" + std::string{no_number} +
                       " taskset -c $(taskset -pc $$ | sed 's/.*: //; s/[-,].*//')"),
               "1");
    }
    const TempFolder folder;
    const std::string workflow = folder.write("w.yaml", "threads: auto\n");
    CHECK(run_shell("SLURM_CPUS_PER_TASK=3 \"$stardose\" run --print-config " + workflow).out.find("\nthreads: 3\n") !=
          std::string::npos);
  }
}

TEST_SUITE("program: terminal") {
  TEST_CASE("a line that counts is drawn on a terminal, and not when plain text is wanted or there is none") {
    const auto shown = [](const std::string& environment) {
      Terminal terminal{
          {"env", "-u", "NO_COLOR", "TERM=xterm", "bash", "-c",
           environment + " timeout 20 \"" STARDOSE_PROGRAM "\"" + training + " > /dev/null & sleep 3; kill %1"}};
      return terminal.shown_to_end();
    };
    CHECK(shown("").find("\033[Kfitted ") != std::string::npos);
    for (const char* plain : {"NO_COLOR=1", "TERM=dumb", "env -u TERM"}) {
      CAPTURE(plain);
      CHECK(shown(plain).find('\033') == std::string::npos);
    }
    CHECK(run_shell("TERM=xterm timeout 3 \"$stardose\"" + training).err.find('\033') == std::string::npos);
  }
}

}  // namespace stardose::tests
