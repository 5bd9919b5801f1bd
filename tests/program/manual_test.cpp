// The manual, the completions and what is installed.
#include <doctest/doctest.h>

#include <filesystem>

#include "config/option_table.h"
#include "tests/program/shell.h"
#include "tests/program/temp_folder.h"
#include "tests/program/terminal.h"

namespace stardose::tests {

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string roff(std::string text) {
  for (std::size_t at = 0; (at = text.find('-', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

/// Files of all completions in a folder, `stardose.SHELL`.
void write_completions(const TempFolder& folder) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    REQUIRE_EQ(run_program({"completion", shell, "--output", folder / ("stardose." + shell)}).exit_code, 0);
    CHECK(file_text(folder / ("stardose." + shell)) == run_program({"completion", shell}).out);
  }
}

/// What bash offers for a line, a word a line.
std::string offered_by_bash(const TempFolder& folder, const std::string& line) {
  const std::string words = line.ends_with(' ') ? line + "''" : line;
  return run_shell("cd " + folder.path() + "; source stardose.bash; COMP_WORDS=(" + words +
                   "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _stardose; printf '%s\\n' \"${COMPREPLY[@]}\"")
      .out;
}

std::string offered_by_fish(const TempFolder& folder, const std::string& line) {
  return run_shell("cd " + folder.path() + "; fish -c 'source stardose.fish; complete -C \"" + line + "\"' | cut -f 1")
      .out;
}

}  // namespace

TEST_SUITE("program: manual") {
  TEST_CASE("every option of the table is on the page of its command, with its words") {
    for (const auto command : {config::Subcommand::run, config::Subcommand::polygenic}) {
      const std::string page = run_program({"man", std::string{to_string(command)}}).out;
      for (const config::Option* option : config::options_of(command)) {
        CAPTURE(option->name);
        CHECK(has(page, "\\fB" + roff("--" + option->name) + "\\fR"));
        for (const std::string& choice : option->choices) CHECK(has(page, roff(choice)));
      }
    }
  }

  TEST_CASE("so are those of treatments") {
    const std::string page = run_program({"man", "twin"}).out;
    for (const config::Option* option : config::options_of(config::Subcommand::twin)) {
      CAPTURE(option->name);
      CHECK(has(page, "\\fB" + roff("--" + option->name) + "\\fR"));
    }
  }

  TEST_CASE("the program's page lists the commands, the exit codes and the environment") {
    const std::string page = run_program({"man"}).out;
    CHECK(has(page, ".TH STARDOSE 1 \"20"));
    for (const char* part : {".BR stardose\\-run (1)\n", ".BR stardose\\-train (1)\n", ".B 137\n", ".B 8\n",
                             ".B TMPDIR\n", ".B SLURM_CPUS_PER_TASK\n", "not a medical device"}) {
      CAPTURE(part);
      CHECK(has(page, part));
    }
  }

  TEST_CASE("every page is one that man and mandoc have nothing against") {
    const TempFolder folder;
    REQUIRE_EQ(run_program({"man", "--output", folder.path()}).exit_code, 0);
    const std::vector<std::string> pages = files_below(folder.path());
    CHECK(pages.size() > 12);
    const bool has_mandoc = has_program("mandoc");
    const bool has_man = has_program("man") && has_program("groff");
    if (!has_mandoc) MESSAGE("no mandoc here");
    if (!has_man) MESSAGE("no man here");
    for (const std::string& name : pages) {
      CAPTURE(name);
      if (has_mandoc) {
        const ProgramResult lint = run_shell("mandoc -T lint -W warning " + folder / name);
        CHECK_EQ(lint.out + lint.err, "");
        CHECK_EQ(lint.exit_code, 0);
      }
      if (has_man) {
        const ProgramResult set =
            run_shell("LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z " + folder / name);
        CHECK_EQ(set.err, "");
        CHECK_FALSE(set.out.empty());
      }
    }
  }

  TEST_CASE("bash completes commands, flags, words, lists, files and folders") {
    const TempFolder folder;
    write_completions(folder);
    folder.write("sample.vcf", "");
    folder.write("results/x", "");
    CHECK_EQ(offered_by_bash(folder, "stardose tr"), "train\n");
    CHECK(has(offered_by_bash(folder, "stardose "), "explain\n"));
    CHECK_EQ(offered_by_bash(folder, "stardose run --thr"), "--threads\n");
    CHECK_EQ(offered_by_bash(folder, "stardose run --assembly GRCh3"), "GRCh37\nGRCh38\n");
    CHECK_EQ(offered_by_bash(folder, "stardose run --assembly = GRCh38"), "GRCh38\n");
    CHECK_EQ(offered_by_bash(folder, "stardose run --write calls,gui"), "calls,guidance\n");
    CHECK_EQ(offered_by_bash(folder, "stardose run --input sam"), "sample.vcf\n");
    CHECK_EQ(offered_by_bash(folder, "stardose run -o "), "results\n");
    CHECK_EQ(offered_by_bash(folder, "stardose run sam"), "sample.vcf\n");
    CHECK_EQ(offered_by_bash(folder, "stardose model im"), "import\n");
    CHECK_EQ(offered_by_bash(folder, "stardose model import --out"), "--output\n");
    CHECK_EQ(offered_by_bash(folder, "stardose knowledge list --kn"), "--knowledge\n");
    CHECK_EQ(offered_by_bash(folder, "stardose dose --format j"), "json\n");
    CHECK_EQ(offered_by_bash(folder, "stardose completion z"), "zsh\n");
    CHECK_EQ(offered_by_bash(folder, "stardose polygenic --outside"), "\n");
  }

  TEST_CASE("bash and zsh complete at a prompt, when the tabulator is pressed") {
    const TempFolder folder;
    write_completions(folder);
    Terminal bash{{"bash", "--norc", "--noprofile", "-i"}};
    bash.type("PS1='> '; source " + folder / "stardose.bash" + " && echo re''ady\n");
    REQUIRE(has(bash.shown_until("ready\r\n"), "ready\r\n"));
    bash.type("stardose run --assembly GRCh38 --thre\t");
    CHECK(has(bash.shown_until("--threads "), "--threads "));
    bash.type("2 --write=calls,guid\t");
    CHECK(has(bash.shown_until("guidance"), "guidance"));
    if (!has_program("zsh")) {
      MESSAGE("no zsh here");
      return;
    }
    std::filesystem::create_directory(folder / "site");
    std::filesystem::copy_file(folder / "stardose.zsh", folder / "site/_stardose");
    Terminal zsh{{"env", "TERM=dumb", "zsh", "-f", "-i"}};
    zsh.type("fpath=(" + folder / "site" + " $fpath); autoload -Uz compinit; compinit -u -D; echo re''ady\n");
    REQUIRE(has(zsh.shown_until("ready\r\n"), "ready\r\n"));
    for (const auto& [typed, completed] : std::vector<std::pair<std::string, std::string>>{
             {"stardose tra\t", "train"},
             {" --eval\t", "evaluate-only"},
             {"\x15stardose model im\t", "import"},
             {"\x15stardose run --assembly GRCh37 --outside\t", "outside-calls"},
             {"\x15stardose run --palin\x15stardose polygenic --palindromes exc\t", "exclude"}}) {
      zsh.type(typed);
      CAPTURE(typed);
      const std::string shown = zsh.shown_until(completed);
      CAPTURE(shown);
      CHECK(has(shown, completed));
    }
  }

  TEST_CASE("fish completes commands, flags, words, lists, files and folders") {
    if (!has_program("fish")) {
      MESSAGE("no fish here");
      return;
    }
    const TempFolder folder;
    write_completions(folder);
    folder.write("sample.vcf", "");
    folder.write("results/x", "");
    CHECK_EQ(offered_by_fish(folder, "stardose tr"), "train\n");
    CHECK_EQ(offered_by_fish(folder, "stardose run --thr"), "--threads\n");
    CHECK_EQ(offered_by_fish(folder, "stardose run --assembly GRCh3"), "GRCh37\nGRCh38\n");
    CHECK_EQ(offered_by_fish(folder, "stardose run --write calls,gui"), "calls,guidance\n");
    CHECK_EQ(offered_by_fish(folder, "stardose run --input sam"), "sample.vcf\n");
    CHECK_EQ(offered_by_fish(folder, "stardose run -o res"), "results/\n");
    CHECK_EQ(offered_by_fish(folder, "stardose model im"), "import\n");
    CHECK_EQ(offered_by_fish(folder, "stardose polygenic --outside"), "");
  }

  TEST_CASE("what is installed is the program with its manual, completions, workflows, schema and licence") {
    const TempFolder folder;
    const std::string build = std::filesystem::path{STARDOSE_PROGRAM}.parent_path().string();
    const ProgramResult run = run_shell("cmake --install " + build + " --prefix " + folder.path());
    CAPTURE(run.err);
    REQUIRE_EQ(run.exit_code, 0);
    for (const char* name :
         {"bin/stardose", "share/man/man1/stardose.1", "share/man/man1/stardose-run.1",
          "share/bash-completion/completions/stardose", "share/zsh/site-functions/_stardose",
          "share/fish/vendor_completions.d/stardose.fish", "share/stardose/workflows/pgx-report.yaml",
          "share/stardose/schemas/sample-report.schema.json", "share/doc/stardose/LICENSE",
          "share/doc/stardose/NOTICE"}) {
      CAPTURE(name);
      CHECK(std::filesystem::exists(folder / name));
    }
    CHECK(file_text(folder / "share/man/man1/stardose-run.1") == run_program({"man", "run"}).out);
    CHECK(file_text(folder / "share/bash-completion/completions/stardose") == run_program({"completion", "bash"}).out);
    CHECK(run_shell(folder / "bin/stardose" + " --version").out == run_program({"--version"}).out);
  }
}

}  // namespace stardose::tests
