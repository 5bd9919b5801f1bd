// STARDOSE_EXPECT: an invariant of ours; breaking it is a bug and ends the program loudly.
#pragma once

#include <source_location>
#include <stdexcept>
#include <string>

namespace stardose::genomics {

/// Throws std::logic_error naming the condition and where it stands.
[[noreturn]] inline void broken_invariant(
    const char* condition, const std::source_location& where = std::source_location::current()) {
  throw std::logic_error{std::string{where.file_name()} + ":" + std::to_string(where.line()) +
                         ": expected " + condition};
}

}  // namespace stardose::genomics

// A macro because the text of the condition is wanted.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define STARDOSE_EXPECT(condition)                                      \
  do {                                                                  \
    if (!(condition)) ::stardose::genomics::broken_invariant(#condition); \
  } while (false)
