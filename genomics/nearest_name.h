// The name a user probably meant.
#pragma once

#include <string>
#include <vector>

namespace stardose::genomics {

/// Returns the candidate nearest to what was written, whatever its case; empty when none is near enough.
/// A swap of neighbours is one edit; a third of the letters may differ; three letters or more may be a beginning.
[[nodiscard]] std::string nearest_name(const std::string& written, const std::vector<std::string>& candidates);

}  // namespace stardose::genomics
