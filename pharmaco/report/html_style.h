// How a page looks and how things are found on it: the files of page/, and the hashes by which the page's policy knows
// them.
#pragma once

#include <string>

#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

/// Returns the stylesheet of a sample's page: screen, dark screen, phone and paper.
[[nodiscard]] StyleSheet report_style();

/// Returns the stylesheet of a cohort's page.
[[nodiscard]] StyleSheet cohort_style();

/// Returns the stylesheet of the page of a treatment.
[[nodiscard]] StyleSheet twin_style();

/// Returns the script that finds drugs and genes on a page; without it everything is shown.
[[nodiscard]] PageScript report_script();

/// Returns the source expression for a Content-Security-Policy, `sha256-` and Base64, without quotes.
[[nodiscard]] std::string csp_hash(StyleSheet style);
[[nodiscard]] std::string csp_hash(PageScript script);

}  // namespace stardose::pharmaco
