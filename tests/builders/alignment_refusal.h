// What is said where an alignment file is not opened.
#pragma once

#include <string>

#include "genomics/input_error.h"
#include "genomics/reads/alignment_file.h"

namespace stardose::test {

/// Returns the message; empty: it was opened.
inline std::string alignment_refusal(const std::string& path) {
  try {
    (void)genomics::AlignmentFile{path, {}};
  } catch (const genomics::InputError& error) {
    return error.what();
  }
  return {};
}

}  // namespace stardose::test
