// Something that was signed or chained, and is not as it was.
#pragma once

#include <utility>

#include "genomics/input_error.h"

namespace stardose::genomics {

/// An InputError with an exit code of its own, whatever its fault: somebody may have tampered with a file.
class Untrusted : public InputError {
 public:
  explicit Untrusted(ErrorParts parts) : InputError{Fault::mismatch, std::move(parts)} {}
};

}  // namespace stardose::genomics
