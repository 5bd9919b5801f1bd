// The words that a model file has for enumerations, in the order of their values.
#pragma once

#include <array>
#include <string_view>

namespace stardose::learning {

inline constexpr std::array<std::string_view, 2> precision_names = {"float32", "float64"};
inline constexpr std::array<std::string_view, 2> comparison_names = {"less", "less_or_equal"};
inline constexpr std::array<std::string_view, 3> missing_names = {"nan_is_missing", "nan_is_zero", "zero_is_missing"};
inline constexpr std::array<std::string_view, 4> kernel_names = {"linear", "polynomial", "rbf", "sigmoid"};
inline constexpr std::array<std::string_view, 7> method_names = {
    "trees", "linear", "kernel", "blend", "naive_bayes", "nearest_neighbours", "neural_network",
};
inline constexpr std::array<std::string_view, 2> feature_law_names = {"gaussian", "bernoulli"};
inline constexpr std::array<std::string_view, 2> neighbour_weight_names = {"uniform", "inverse_distance"};
inline constexpr std::array<std::string_view, 2> activation_names = {"relu", "tanh"};
inline constexpr std::array<std::string_view, 12> link_names = {
    "identity",      "logistic", "normalized_logistic", "softmax", "exponential",    "softplus",
    "signed_square", "step",     "nonnegative",         "largest", "pairwise_votes", "signed_power",
};

}  // namespace stardose::learning
