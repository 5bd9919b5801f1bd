// Layer after layer.
#include "learning/methods/neural_network.h"

#include <algorithm>
#include <cmath>

namespace stardose::learning {

namespace {

// NaN stays NaN: unlike std::max.
double activated(Activation activation, double x) {
  if (activation == Activation::tanh) return std::tanh(x);
  return x < 0 ? 0 : x;
}

}  // namespace

std::optional<std::string> fault_of(const NeuralNetwork& network, std::size_t features) {
  if (network.layers.empty()) return "no layers";
  std::size_t inputs = features;
  for (std::size_t k = 0; k < network.layers.size(); ++k) {
    const NeuralNetwork::Layer& layer = network.layers[k];
    const std::string place = "layer " + std::to_string(k) + ": ";
    if (layer.biases.empty()) return place + "no units";
    if (layer.weights.size() != layer.biases.size() * inputs) {
      return place + std::to_string(layer.weights.size()) + " weights for " + std::to_string(layer.biases.size()) +
             " units of " + std::to_string(inputs) + " inputs";
    }
    for (const auto* numbers : {&layer.weights, &layer.biases}) {
      if (!std::ranges::all_of(*numbers, [](double x) { return std::isfinite(x); })) {
        return place + "a weight that is not a finite number";
      }
    }
    inputs = layer.biases.size();
  }
  return std::nullopt;
}

void network_margins(const NeuralNetwork& network, const Rows& rows, std::span<double> margins) {
  const std::size_t outputs = network.layers.back().biases.size();
  std::vector<double> before;
  std::vector<double> after;
  for (std::size_t row = 0; row < rows.count(); ++row) {
    before.assign(rows.row(row).begin(), rows.row(row).end());
    for (std::size_t k = 0; k < network.layers.size(); ++k) {
      const NeuralNetwork::Layer& layer = network.layers[k];
      const bool is_last = k + 1 == network.layers.size();
      after = layer.biases;
      for (std::size_t unit = 0; unit < after.size(); ++unit) {
        const double* weights = layer.weights.data() + unit * before.size();
        for (std::size_t i = 0; i < before.size(); ++i) after[unit] += weights[i] * before[i];
        if (!is_last) after[unit] = activated(network.activation, after[unit]);
      }
      before.swap(after);
    }
    std::ranges::copy(before, margins.begin() + static_cast<std::ptrdiff_t>(row * outputs));
  }
}

}  // namespace stardose::learning
