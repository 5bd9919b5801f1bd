// A multilayer perceptron.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "learning/model/rows.h"

namespace stardose::learning {

enum class Activation : std::uint8_t { relu, tanh };

/// Layer after layer: sums of the numbers before, weights[unit * inputs + input] each, plus the unit's bias. Between
/// layers the activation; the last layer's sums are the margins. A missing value makes the margins NaN.
struct NeuralNetwork {
  struct Layer {
    std::vector<double> weights;
    std::vector<double> biases;

    bool operator==(const Layer&) const = default;
  };
  Activation activation = Activation::relu;
  std::vector<Layer> layers;

  bool operator==(const NeuralNetwork&) const = default;
};

/// Returns what is wrong with it for so many features: no layers, a count that does not fit the layer before, a number
/// that is not finite.
[[nodiscard]] std::optional<std::string> fault_of(const NeuralNetwork& network, std::size_t features);

/// Writes a row's margins behind the row before. Requires: fault_of() found nothing for rows.width.
void network_margins(const NeuralNetwork& network, const Rows& rows, std::span<double> margins);

}  // namespace stardose::learning
