// The dose beside others, to scale.
#pragma once

#include "pharmaco/dosing/estimate_dose.h"
#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

/// Writes a bar for the dose, with its interval, and one for each dose that it is compared with. Nothing where there is
/// nothing to compare with or the result is no dose. Requires: a dose was worked out.
void write_dose_picture(HtmlWriter& html, const DoseReport& dose);

/// Writes a bar from the middle: to the left less, to the right more than the reference. `share` is of the widest bar,
/// from -1 to 1.
void write_shift_picture(HtmlWriter& html, double share);

}  // namespace stardose::pharmaco
