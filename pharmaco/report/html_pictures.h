// Pictures in the page: depth over the positions of a gene, copies by stretch.
#pragma once

#include <cstdint>

#include "pharmaco/report/coverage_report.h"
#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Returns the depth that fills the height of a picture: the same for all genes of a report, so that they compare.
[[nodiscard]] std::uint32_t depth_shown(const CoverageReport& coverage);

/// Writes a bar a position, the threshold as a broken line, and a mark under each position that is not callable.
void write_depth_picture(HtmlWriter& html, const GeneCoverage& gene, int min_depth, std::uint32_t depth_shown);

/// Writes a line a stretch: what is expected as an upright stroke, what was measured as a dot.
void write_copies_picture(HtmlWriter& html, std::string_view gene, const StructureFinding& structure);

}  // namespace stardose::pharmaco
