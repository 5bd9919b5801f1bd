// An alignment that cannot be read while the rest of the run can.
#pragma once

#include <optional>
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

/// Does the work on one alignment and returns the InputError that ends it, if there is one and it is the alignment's
/// alone, so that other samples are none the worse. Throws others: the reference that all are given cannot be used.
template <class Work>
[[nodiscard]] std::optional<genomics::InputError> failure_of_one(const Work& work,
                                                                 const genomics::AlignmentInputOptions& options) {
  try {
    work();
  } catch (const genomics::InputError& error) {
    const bool is_of_input = error.fault() == genomics::Fault::input || error.fault() == genomics::Fault::mismatch;
    if (!is_of_input || (!options.reference.empty() && error.parts().file == options.reference)) throw;
    return error;
  }
  return std::nullopt;
}

}  // namespace stardose::pipeline
