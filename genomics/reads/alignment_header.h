// What the header of an alignment file says, checked.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "genomics/basics/assembly.h"
#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

struct AlignmentHeader {
  std::string sample;      ///< known_as()
  bool is_latin1 = false;  ///< its name
  std::optional<Assembly> assembly;
  std::map<std::string, int> contigs;  ///< canonical name -> number in the header
};

/// Throws InputError for a header without contigs, of two assemblies, of several samples, or that says the reads are
/// not in order of position.
[[nodiscard]] AlignmentHeader check_alignment_header(const std::string& path, sam_hdr_t* header);

}  // namespace stardose::genomics
