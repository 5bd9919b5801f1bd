// Running the built program with little memory and little time, so that what runs away or hangs ends as a signal.
#pragma once

#include <string>
#include <vector>

#include "tests/program/run_program.h"

namespace stardose::tests {

/// What no input may need, of time six times as much where every access is looked at.
#if defined(STARDOSE_ADDRESS_SANITIZER)
inline constexpr unsigned strict_seconds = 60;
#else
inline constexpr unsigned strict_seconds = 10;
#endif
inline constexpr Limits strict_limits{.memory = std::size_t{512} << 20U, .seconds = strict_seconds};

/// Runs stardose to its end; SIGALRM: it took too long.
inline ProgramResult run_limited(const std::vector<std::string>& args, const std::string& stdin_file = {}) {
  return StartedProgram{args, stdin_file, STARDOSE_PROGRAM, strict_limits}.wait();
}

}  // namespace stardose::tests
