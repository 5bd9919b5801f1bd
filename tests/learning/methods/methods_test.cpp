// Methods that are no sums: naive Bayes, neighbours, networks.
#include <doctest/doctest.h>

#include <cmath>

#include "learning/methods/naive_bayes.h"
#include "learning/methods/nearest_neighbours.h"
#include "learning/methods/neural_network.h"

using namespace stardose::learning;

namespace {

std::vector<double> margins(const NearestNeighbours& model, const std::vector<double>& values) {
  const Rows rows{values, 2};
  std::vector<double> out(rows.count() * model.outputs);
  neighbour_margins(model, rows, out);
  return out;
}

}  // namespace

TEST_CASE("neighbours: the mean of the nearest, of equally near ones the first") {
  NearestNeighbours model{.neighbours = 2, .vectors = {0, 0, 1, 0, 0, 1, 5, 5}, .targets = {10, 20, 40, 1000}};
  CHECK_EQ(fault_of(model, 2).value_or(""), "");
  CHECK_EQ(margins(model, {0, 0, 5, 4, 0.2, 0.9}), std::vector<double>{15, 510, 25});
  model.weights = {1, 3, 1, 1};
  CHECK_EQ(margins(model, {0.5, 0}), std::vector<double>{17.5});
  CHECK(std::isnan(margins(model, {0.5, std::nan("")})[0]));
}

TEST_CASE("neighbours by distance: nearer ones count more, those in the same place alone") {
  const NearestNeighbours model{.neighbours = 3,
                                .weight = NeighbourWeight::inverse_distance,
                                .vectors = {0, 0, 4, 0, 0, 0},
                                .targets = {10, 30, 20}};
  CHECK_EQ(margins(model, {0, 0})[0], 15);
  // Distances 1, 3 and 1.
  CHECK(std::abs(margins(model, {1, 0})[0] - (10 + 30.0 / 3 + 20) / (2 + 1.0 / 3)) < 1e-12);
}

TEST_CASE("neighbours: what is none") {
  const NearestNeighbours good{.vectors = {0, 0}, .targets = {1}};
  CHECK_EQ(fault_of(good, 2).value_or(""), "");
  CHECK_EQ(fault_of(good, 3).value_or(""), "neighbours, targets and weights of different numbers");
  CHECK_EQ(fault_of(NearestNeighbours{.neighbours = 2, .vectors = {0, 0}, .targets = {1}}, 2).value_or(""),
           "2 neighbours of 1");
  CHECK_EQ(fault_of(NearestNeighbours{.vectors = {0, INFINITY}, .targets = {1}}, 2).value_or(""),
           "a value that is not a finite number");
  CHECK_EQ(fault_of(NearestNeighbours{.vectors = {0, 1}, .targets = {1}, .weights = {0}}, 2).value_or(""),
           "a weight that is not above 0");
  CHECK_EQ(fault_of(NearestNeighbours{.outputs = 0, .vectors = {0, 1}, .targets = {1}}, 2).value_or(""), "no outputs");
}

TEST_CASE("naive Bayes: logs of shares and of densities; what is missing adds nothing") {
  const NaiveBayes model{.log_shares = {std::log(0.25), std::log(0.75)}, .first = {0, 1}, .second = {1, 4}};
  CHECK_EQ(fault_of(model, 1).value_or(""), "");
  const auto density = [](double x, double mean, double variance) {
    return std::exp(-(x - mean) * (x - mean) / (2 * variance)) / std::sqrt(2 * 3.14159265358979323846 * variance);
  };
  std::vector<double> out(2);
  bayes_margins(model, {std::vector<double>{2, std::nan("")}, 1}, out);
  CHECK(std::abs(out[0] - std::log(0.75 * density(2, 1, 4) / (0.25 * density(2, 0, 1)))) < 1e-12);
  CHECK(std::abs(out[1] - std::log(3.0)) < 1e-12);
  const NaiveBayes flags{.law = FeatureLaw::bernoulli,
                         .log_shares = {0, 0, 0},
                         .first = {std::log(0.1), std::log(0.5), std::log(0.9)},
                         .second = {std::log(0.9), std::log(0.5), std::log(0.1)}};
  out.resize(6);
  bayes_margins(flags, {std::vector<double>{2, 0}, 1}, out);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK_EQ(out[k], flags.first[k]);
    CHECK_EQ(out[3 + k], flags.second[k]);
  }
}

TEST_CASE("naive Bayes: what is none") {
  const NaiveBayes good{.log_shares = {0, 0}, .first = {0, 1}, .second = {1, 1}};
  CHECK_EQ(fault_of(good, 1).value_or(""), "");
  CHECK_EQ(fault_of(good, 2).value_or(""), "2 and 2 numbers for 2 classes of 2 features");
  CHECK_EQ(fault_of(NaiveBayes{.log_shares = {0}, .first = {0}, .second = {1}}, 1).value_or(""),
           "fewer than two classes");
  CHECK_EQ(fault_of(NaiveBayes{.log_shares = {0, 0}, .first = {0, 1}, .second = {1, 0}}, 1).value_or(""),
           "a variance that is not above 0");
  CHECK_EQ(
      fault_of(NaiveBayes{.law = FeatureLaw::bernoulli, .log_shares = {0, 0}, .first = {0, 1}, .second = {0, 0}}, 1)
          .value_or(""),
      "the log of a probability above 1");
  CHECK_EQ(fault_of(NaiveBayes{.log_shares = {0, NAN}, .first = {0, 1}, .second = {1, 1}}, 1).value_or(""),
           "a parameter that is not a finite number");
}

TEST_CASE("a network: layer after layer, the activation between") {
  const NeuralNetwork network{.layers = {{{1, -1, 2, 0}, {0, -3}}, {{10, 100}, {5}}}};
  CHECK_EQ(fault_of(network, 2).value_or(""), "");
  std::vector<double> out(3);
  const std::vector<double> values{3, 1, 1, 3, 1, std::nan("")};
  network_margins(network, {values, 2}, out);
  CHECK_EQ(out[0], 10 * 2 + 100 * 3 + 5);
  CHECK_EQ(out[1], 5);
  CHECK(std::isnan(out[2]));
  NeuralNetwork smooth = network;
  smooth.activation = Activation::tanh;
  network_margins(smooth, {values, 2}, out);
  CHECK(std::abs(out[0] - (10 * std::tanh(2) + 100 * std::tanh(3) + 5)) < 1e-12);
}

TEST_CASE("a network: what is none") {
  CHECK_EQ(fault_of(NeuralNetwork{}, 2).value_or(""), "no layers");
  CHECK_EQ(fault_of(NeuralNetwork{.layers = {{{1, 2, 3, 4}, {0, 0}}, {{1}, {0}}}}, 2).value_or(""),
           "layer 1: 1 weights for 1 units of 2 inputs");
  CHECK_EQ(fault_of(NeuralNetwork{.layers = {{{}, {}}}}, 2).value_or(""), "layer 0: no units");
  CHECK_EQ(fault_of(NeuralNetwork{.layers = {{{1, NAN}, {0}}}}, 2).value_or(""),
           "layer 0: a weight that is not a finite number");
}
