// What the program's exit code says. Schedulers act on these; a number keeps its meaning for good.
#pragma once

#include "genomics/input_error.h"

namespace stardose::pipeline {

/// None of 104, 130-145 or 175-177 is ever an input's fault: workflow engines retry those.
enum ExitCode : int {
  exit_done = 0,             ///< results are complete; a no call is a result
  exit_bug = 1,              ///< a fault of StarDose: please report
  exit_usage = 2,            ///< a flag or a setting is wrong
  exit_input = 3,            ///< an input cannot be read or is malformed
  exit_mismatch = 4,         ///< inputs do not fit each other (assembly, samples, contigs)
  exit_output = 5,           ///< a result could not be written
  exit_catalogue = 6,        ///< the catalogue is missing or broken
  exit_strict = 7,           ///< --strict, and a gene could not be called, or a dose not be worked out
  exit_samples_failed = 8,   ///< done, but some alignments could not be read (listed last, and in run.json)
  exit_out_of_memory = 137,  ///< what the kernel's killer gives too
};

[[nodiscard]] constexpr ExitCode exit_code_of(genomics::Fault fault) {
  switch (fault) {
    case genomics::Fault::usage: return exit_usage;
    case genomics::Fault::input: return exit_input;
    case genomics::Fault::mismatch: return exit_mismatch;
    case genomics::Fault::output: return exit_output;
    case genomics::Fault::catalogue: return exit_catalogue;
  }
  return exit_bug;
}

}  // namespace stardose::pipeline
