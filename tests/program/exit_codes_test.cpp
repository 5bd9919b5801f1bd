// Exit codes that schedulers act on, and never the ones at which workflow engines try again.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "pipeline/exit_code.h"
#include "tests/builders/sanitizer.h"
#include "tests/program/shell.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string samples = std::string{STARDOSE_SOURCE_DIR} + "/data-samples";

bool is_retried(int code) { return code == 104 || (code >= 130 && code <= 145) || (code >= 175 && code <= 177); }

struct Flag {
  std::vector<std::string> words;  // `run --output`, without stardose
  bool takes_value;
};

/// All flags of all commands, as the completions know them: `complete -c stardose -n '__stardose_at stardose run' -s o
/// -l output -x ...`.
std::vector<Flag> all_flags() {
  std::vector<Flag> flags;
  std::istringstream script{run_program({"completion", "fish"}).out};
  const std::string start = "complete -c stardose -n '__stardose_at stardose";
  for (std::string line; std::getline(script, line);) {
    if (line.compare(0, start.size(), start) != 0) continue;
    const std::size_t end = line.find('\'', start.size());
    std::istringstream command{line.substr(start.size(), end - start.size())};
    Flag flag{{std::istream_iterator<std::string>{command}, {}}, false};
    std::istringstream rest{line.substr(end + 1, line.find(" -d ") - end - 1)};
    std::string name;
    for (std::string word; rest >> word;) {
      if (word == "-l") rest >> name;
      if (word == "-x" || word == "-r") flag.takes_value = true;
    }
    if (name.empty()) continue;
    flag.words.push_back("--" + name);
    flags.push_back(flag);
  }
  return flags;
}

}  // namespace

TEST_SUITE("program: exit codes") {
  TEST_CASE("what the codes mean is said once each, and none but that of memory is one that is tried again") {
    std::set<int> seen;
    for (const auto& meaning : pipeline::exit_meanings) {
      CHECK(seen.insert(meaning.code).second);
      CHECK_FALSE(meaning.text.empty());
      CHECK(is_retried(meaning.code) == (meaning.code == pipeline::exit_out_of_memory));
    }
  }

  TEST_CASE("a wrong flag, of any command, is a matter of usage") {
    const std::vector<Flag> flags = all_flags();
    CHECK(flags.size() > 100);
    CHECK(std::ranges::count_if(flags, &Flag::takes_value) > 60);
    std::set<std::vector<std::string>> commands;
    for (const Flag& flag : flags) {
      commands.insert({flag.words.begin(), flag.words.end() - 1});
      if (!flag.takes_value) continue;
      CAPTURE(flag.words.front());
      CAPTURE(flag.words.back());
      CHECK_EQ(run_program(flag.words).exit_code, 2);
    }
    CHECK(commands.size() > 15);
    for (std::vector<std::string> command : commands) {
      command.emplace_back("--no-such-flag");
      CHECK_EQ(run_program(command).exit_code, 2);
    }
  }

  TEST_CASE("values for which the parser itself has codes above 100 are matters of usage") {
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"run", "--input", "x", "--threads", "abc"},
                                               {"run", "--input", "x", "-@", "-1"},
                                               {"run", "--input", "x", "--strict=perhaps"},
                                               {"run", "--input", "x", "--output", "a", "--output", "b"},
                                               {"train", "--threads", "many"},
                                               {"explain"},
                                               {"explain", "S1"},
                                               {"concordance", "--truth", "x"},
                                               {"completion", "tcsh"},
                                               {"completion"},
                                               {"man", "rnu"},
                                               {"run", "--version"},
                                               {"--threads"}}) {
      CAPTURE(words.front());
      CAPTURE(words.back());
      CHECK_EQ(run_program(words).exit_code, 2);
    }
  }

  TEST_CASE("inputs, outputs and catalogues have codes of their own") {
    const TempFolder folder;
    const std::string text = folder.write("text.vcf", "not a variant file\n");
    const std::string file = folder.write("file", "");
    const std::string family = samples + "/family.vcf.gz";
    CHECK_EQ(run_program({"run", "--input", folder / "none.vcf"}).exit_code, 3);
    CHECK_EQ(run_program({"run", "--input", text}).exit_code, 3);
    CHECK_EQ(run_program({"run", "--input", family, "-s", "nobody"}).exit_code, 4);
    CHECK_EQ(run_program({"run", "--input", family, "--output", file + "/out"}).exit_code, 5);
    CHECK_EQ(run_program({"run", "--input", family, "--knowledge", folder.path()}).exit_code, 6);
    CHECK_EQ(run_program({"run", "--input", family, "--output", folder / "out", "--strict"}).exit_code, 7);
  }

#if !defined(STARDOSE_ADDRESS_SANITIZER)
  // Where the limit bites differs from system to system: before main (in the loader, or where libraries set themselves
  // up), where nothing of ours has been run, or in the program.
  TEST_CASE("out of memory is 137, whichever thread it befalls, and leaves no table") {
    int times = 0;
    for (const char* threads : {"1", "8"}) {
      for (int limit = 28'000; limit <= 100'000; limit += 6'000) {
        const TempFolder folder;
        const std::string limited = "ulimit -v " + std::to_string(limit) + "; exec \"$stardose\" ";
        const int start = run_shell(limited + "--version").exit_code;
        if (start != 0 && start != 137) continue;
        const ProgramResult run = run_shell(limited + "run -@ " + threads + " --input " + samples +
                                            "/family.vcf.gz --output " + folder.path());
        CAPTURE(limit);
        CAPTURE(run.err);
        CHECK((run.exit_code == 137 || run.exit_code == 0));
        if (run.exit_code != 137) continue;
        ++times;
        CHECK(run.err.find("error: out of memory\nhelp: ") != std::string::npos);
        for (const std::string& name : files_below(folder.path())) CHECK_FALSE(name == "calls.tsv");
      }
    }
    CHECK(times > 0);
  }
#endif
}

}  // namespace stardose::tests
