// UBJSON (draft 12) to values: JSON in bytes, as XGBoost writes it from 1.6 on.
#pragma once

#include "learning/document/value.h"

namespace stardose::learning {

/// Reads document.bytes into document.root. Throws InputError (input) at a byte: not UBJSON, cut short, a count that
/// the file cannot hold, a name twice, too deep.
void parse_ubjson(Document& document);

}  // namespace stardose::learning
