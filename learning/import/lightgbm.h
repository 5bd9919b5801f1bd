// Models of LightGBM: the text that save_model() writes (versions v2 to v4).
#pragma once

#include <string>
#include <string_view>

#include "learning/model/model.h"

namespace stardose::learning {

[[nodiscard]] bool is_lightgbm(std::string_view text);

/// Reads gbdt, dart, goss and rf with constant leaves. Margins are LightGBM's raw scores, added in its order. Throws
/// InputError (input) for whatever is not known, damaged or out of range.
[[nodiscard]] Model read_lightgbm(const std::string& file, std::string_view text);

}  // namespace stardose::learning
