// The section about doses, for the pharmacist who signs: what to give, how sure that is, and what it rests on.
#pragma once

#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Writes a block a dose; nothing where none was asked for.
void write_doses(HtmlWriter& html, const SampleReport& report);

/// Returns how urgently the summary speaks of the doses: unknown where one is refused, caution where one is outside of
/// what its algorithm was made for or is not the one that was asked for.
[[nodiscard]] AdviceLevel level_of_doses(const SampleReport& report);

/// Returns `dose worked out`, or `of 2 doses worked out`.
[[nodiscard]] std::string doses_in_words(const SampleReport& report);

}  // namespace stardose::pharmaco
