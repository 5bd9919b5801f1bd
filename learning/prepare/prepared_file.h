// The part of a model file that fitted steps are.
#pragma once

#include "learning/document/field.h"
#include "learning/document/json_text.h"
#include "learning/prepare/prepared.h"

namespace stardose::learning {

/// Writes one object, in which columns go by their names. Missing values of stored rows are null.
void write_prepared(JsonText& json, const Prepared& prepared);

/// Reads it back, for people with these columns. Throws InputError (input): a step, a key or a column that is not
/// known. What else is wrong is for fault_of() to say.
[[nodiscard]] Prepared read_prepared(const Field& field, std::vector<ColumnKind> columns);

}  // namespace stardose::learning
