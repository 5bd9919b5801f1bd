// What a definition's text means at a site.
#pragma once

#include <cstdint>
#include <string_view>

#include "genomics/sites/site.h"

namespace stardose::pharmaco {

/// Returns the site alleles that `text` allows, as bits (bit 0: the reference); `text` is one of the site's alleles or
/// an IUPAC letter for several bases. 0: it names no allele of the site.
[[nodiscard]] std::uint64_t allowed_alleles(const genomics::Site& site, std::string_view text);

}  // namespace stardose::pharmaco
