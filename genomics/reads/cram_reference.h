// Where a CRAM's reference comes from, and what to say when it does not come.
#pragma once

#include <string>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

/// Call before a CRAM is opened. Without REF_PATH HTSlib (1.16) asks a public server; from here on it looks where
/// REF_PATH and REF_CACHE point to on this machine, by default into its own cache, and nowhere else. Changes this
/// process's REF_PATH, once.
void keep_references_local();

/// Returns a REF_PATH without its entries that are addresses on the network.
[[nodiscard]] std::string local_entries(const std::string& ref_path);

/// Removes locations (UR) from the header that are addresses on the network or no files here, so that HTSlib tries
/// none of them. Returns what the header had, contig by contig.
std::vector<std::string> forget_useless_locations(sam_hdr_t* header);

/// Why reads of a contig cannot be decoded: its reference is nowhere, or is another one; else the file is damaged.
/// `reference`: the FASTA that was given, if any; `location`: what the header said.
[[nodiscard]] InputError explain_undecoded(const std::string& path, sam_hdr_t* header, int contig,
                                           const std::string& reference, const std::string& location);

}  // namespace stardose::genomics
