// The part of a model file that intervals are.
#pragma once

#include "learning/document/field.h"
#include "learning/document/json_text.h"
#include "learning/intervals/intervals.h"

namespace stardose::learning {

void write_intervals(JsonText& json, const Intervals& intervals);

/// Throws InputError (input): a key or a word that is not known. What else is wrong is for fault_of() to say.
[[nodiscard]] Intervals read_intervals(const Field& field);

}  // namespace stardose::learning
