// A model as a file of our own.
//
// JSON, so that it can be read without us, with a schema version, so that it is never misread: a reader refuses a
// version or a key that it does not know. Numbers are written with the digits that read back to the same bits. Trees
// are lists by property, a place for each node, children behind their parent.
#pragma once

#include <string>

#include "learning/document/value.h"
#include "learning/model/model.h"

namespace stardose::learning {

/// 2 has what models trained here have: columns, steps, target, intervals, card, signature.
inline constexpr int model_schema = 2;

/// Returns the file's text. Requires: fault_of(model) found nothing.
[[nodiscard]] std::string model_json(const Model& model);

/// True where the document says that it is one of ours.
[[nodiscard]] bool is_model_file(const Document& document);

/// Reads what model_json() wrote: the same value. Throws InputError (input): another schema, an unknown or missing
/// key, or a model with a fault.
[[nodiscard]] Model read_model(const Document& document);

}  // namespace stardose::learning
