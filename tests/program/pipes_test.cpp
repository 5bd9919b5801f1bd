// Inputs that can be read only once: named pipes, standard input, process substitution.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "tests/builders/pipe.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string outside = "sample\tgene\tdiplotype\nS1\tCYP2D6\t*4/*4\n";

std::string input_text() { return vcf_header() + vcf_record("chr6 18130687 T C", {"0/1"}); }

/// A run that waits for bytes that nobody writes is killed, so that the test fails and ends.
ProgramResult run_in_time(const std::vector<std::string>& args, const std::string& stdin_file = {}) {
  std::vector<std::string> words = args;
  words.emplace_back("--assume-reference");
  StartedProgram program{words, stdin_file};
  std::mutex mutex;
  std::condition_variable_any done;
  const std::jthread guard{[&, pid = program.pid()](const std::stop_token& stop) {
    std::unique_lock lock{mutex};
    if (!done.wait_for(lock, stop, std::chrono::seconds{30}, [&] { return stop.stop_requested(); })) {
      if (!stop.stop_requested()) kill(pid, SIGKILL);
    }
  }};
  return program.wait();
}

void check_called(const ProgramResult& run, const std::string& folder, bool with_outside) {
  CHECK_EQ(run.signal, 0);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  const std::string calls = file_text(folder + "/calls.tsv");
  CHECK(calls.find("S1\tTPMT\tcalled\t*1/*3C\t") != std::string::npos);
  CHECK((calls.find("S1\tCYP2D6\tcalled\t*4/*4\t") != std::string::npos) == with_outside);
}

}  // namespace

TEST_SUITE("program: pipes") {
  TEST_CASE("variants come through a named pipe") {
    const TempFolder folder;
    const test::Pipe pipe{folder / "in.vcf", input_text()};
    check_called(run_in_time({"run", "--input", pipe.path(), "--write", "calls", "--output", folder / "out"}),
                 folder / "out", false);
  }

  TEST_CASE("outside calls come through a named pipe") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", input_text());
    const test::Pipe pipe{folder / "calls.pipe", outside};
    check_called(run_in_time({"run", "--input", input, "--outside-calls", pipe.path(), "--write", "calls", "--output",
                              folder / "out"}),
                 folder / "out", true);
  }

  TEST_CASE("both come through pipes, each read once") {
    const TempFolder folder;
    const test::Pipe variants{folder / "in.pipe", input_text()};
    const test::Pipe calls{folder / "calls.pipe", outside};
    check_called(run_in_time({"run", "--input", variants.path(), "--outside-calls", calls.path(), "--write",
                              "calls,json", "--output", folder / "out"}),
                 folder / "out", true);
  }

  TEST_CASE("standard input holds the variants, or the outside calls") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", input_text());
    const std::string calls = folder.write("calls.tsv", outside);
    check_called(run_in_time({"run", "--input", "-", "--outside-calls", calls, "--write", "calls", "--output",
                              folder / "variants"},
                             input),
                 folder / "variants", true);
    for (const char* name : {"-", "/dev/stdin"}) {
      check_called(run_in_time({"run", "--input", input, "--outside-calls", name, "--write", "calls", "--output",
                                folder / "calls"},
                               calls),
                   folder / "calls", true);
    }
  }

  TEST_CASE("a dry run leaves a pipe of outside calls unread, and ends") {
    const TempFolder folder;
    const std::string input = folder.write("in.vcf", input_text());
    const test::Pipe pipe{folder / "calls.pipe", outside};
    const ProgramResult run =
        run_in_time({"run", "--input", input, "--outside-calls", pipe.path(), "--output", folder / "out", "--dry-run"});
    CHECK_EQ(run.signal, 0);
    CHECK_EQ(run.exit_code, 0);
  }

  TEST_CASE("process substitution of a shell") {
    if (std::system("bash -c true") != 0) {
      MESSAGE("no bash here");
      return;
    }
    const TempFolder folder;
    folder.write("in.vcf", input_text());
    folder.write("calls.tsv", outside);
    const std::string command =
        "cd " + folder.path() + " && timeout 30 bash -c '" + STARDOSE_PROGRAM +
        " run --input <(cat in.vcf) --outside-calls <(cat calls.tsv) --write calls --output out "
        "2> err.txt'";
    const int status = std::system(command.c_str());
    REQUIRE_MESSAGE((WIFEXITED(status) && WEXITSTATUS(status) == 0), file_text(folder / "err.txt"));
    CHECK(file_text(folder / "out/calls.tsv").find("S1\tCYP2D6\tcalled\t*4/*4\t") != std::string::npos);
  }
}

}  // namespace stardose::tests
