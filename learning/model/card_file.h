// The part of a model file that a card is.
#pragma once

#include "learning/document/field.h"
#include "learning/document/json_text.h"
#include "learning/model/card.h"

namespace stardose::learning {

/// A figure that cannot be said is null.
void write_card(JsonText& json, const Card& card);

/// Throws InputError (input): a key that is not known.
[[nodiscard]] Card read_card(const Field& field);

}  // namespace stardose::learning
