// The header of a variant file that is written again, when names are replaced (genomics/pseudonyms.h).
#pragma once

#include <htslib/vcf.h>

#include <string>
#include <string_view>

#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

/// Returns whether a line stays: beside what a reader needs, a header may tell of people - command lines, pedigrees.
/// Always, where names are themselves.
[[nodiscard]] bool is_kept(std::string_view line);

/// Returns a line, with the samples as they are known.
[[nodiscard]] std::string with_pseudonyms(std::string_view line);

/// Returns a whole header of such lines; its fields keep their numbers. Throws InputError (input).
[[nodiscard]] HtsHandle<bcf_hdr_t> with_pseudonyms(const std::string& path, const bcf_hdr_t& header);

}  // namespace stardose::genomics
