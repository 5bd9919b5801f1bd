// What every refusal looks like: an exit code, one error line, one help line, and nothing else.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/program/run_program.h"

namespace stardose::tests {

/// Lines of stderr that start with `word: `.
inline int lines_starting(const std::string& text, const std::string& word) {
  int count = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    if (text.compare(at, word.size() + 2, word + ": ") == 0) ++count;
    if (text.find('\n', at) == std::string::npos) break;
  }
  return count;
}

/// `error` is the whole first line behind `error: `.
inline void check_refused(const ProgramResult& run, int exit_code, const std::string& error) {
  CHECK_EQ(run.signal, 0);
  CHECK_EQ(run.exit_code, exit_code);
  CHECK_EQ(run.out, "");
  CHECK_EQ(run.err.substr(0, run.err.find('\n')), "error: " + error);
  CHECK_EQ(lines_starting(run.err, "error"), 1);
  CHECK_EQ(lines_starting(run.err, "help"), 1);
  CHECK_EQ(std::ranges::count(run.err, '\n'), 2);
}

/// The same where the message has values of the moment in it: `parts` must all be there.
inline void check_refused_saying(const ProgramResult& run, int exit_code, const std::vector<std::string>& parts) {
  CHECK_EQ(run.signal, 0);
  CHECK_EQ(run.exit_code, exit_code);
  CHECK_EQ(lines_starting(run.err, "error"), 1);
  CHECK_EQ(lines_starting(run.err, "help"), 1);
  for (const std::string& part : parts) {
    INFO(run.err);
    CHECK(run.err.find(part) != std::string::npos);
  }
}

}  // namespace stardose::tests
