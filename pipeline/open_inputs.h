// What the inputs' headers say, before anything is read: whose data, on which assembly.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "genomics/io/assembly_choice.h"
#include "pipeline/input_files.h"
#include "pipeline/limits.h"
#include "pipeline/stages/open_alignment.h"

namespace stardose::pipeline {

struct OpenedInputs {
  std::vector<AlignmentHead> alignments;  ///< those of the samples chosen
  std::vector<FailedAlignment> failed;    ///< whose samples nobody knows
  std::vector<std::string> samples;       ///< chosen ones, as the run has them: of variant files, then of alignments
  genomics::AssemblyChoice assembly;      ///< has heard every header
};

/// Opens every input but standard input and pipes, alignments several at a time, and leaves in `inputs` what is to be
/// read: the samples asked for are sought in all inputs together. Returns nullopt when it was stopped. Throws
/// InputError for a variant file that cannot be opened, for assemblies that differ, for a sample that two inputs have,
/// for one that none has, and for the first alignment that cannot be opened if nothing else is left to read.
/// `probe`: see OpenAlignment.
[[nodiscard]] std::optional<OpenedInputs> open_inputs(SortedInputs& inputs, const Limits& limits,
                                                      const std::stop_token& stop,
                                                      const genomics::ReadPlan& probe = {});

/// Throws InputError (mismatch) when an alignment's sample is among those of the variant files, of which `path` is one.
void check_names(const std::vector<AlignmentHead>& alignments, const std::vector<std::string>& samples,
                 const std::string& path);

}  // namespace stardose::pipeline
