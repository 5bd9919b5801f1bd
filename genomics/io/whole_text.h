// A small text file at once.
#pragma once

#include <string>

namespace stardose::genomics {

/// Returns the text without the mark that spreadsheets put before UTF-8; `-` is standard input. Throws InputError
/// (input): it cannot be opened, is a folder, cannot be read to its end, holds a zero byte or one that is not UTF-8, or
/// ends lines by carriage returns alone. `what` names the rows of a table ("covariates") or what else is in it,
/// `option` where the user named it.
[[nodiscard]] std::string whole_text(const std::string& path, const std::string& what, const std::string& option);

}  // namespace stardose::genomics
