// The order in which people list named alleles: *2 before *10.
#pragma once

#include <string_view>

namespace stardose::pharmaco {

/// Strict weak order: "Any", "All" and "Reference" first, "Other" and "Unknown" last; else runs of digits compare as
/// numbers and come before runs of other characters.
[[nodiscard]] bool natural_less(std::string_view a, std::string_view b);

}  // namespace stardose::pharmaco
