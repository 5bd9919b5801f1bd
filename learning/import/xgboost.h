// Models of XGBoost, from 1.6 on: what save_model() writes as JSON or UBJSON.
#pragma once

#include "learning/document/value.h"
#include "learning/model/model.h"

namespace stardose::learning {

/// True where the document looks like one of XGBoost's.
[[nodiscard]] bool is_xgboost(const Document& document);

/// Reads boosters gbtree, dart and gblinear with one number a leaf. Trees compute in float32 as XGBoost does, bit for
/// bit. Throws InputError (input) for whatever is not known, damaged or out of range.
[[nodiscard]] Model read_xgboost(const Document& document);

}  // namespace stardose::learning
