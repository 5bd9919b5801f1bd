// InputError: what a user gave us and we cannot use - file, place, why, what to do.
#pragma once

#include <stdexcept>
#include <string>

namespace stardose::genomics {

/// What is at fault; decides the exit code (pipeline/exit_code.h).
enum class Fault {
  usage,      ///< a flag or a setting
  input,      ///< a file that cannot be read or is malformed
  mismatch,   ///< inputs that do not fit each other or the catalogue's assembly
  output,     ///< a result that cannot be written
  catalogue,  ///< a catalogue that is missing or broken
};

/// The parts of the message; an empty one is left out.
struct ErrorParts {
  std::string file;   ///< path as the user wrote it
  std::string place;  ///< `chr10:94781859`, `12:9` (line:column), a sample or a key
  std::string why;    ///< lower case, fixed words before values from the file
  std::string help;   ///< what to do about it
};

/// The only exception a user is meant to see. what() is `file: place: why`, one line.
class InputError : public std::runtime_error {
 public:
  InputError(Fault fault, ErrorParts parts);

  [[nodiscard]] Fault fault() const { return fault_; }
  [[nodiscard]] const ErrorParts& parts() const { return parts_; }

 private:
  Fault fault_;
  ErrorParts parts_;
};

/// Returns text that fits on one line of a message: control characters shown as `?`, cut at 400 bytes.
[[nodiscard]] std::string printable(const std::string& text);

}  // namespace stardose::genomics
