// The course of a treatment as a picture.
#pragma once

#include "pharmaco/report/html_writer.h"
#include "pharmaco/twin/twin_answer.h"

namespace stardose::pharmaco {

/// Writes the probable course with its 50 and 90 % bands, what was measured, the range aimed at, and below the doses.
/// From the next dose on under the advised doses, or those that go on; beside the first the others as a broken line.
/// Nothing where there is no curve.
void write_course_picture(HtmlWriter& html, const TwinAnswer& answer);

}  // namespace stardose::pharmaco
