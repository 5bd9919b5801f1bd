// An alignment that cannot be read while the rest of the run can.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/reads/alignment_input_options.h"

namespace stardose::pipeline {

struct FailedAlignment {
  std::string path;
  std::string sample;  ///< empty: not known, as the header could not be read
  genomics::InputError error;
};

/// Returns whether the error is one of the alignment alone, so that other samples are none the worse: not where the
/// reference that all of them are given cannot be used.
[[nodiscard]] inline bool is_of_one_alignment(const genomics::InputError& error,
                                              const genomics::AlignmentInputOptions& options) {
  const bool is_of_input = error.fault() == genomics::Fault::input || error.fault() == genomics::Fault::mismatch;
  return is_of_input && (options.reference.empty() || error.parts().file != options.reference);
}

}  // namespace stardose::pipeline
