// Whether a CRAM's index is that of its file.
#pragma once

#include <htslib/hfile.h>

#include <string>

namespace stardose::genomics {

/// Returns why the slices of an index (.crai) are not all that hold placed reads in the file: containers follow one
/// another from the header to the end of the file, and slices in them (CRAM 3.1, sections 7 to 9 and 12), with reads in
/// order of position. nullptr: they are, or the file is of a version whose containers are laid out otherwise (4). Reads
/// a few containers' headers, and those in stretches that no slice of the index fills; leaves `cram` where it was.
/// Throws InputError (input): the index cannot be read.
[[nodiscard]] const char* fault_in_cram_index(const std::string& index_path, hFILE& cram);

}  // namespace stardose::genomics
