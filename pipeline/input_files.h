// The files of a run, told apart by what they hold.
#pragma once

#include <string>
#include <vector>

#include "genomics/io/variant_input_options.h"
#include "genomics/reads/alignment_input_options.h"
#include "pipeline/parts/shard_choice.h"

namespace stardose::pipeline {

/// What to read, as the user says it.
struct InputOptions {
  /// `files` may hold alignments too.
  const genomics::VariantInputOptions& variants;
  /// `files` and `reference` are of no account: those of `variants` are for both.
  const genomics::AlignmentInputOptions& alignments;
  /// A file with one more input a line, `-` for standard input; empty: none.
  std::string list;
  /// See OutputOptions::shard.
  std::string shard = {};
};

/// The same, each kind by itself and in the order given.
struct SortedInputs {
  genomics::VariantInputOptions variants;
  genomics::AlignmentInputOptions alignments;
  ShardChoice shard = {};  ///< of the samples, and not yet taken

  [[nodiscard]] std::size_t size() const { return variants.files.size() + alignments.files.size(); }
};

/// Reads the list and the first bytes of the files. What is no regular file (standard input, a pipe, an address) is
/// taken for variants and left unread. Throws InputError for a list that cannot be used, for reads that are not aligned
/// or are SAM text, and when there is no input at all.
[[nodiscard]] SortedInputs sort_inputs(const InputOptions& options);

/// Returns the paths of a list, one a line; empty lines and those that start with `#` do not count. Relative ones start
/// from the list's folder, of standard input (`-`) from the working directory; `-` and addresses stay as they are.
/// Throws InputError.
[[nodiscard]] std::vector<std::string> read_input_list(const std::string& path);

}  // namespace stardose::pipeline
