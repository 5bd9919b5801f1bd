// STARDOSE_EXPECT: an invariant of ours; breaking it is a bug and ends the program loudly.
#pragma once

#include <stdexcept>
#include <string>

namespace stardose::genomics {

/// Throws std::logic_error naming the condition and where it stands.
[[noreturn]] inline void broken_invariant(const char* condition, const char* file, int line) {
  throw std::logic_error{std::string{file} + ":" + std::to_string(line) + ": expected " + condition};
}

}  // namespace stardose::genomics

// A macro because the condition's text and place are wanted (clang 14 has no std::source_location).
#define STARDOSE_EXPECT(condition)                                                            \
  do {                                                                                        \
    if (!(condition)) ::stardose::genomics::broken_invariant(#condition, __FILE__, __LINE__); \
  } while (false)
