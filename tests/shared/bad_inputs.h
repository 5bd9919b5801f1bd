// The files of cases/bad-inputs: what the manifest asks, where we do otherwise, and what came of a run.
#pragma once

#include <fnmatch.h>

#include <map>
#include <string>
#include <vector>

#include "tests/program/refusal.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

inline std::string bad_input(const std::string& file) { return shared_path("cases/bad-inputs/" + file); }

/// `accept`, `warn` (accepted, with a warning), `reject` (an exit code of a user's mistake, one line that names the
/// file and says why, one that helps), or what else happened.
inline std::string manner_of(const ProgramResult& run) {
  if (run.signal == SIGALRM) return "hangs";
  if (run.signal != 0) return "killed by signal " + std::to_string(run.signal);
  if (run.exit_code == 0) return lines_starting(run.err, "warning") > 0 ? "warn" : "accept";
  if (run.exit_code < 2 || run.exit_code > 6) return "exit code " + std::to_string(run.exit_code);
  const bool says_one = lines_starting(run.err, "error") == 1 && lines_starting(run.err, "help") == 1;
  return says_one ? "reject" : "reject without error and help";
}

inline bool satisfies(const std::string& expected, const std::string& manner) {
  const bool accepted = manner == "accept" || manner == "warn";
  if (expected == "reject") return manner == "reject";
  if (expected.starts_with("accept")) return accepted;
  if (expected == "reject-or-warn") return manner == "reject" || manner == "warn";
  return accepted ||
         manner == "reject";  // no-crash; warn: the stale index, whose age a copy of the files does not keep
}

/// bad_inputs_exceptions.tsv. Each row must be needed.
class Exceptions {
 public:
  /// Returns whether a run that does not do what the manifest asks is among them.
  [[nodiscard]] bool cover(const std::string& file, const std::string& expected, const std::string& manner,
                           const std::string& error) {
    const std::string outcome = manner == "warn" ? "accept" : manner;
    for (TableRow& row : rows_) {
      const bool fits = fnmatch(row.at("file").c_str(), file.c_str(), 0) == 0 &&
                        expected.starts_with(row.at("expected")) && row.at("outcome") == outcome &&
                        (row.at("says") == "*" || error.find(row.at("says")) != std::string::npos);
      if (!fits) continue;
      row["needed"] = "yes";
      return true;
    }
    return false;
  }
  [[nodiscard]] std::vector<std::string> not_needed() const {
    std::vector<std::string> rows;
    for (const TableRow& row : rows_) {
      if (!row.contains("needed")) rows.push_back(row.at("file") + " (" + row.at("says") + "): " + row.at("reason"));
    }
    return rows;
  }

 private:
  std::vector<TableRow> rows_ = read_table(STARDOSE_SOURCE_DIR "/tests/shared/bad_inputs_exceptions.tsv");
};

/// What became of the files of a kind.
struct KindCount {
  int files = 0;
  int accepted = 0;
  int refused = 0;
  int exceptions = 0;
  int failures = 0;
};

inline std::string table_of(const std::map<std::string, KindCount>& kinds) {
  std::string text = "kind\texpected\tfiles\taccepted\trefused\texceptions\tfailures\n";
  KindCount sum;
  const auto add = [&text](const std::string& name, const KindCount& kind) {
    text += name;
    for (const int number : {kind.files, kind.accepted, kind.refused, kind.exceptions, kind.failures}) {
      text += '\t' + std::to_string(number);
    }
    text += '\n';
  };
  for (const auto& [name, kind] : kinds) {
    add(name, kind);
    sum.files += kind.files;
    sum.accepted += kind.accepted;
    sum.refused += kind.refused;
    sum.exceptions += kind.exceptions;
    sum.failures += kind.failures;
  }
  add("all\t", sum);
  return text;
}

}  // namespace stardose::tests
