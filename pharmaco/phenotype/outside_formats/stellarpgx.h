// Calls by StellarPGx: the text of one gene in one sample.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/phenotype/outside_formats/foreign_call.h"

namespace stardose::pharmaco {

[[nodiscard]] bool is_stellarpgx(std::string_view text);

/// What stands under `Result:`; several diplotypes with `or` between them are all possible. A result that a duplication
/// or deletion is said beside, but not worked into, is none.
[[nodiscard]] std::vector<ForeignCall> read_stellarpgx(const std::string& path, std::string_view text);

}  // namespace stardose::pharmaco
