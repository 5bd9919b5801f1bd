// Running a line of bash, for what only a shell does to a program: closed streams, pipes, limits.
#pragma once

#include <cstdlib>
#include <string>

#include "tests/program/run_program.h"

namespace stardose::tests {

/// `$stardose` is the program. A line that takes more than a minute is ended with 124.
inline ProgramResult run_shell(const std::string& line) {
  setenv("stardose", STARDOSE_PROGRAM, 1);
  return StartedProgram{{"60", "bash", "-c", line}, {}, "/usr/bin/timeout"}.wait();
}

/// Whether a program is in PATH.
inline bool has_program(const std::string& name) {
  return StartedProgram{{"-c", "command -v " + name}, {}, "/bin/bash"}.wait().exit_code == 0;
}

}  // namespace stardose::tests
