// What each input of a trained model adds to a dose, as a picture.
#pragma once

#include "pharmaco/dosing/estimate_dose.h"
#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

/// Writes a bar an input, to the right where it raises the dose, to the left where it lowers it. Nothing for an
/// algorithm that is a formula.
void write_dose_shares(HtmlWriter& html, const DoseEstimate& estimate);

}  // namespace stardose::pharmaco
