// JSON text to values.
#pragma once

#include "learning/document/value.h"

namespace stardose::learning {

/// Reads document.bytes into document.root. Strict but for NaN, Infinity and -Infinity, which XGBoost writes where a
/// split has no threshold. Throws InputError (input) at line and column: not JSON, a name twice, too deep.
void parse_json(Document& document);

}  // namespace stardose::learning
