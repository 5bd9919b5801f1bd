// Texts as values of VCF fields.
#pragma once

#include <string>
#include <string_view>

namespace stardose::genomics {

/// Returns the text with the characters that separate something in INFO or FORMAT, white space, control characters and
/// `|` written by their number, as VCF 4.3 has it: `No%20function`. Empty: `.`, the missing value.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace stardose::genomics
