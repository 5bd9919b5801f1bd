// What of the inputs a shard reads.
#pragma once

#include <vector>

#include "pipeline/input_files.h"
#include "pipeline/stages/open_alignment.h"

namespace stardose::pipeline {

/// Leaves the shard's part of the samples of variant files, those that are asked for counted; of none no file is left.
/// Opens the first file's header. Throws InputError as opening and choosing do, and (usage) for standard input and
/// pipes, which can be read once only.
void take_shard_of_variants(SortedInputs& inputs);

/// Asks of the variant files for these samples alone, of none for no file. Throws InputError (usage) where all names
/// begin with ^, which would mean something else.
void name_samples(std::vector<std::string> names, genomics::VariantInputOptions& variants);

/// Leaves the shard's part of the alignments, unopened; where samples are asked for by name, all of them, as only an
/// open one tells its sample.
void take_shard_of_alignments(SortedInputs& inputs);

/// Does what is left to do once `heads` are those that were asked for, and `failed` those that could not be opened.
void take_shard_of_heads(const SortedInputs& inputs, std::vector<AlignmentHead>& heads,
                         std::vector<FailedAlignment>& failed);

}  // namespace stardose::pipeline
