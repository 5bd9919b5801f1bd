// The genes that no guideline asks for, in little room.
#pragma once

#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Writes a sentence and a folded list of the genes without guidance; nothing where there are none.
void write_other_genes(HtmlWriter& html, const SampleReport& report);

}  // namespace stardose::pharmaco
