// The trees of a model of LightGBM.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "learning/document/lines.h"
#include "learning/trees/tree_ensemble.h"

namespace stardose::learning {

/// Lines `key=value` up to an empty line; a key alone has an empty value.
using Properties = std::map<std::string_view, std::string_view>;

/// Reads properties from the current line on. Throws InputError (input): a key twice, or one that is not in `known`.
[[nodiscard]] Properties read_properties(Lines& lines, std::span<const std::string_view> known);

/// Returns a property that must be there.
[[nodiscard]] std::string_view property(const Lines& lines, const Properties& properties, std::string_view key);

/// Reads a tree of which the line `Tree=...` has been read; what follows is left to be read.
[[nodiscard]] Tree read_lightgbm_tree(Lines& lines);

}  // namespace stardose::learning
