// A record and its answer as a page.
#pragma once

#include <string>
#include <string_view>

#include "pharmaco/twin/twin_answer.h"

namespace stardose::pharmaco {

/// Returns an HTML document that needs no network: dose, course, what was told, what was learned, what to beware of.
[[nodiscard]] std::string html_twin(const TwinAnswer& answer, std::string_view program_version);

}  // namespace stardose::pharmaco
