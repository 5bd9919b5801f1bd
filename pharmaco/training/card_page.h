// A model's card as a page.
#pragma once

#include <string>

#include "learning/model/model.h"

namespace stardose::pharmaco {

/// Returns HTML that needs nothing beside it: what the model is for, whom it was learned from, how well it does by
/// group, observed beside predicted values, what matters most, what it takes. A model without a card has what is known
/// of it.
[[nodiscard]] std::string card_page(const learning::Model& model);

}  // namespace stardose::pharmaco
