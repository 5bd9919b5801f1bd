// What writing and reading a record share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace stardose::pharmaco {

/// Returns `sha256-` and hexadecimal digits, over the document without its blanks. Requires: it holds no digest.
[[nodiscard]] std::string digest_of(const nlohmann::ordered_json& document);

}  // namespace stardose::pharmaco
