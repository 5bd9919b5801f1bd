// How one piece of advice is shown: its mark, what to do, why, and who says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Writes the level as shape, colour and word: triangle ACTION, circle CAUTION, question mark UNKNOWN, dash NO CHANGE.
void write_mark(HtmlWriter& html, AdviceLevel level);

/// Writes the mark of a medicine that no guideline here is about: a question mark, NOT COVERED.
void write_uncovered_mark(HtmlWriter& html);

/// Writes the shape of a level alone, for use beside words that say the same.
void write_shape(HtmlWriter& html, AdviceLevel level);

/// Writes the shape in its level's colour, where nothing around it has that colour.
void write_coloured_shape(HtmlWriter& html, AdviceLevel level);

/// Writes mark, population, sentence, the dose, limit and alternatives that the sentence does not already give, and
/// what is not certain about the genes.
void write_instruction(HtmlWriter& html, const Advice& advice);

/// Writes the same for these populations, without the mark. What comes after dose, limit and alternatives is of the
/// class `more`, which paper may leave out.
void write_instruction(HtmlWriter& html, const Advice& advice, const std::vector<std::string_view>& populations);

/// Writes `CYP2C19 *2/*2, Poor Metabolizer`, one gene a line.
void write_basis(HtmlWriter& html, const std::vector<AdviceBasis>& basis);

/// Writes the guideline's source, strength and version.
void write_source(HtmlWriter& html, const Advice& advice);

/// Writes the head of a table, one column a heading.
void write_table_head(HtmlWriter& html, std::string_view caption, const std::vector<std::string_view>& headings);

}  // namespace stardose::pharmaco
