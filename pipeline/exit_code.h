// What the program's exit code says. Schedulers act on these; a number keeps its meaning for good.
#pragma once

#include <array>
#include <string_view>

#include "genomics/input_error.h"

namespace stardose::pipeline {

/// None of 104, 130-145 or 175-177 is ever an input's fault: workflow engines retry those. 137 alone is among them:
/// more memory may help.
enum ExitCode : int {
  exit_done = 0,
  exit_bug = 1,
  exit_usage = 2,
  exit_input = 3,
  exit_mismatch = 4,
  exit_output = 5,
  exit_catalogue = 6,
  exit_strict = 7,
  exit_samples_failed = 8,
  exit_untrusted = 9,
  exit_selftest = 10,
  exit_out_of_memory = 137,
};

struct ExitMeaning {
  ExitCode code;
  std::string_view text;
};

/// What they mean, as the manual says it.
inline constexpr std::array<ExitMeaning, 12> exit_meanings = {{
    {exit_done, "results are complete; a no call is a result"},
    {exit_bug, "a fault of StarDose: please report"},
    {exit_usage, "a flag or a setting is wrong"},
    {exit_input, "an input cannot be read or is malformed"},
    {exit_mismatch, "inputs do not fit each other (assembly, samples, contigs)"},
    {exit_output, "a result could not be written"},
    {exit_catalogue, "the catalogue is missing or broken"},
    {exit_strict,
     "--strict, and a gene could not be called, a dose not be worked out, or none be advised; the results are written"},
    {exit_samples_failed, "done, but some alignments could not be read (listed last, and in run.json)"},
    {exit_untrusted,
     "a signature is missing or wrong, or an audit log was changed: somebody may have tampered with it"},
    {exit_selftest, "selftest: the program or its catalogue does not give the answers that it should"},
    {exit_out_of_memory, "out of memory: what the kernel's killer gives too"},
}};

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
