// From margins, the sums that a method works out, to what a model predicts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace stardose::learning {

/// In which numbers a model was made, and is therefore computed. Results are double either way.
enum class Precision : std::uint8_t { float32, float64 };

enum class LinkFunction : std::uint8_t {
  identity,
  logistic,             ///< each margin by itself: 1 / (1 + exp(-scale x))
  normalized_logistic,  ///< logistic of each margin, divided by their sum
  softmax,
  exponential,
  softplus,        ///< log(1 + exp(x))
  signed_square,   ///< x |x|: the inverse of a signed square root
  step,            ///< 1 above 0, else 0
  nonnegative,     ///< 1 from 0 on, else 0
  largest,         ///< number of the largest margin, the first of equals
  pairwise_votes,  ///< margins of pairs (0,1), (0,2) ... (1,2) ...: the number with most votes, the first of equals
  signed_power,    ///< |x| to the power of `scale`, with the sign of x
};

struct Link {
  LinkFunction function = LinkFunction::identity;
  double scale = 1;

  bool operator==(const Link&) const = default;
};

[[nodiscard]] std::string_view to_string(LinkFunction function);

/// Returns how many predictions a row has for so many margins.
[[nodiscard]] std::size_t prediction_count(const Link& link, std::size_t margins);

/// True where a prediction is the number of a class, not a quantity.
[[nodiscard]] bool names_a_class(const Link& link);

/// Writes a row's predictions. With float32 every step is rounded as XGBoost 1.7 rounds it.
/// Requires: predictions has prediction_count() places; it may begin where margins does.
void apply_link(const Link& link, Precision precision, std::span<const double> margins, std::span<double> predictions);

}  // namespace stardose::learning
