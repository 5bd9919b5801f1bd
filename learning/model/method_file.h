// The part of a model file that a method is: its parameters.
#pragma once

#include <string_view>

#include "learning/document/field.h"
#include "learning/document/json_text.h"
#include "learning/model/method.h"

namespace stardose::learning {

/// Writes `"method":...,"parameters":{...}` into an object.
void write_method(JsonText& json, const Method& method);

/// Reads them. Throws InputError (input): a method or a key that is not known, one missing, numbers of trees that do
/// not fit each other. What else is wrong is for fault_of() to say.
[[nodiscard]] Method read_method(const Field& object);

/// Writes and reads `{"function":...,"scale":...}`.
void write_link(JsonText& json, const Link& link);
[[nodiscard]] Link read_link(const Field& field);

}  // namespace stardose::learning
