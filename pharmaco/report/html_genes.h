// The section about genes: what was found, and on how much of each gene it rests.
#pragma once

#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Writes one row a gene, with missing positions and further diplotypes folded.
void write_genes(HtmlWriter& html, const SampleReport& report);

}  // namespace stardose::pharmaco
