// What a file holds, in 64 characters.
#pragma once

#include <string>

namespace stardose::pipeline {

/// Returns SHA-256 over the whole file in hexadecimal. Throws InputError (input).
[[nodiscard]] std::string file_sha256(const std::string& path);

}  // namespace stardose::pipeline
