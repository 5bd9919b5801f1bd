// --audit-log and `stardose audit verify`: what was done, and whether the log is as it was written.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "genomics/basics/sha256.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/shell.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  std::istringstream text{file_text(path)};
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// Three commands, six entries.
std::string log_in(const TempFolder& folder) {
  const std::string log = folder / "audit.log";
  for (const char* gene : {"TPMT", "CYP2C19", "NUDT15"}) {
    REQUIRE_EQ(run_program({"knowledge", "show", gene, "--audit-log", log}).exit_code, 0);
  }
  return log;
}

/// An entry whose hash is right. `front` is without its closing bracket.
std::string with_hash(const std::string& front) {
  genomics::Sha256 sha;
  sha.update(front);
  return front + R"(,"hash":")" + sha.hex() + "\"}\n";
}

std::string head_of(const ProgramResult& verified) { return verified.out.substr(verified.out.find("head: ") + 6, 64); }

}  // namespace

TEST_SUITE("program: audit log") {
  TEST_CASE("a command is written down when it begins and when it ends, without what its flags say") {
    const TempFolder folder;
    const std::string log = folder / "audit.log";
    const std::string vcf =
        folder.write("Quirina-4711.vcf", vcf_header({"Quirina-4711"}) + vcf_record("chr10 94761900 C T", {"0/1"}));
    const std::string out = folder / "out";
    REQUIRE_EQ(
        run_program({"run", "--input", vcf, "--samples", "Quirina-4711", "-o", out, "--audit-log", log}).exit_code, 0);
    CHECK_EQ(file_text(log).find("4711"), std::string::npos);
    CHECK_EQ(file_text(log).find("0/1"), std::string::npos);
    const auto lines = lines_of(log);
    REQUIRE_EQ(lines.size(), 2);
    const Json begin = Json::parse(lines[0]);
    const Json end = Json::parse(lines[1]);
    CHECK_EQ(begin["event"], "begin");
    CHECK_EQ(begin["entry"], 1);
    CHECK_EQ(begin["previous"], std::string(64, '0'));
    CHECK_EQ(end["event"], "end");
    CHECK_EQ(end["of"], begin["hash"]);
    CHECK_EQ(end["previous"], begin["hash"]);
    CHECK_EQ(end["command"], "run");
    CHECK_EQ(end["flags"], Json({"--input", "--samples", "--output", "--audit-log"}));
    CHECK_EQ(end["exit_code"], 0);
    CHECK(std::string{end["program"]}.starts_with("stardose "));
    CHECK_EQ(std::string{end["catalogue"]}.size(), 7 + 64);
    const ProgramResult sum = run_shell("sha256sum " + vcf);
    CHECK_EQ(end["inputs"], Json({"sha256:" + sum.out.substr(0, 64)}));
    const ProgramResult all = run_shell("find " + out + " -type f | xargs sha256sum | cut -c 1-64 | sort | sha256sum");
    CHECK_EQ(end["outputs"]["sha256"], all.out.substr(0, 64));
    CHECK_EQ(end["outputs"]["files"], files_below(out).size());
    CHECK_EQ(fs::status(log).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  }

  TEST_CASE("what fails is written down, and nothing is done without the log") {
    const TempFolder folder;
    const std::string log = folder / "audit.log";
    setenv("STARDOSE_AUDIT_LOG", log.c_str(), 1);
    CHECK_EQ(run_program({"run", "--input", folder / "none.vcf", "-o", folder / "out"}).exit_code, 3);
    unsetenv("STARDOSE_AUDIT_LOG");
    CHECK_EQ(Json::parse(lines_of(log)[1])["exit_code"], 3);
    const std::string nowhere = folder / "none/audit.log";
    check_refused_saying(run_program({"knowledge", "list", "--audit-log", nowhere}), 5, {nowhere, "cannot be opened"});
    CHECK_EQ(run_program({"knowledge", "list", "--audit-log", nowhere}).out, "");
    // A full disk: the entry is there whole, or not at all.
    const ProgramResult full = run_shell(
        "ulimit -f 1; trap '' XFSZ; for i in 1 2 3 4; do $stardose knowledge show TPMT "
        "--audit-log " +
        log + " > /dev/null || exit $?; done");
    CHECK_EQ(full.exit_code, 5);
    CHECK_EQ(run_program({"audit", "verify", log}).exit_code, 0);
  }

  TEST_CASE("a key that is none ends the command, and the log says so") {
    const TempFolder folder;
    const std::string log = folder / "audit.log";
    for (const char* flag : {"--pseudonymise", "--require-signatures"}) {
      CHECK_NE(run_program({"knowledge", "list", "--audit-log", log, flag, folder / "none"}).exit_code, 0);
    }
    const ProgramResult verified = run_program({"audit", "verify", log});
    CHECK_NE(verified.out.find("4 entries, unbroken"), std::string::npos);
    CHECK_EQ(verified.out.find("begun and not ended"), std::string::npos);
  }

  TEST_CASE("a changed, removed, moved or halved entry is found, and so is one put in") {
    const TempFolder folder;
    const std::string log = log_in(folder);
    const ProgramResult good = run_program({"audit", "verify", log});
    CHECK_EQ(good.exit_code, 0);
    CHECK(good.out.find("6 entries, unbroken") != std::string::npos);
    const auto lines = lines_of(log);
    const auto found = [&](const std::string& text, const std::string& why) {
      const std::string other = folder.write("other.log", text);
      check_refused_saying(run_program({"audit", "verify", other}), 9, {why});
    };
    const std::string whole = text_of(lines);
    for (std::size_t at = 0; at < whole.size(); at += 7) {  // every seventh byte, another bit each time
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 7)));
      const std::string other = folder.write("other.log", changed);
      const auto verdict = run_program({"audit", "verify", other});
      CAPTURE(at);
      CHECK_EQ(verdict.exit_code, 9);
      if (verdict.exit_code != 9) break;
      at += whole.size() / 60;
    }
    for (std::size_t k = 0; k + 1 < lines.size(); ++k) {
      CAPTURE(k);
      auto removed = lines;
      removed.erase(removed.begin() + static_cast<std::ptrdiff_t>(k));
      found(text_of(removed), "does not follow");
      auto moved = lines;
      std::swap(moved[k], moved[k + 1]);
      found(text_of(moved), "does not follow");
      auto twice = lines;
      twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(k), lines[k]);
      found(text_of(twice), "does not follow");
    }
    found(whole.substr(0, whole.size() - 1), "half an entry");
    found(whole.substr(0, whole.size() - 20), "half an entry");
    found(whole + "\n", "was changed");
    // Nothing is added to a log whose end is no entry.
    const std::string cut = folder.write("cut.log", whole.substr(0, whole.size() - 20));
    check_refused_saying(run_program({"knowledge", "list", "--audit-log", cut}), 9, {"half an entry"});
    CHECK_EQ(file_text(cut), whole.substr(0, whole.size() - 20));
    for (const std::string& end : {std::string{"\n"}, with_hash("{\"entry\":\"x\",\"previous\":\"x\""),
                                   with_hash("{\"entry\":7.5,\"previous\":\"x\""),
                                   with_hash("{\"entry\":7,\"previous\":7"), with_hash("{\"entry\":7,\"event\":5")}) {
      CAPTURE(end);
      const std::string other = folder.write("other.log", whole + end);
      CHECK_EQ(run_program({"audit", "verify", other}).exit_code, 9);
    }
    const std::string empty_line = folder.write("empty_line.log", whole + "\n");
    check_refused_saying(run_program({"knowledge", "list", "--audit-log", empty_line}), 9, {"was changed"});
    std::string last = whole;
    last[last.size() - 90] = last[last.size() - 90] == 'x' ? 'y' : 'x';
    check_refused_saying(run_program({"knowledge", "list", "--audit-log", folder.write("last.log", last)}), 9,
                         {"was changed"});
  }

  TEST_CASE("an end that is missing is found by the head that was noted down") {
    const TempFolder folder;
    const std::string log = log_in(folder);
    const std::string head = head_of(run_program({"audit", "verify", log}));
    auto lines = lines_of(log);
    const std::string shorter = folder.write("shorter.log", text_of({lines.begin(), lines.end() - 2}));
    CHECK_EQ(run_program({"audit", "verify", shorter}).exit_code, 0);
    check_refused_saying(run_program({"audit", "verify", shorter, "--head", head}), 9, {"the end is missing"});
    check_refused(run_program({"audit", "verify", shorter, "--head", ""}), 2, "--head: names no hash");
    REQUIRE_EQ(run_program({"knowledge", "show", "TPMT", "--audit-log", log}).exit_code, 0);  // it may grow
    CHECK_EQ(run_program({"audit", "verify", log, "--head", head}).exit_code, 0);
    CHECK_NE(head_of(run_program({"audit", "verify", log})), head);
  }

  TEST_CASE("processes that write at once break nothing, and what was killed is seen") {
    const TempFolder folder;
    const std::string log = folder / "audit.log";
    std::vector<StartedProgram> running;
    for (int k = 0; k < 24; ++k)
      running.emplace_back(std::vector<std::string>{"knowledge", "show", "TPMT", "--audit-log", log});
    for (StartedProgram& program : running) CHECK_EQ(program.wait().exit_code, 0);
    const ProgramResult verified = run_program({"audit", "verify", log});
    CHECK_EQ(verified.exit_code, 0);
    CHECK(verified.out.find("48 entries, unbroken") != std::string::npos);
    CHECK(verified.out.find("not ended") == std::string::npos);
    const ProgramResult killed = run_shell("mkfifo " + (folder / "pipe") + "; $stardose run --input " +
                                           (folder / "pipe") + " -o " + (folder / "out") + " --audit-log " + log +
                                           " & until [ $(wc -l < " + log + ") = 49 ]; do sleep 0.05; done; kill -9 $!");
    CHECK(run_program({"audit", "verify", log})
              .out.find("not ended (still running, killed, or without power): entries 49") != std::string::npos);
  }
}

}  // namespace stardose::tests
