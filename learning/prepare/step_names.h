// The words that recipes and model files have for steps, in the order of their values.
#pragma once

#include <array>
#include <string_view>

namespace stardose::learning {

inline constexpr std::array<std::string_view, 6> fill_names = {"mean",     "median",     "mode",
                                                               "constant", "regression", "neighbours"};
inline constexpr std::array<std::string_view, 4> transform_names = {"log", "log1p", "sqrt", "square"};
inline constexpr std::array<std::string_view, 3> missing_level_names = {"stays", "zeros", "level"};
/// Alternatives of FittedStep and of FillRule.
inline constexpr std::array<std::string_view, 8> fitted_step_names = {
    "fill", "indicate", "one_hot", "product", "transform", "standardise", "leave_out", "components"};
inline constexpr std::array<std::string_view, 4> fill_rule_names = {"value", "group", "regression", "neighbours"};

}  // namespace stardose::learning
