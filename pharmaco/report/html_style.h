// How the report looks, and the hash by which its policy knows the stylesheet.
#pragma once

#include <string>

#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

/// Returns the stylesheet: screen, dark screen, phone and paper.
[[nodiscard]] StyleSheet report_style();

/// Returns a style's source expression for a Content-Security-Policy, `sha256-` and Base64, without quotes.
[[nodiscard]] std::string csp_hash(StyleSheet style);

}  // namespace stardose::pharmaco
