// Multilayer perceptrons with one or two hidden layers, trained by Adam (Kingma, Ba 2015), and averages of several.
#include <tbb/parallel_for.h>

#include <cmath>
#include <numeric>

#include "learning/methods/neural_network.h"
#include "learning/solve/design.h"
#include "learning/train/entry.h"
#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

using Eigen::Index;
using Matrix = Eigen::MatrixXf;  // what is learned is noisier than floats; in half the time
using Vector = Eigen::VectorXf;

enum class Loss : std::uint8_t { squared, absolute, shares };

/// A row a column, so that those of a batch stand together.
struct Problem {
  Matrix x;
  Matrix targets;  ///< an output a row; of a quantity of mean 0 and deviation 1
  Vector weights;
  Loss loss = Loss::squared;
  Activation activation = Activation::relu;
  std::vector<Index> hidden;
  double mean = 0;
  double deviation = 1;

  explicit Problem(const Task& task) : loss{Loss::shares} {
    const auto rows = static_cast<Index>(task.data.targets.size());
    const auto width = static_cast<Index>(task.data.rows.width);
    // A row after the other is a column after the other.
    x = Eigen::Map<const Eigen::MatrixXd>{task.data.rows.values.data(), width, rows}.cast<float>();
    const Eigen::VectorXd mean_one = mean_one_weights(task.data);
    weights = mean_one.cast<float>();
    if (task.settings.word("activation") == "tanh") activation = Activation::tanh;
    for (const char* layer : {"units", "second_units"}) {
      if (task.settings.count(layer) > 0) hidden.push_back(static_cast<Index>(task.settings.count(layer)));
    }
    const Eigen::Map<const Eigen::VectorXd> values{task.data.targets.data(), rows};
    if (task.data.classes == 0) {
      loss = task.settings.word("loss") == "absolute" ? Loss::absolute : Loss::squared;
      mean = mean_one.dot(values) / static_cast<double>(rows);
      deviation = std::sqrt(mean_one.dot((values.array() - mean).square().matrix()) / static_cast<double>(rows));
      const double scale = deviation > 1e-12 * (1 + std::abs(mean)) ? deviation : 0;
      deviation = scale;
      targets = ((values.array() - mean) / (scale > 0 ? scale : 1)).matrix().transpose().cast<float>();
      return;
    }
    targets = Matrix::Zero(static_cast<Index>(predictions_of(task.data.classes)), rows);
    for (Index row = 0; row < rows; ++row) {
      const auto class_number = static_cast<Index>(values[row]);
      if (targets.rows() == 1) targets(0, row) = class_number == 1 ? 1 : 0;
      if (targets.rows() > 1) targets(class_number, row) = 1;
    }
  }
};

/// Weights and biases of a layer, their gradient, and Adam's means of it and of its square. Biases are the last column.
struct Layer {
  Matrix b;
  Matrix gradient;
  Matrix mean;
  Matrix square;

  /// Glorot's bounds.
  Layer(Index units, Index inputs, SeededRandom& random) : b{Matrix::Zero(units, inputs + 1)} {
    const double bound = std::sqrt(6.0 / static_cast<double>(units + inputs));
    for (Index j = 0; j < inputs; ++j) {
      for (Index k = 0; k < units; ++k) b(k, j) = static_cast<float>((2 * random.share() - 1) * bound);
    }
    gradient = mean = square = Matrix::Zero(units, inputs + 1);
  }

  [[nodiscard]] auto weights() const { return b.leftCols(b.cols() - 1); }
};

struct Steps {
  std::size_t epochs = 0;
  Index batch = 0;
  float rate = 0;
  float penalty = 0;
};

class Training {
 public:
  Training(const Problem& problem, const Steps& steps, std::uint64_t seed)
      : problem_{problem}, steps_{steps}, random_{seed} {
    Index inputs = problem.x.rows();
    for (const Index units : problem.hidden) {
      layers_.emplace_back(units, inputs, random_);
      inputs = units;
    }
    layers_.emplace_back(problem.targets.rows(), inputs, random_);
    held_.resize(layers_.size() + 1);
  }

  std::vector<Layer> run() {
    const Index rows = problem_.x.cols();
    std::vector<Index> order(static_cast<std::size_t>(rows));
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t epoch = 0; epoch < steps_.epochs; ++epoch) {
      random_.shuffle(order);
      // The rate falls in a straight line, so that the last steps settle.
      const float rate = steps_.rate * (1 - static_cast<float>(epoch) / static_cast<float>(steps_.epochs));
      for (Index first = 0; first < rows; first += steps_.batch) {
        const Index count = std::min(steps_.batch, rows - first);
        take(std::span{order}.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)));
        step(rate);
      }
    }
    return std::move(layers_);
  }

 private:
  void take(std::span<const Index> rows) {
    held_[0].resize(problem_.x.rows(), static_cast<Index>(rows.size()));
    targets_.resize(problem_.targets.rows(), static_cast<Index>(rows.size()));
    weights_.resize(static_cast<Index>(rows.size()));
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const auto to = static_cast<Index>(k);
      held_[0].col(to) = problem_.x.col(rows[k]);
      targets_.col(to) = problem_.targets.col(rows[k]);
      weights_[to] = problem_.weights[rows[k]];
    }
  }

  void forward() {
    for (std::size_t k = 0; k < layers_.size(); ++k) {
      Matrix& out = held_[k + 1];
      out.noalias() = layers_[k].weights() * held_[k];
      out.colwise() += layers_[k].b.col(layers_[k].b.cols() - 1);
      if (k + 1 == layers_.size()) return;
      if (problem_.activation == Activation::tanh) out = out.array().tanh().matrix();
      if (problem_.activation == Activation::relu) out = out.cwiseMax(0);
    }
  }

  /// Of the mean loss by the last layer's sums.
  [[nodiscard]] Matrix slope() const {
    Matrix off = held_.back();
    if (problem_.loss == Loss::shares && off.rows() == 1) off = (1 / (1 + (-off.array()).exp())).matrix();
    if (problem_.loss == Loss::shares && off.rows() > 1) {
      off = (off.rowwise() - off.colwise().maxCoeff()).array().exp().matrix();
      const Eigen::Array<float, 1, Eigen::Dynamic> sums = off.colwise().sum().array();
      off.array().rowwise() /= sums;
    }
    off -= targets_;
    // Straight beside 0, so that it comes to rest.
    if (problem_.loss == Loss::absolute) off = (off * 20).cwiseMax(-1).cwiseMin(1);
    return off * (weights_ / static_cast<float>(weights_.size())).asDiagonal();
  }

  void step(float rate) {
    forward();
    Matrix back = slope();
    for (std::size_t k = layers_.size(); k-- > 0;) {
      Layer& layer = layers_[k];
      const Index inputs = layer.b.cols() - 1;
      layer.gradient.leftCols(inputs).noalias() = back * held_[k].transpose();
      layer.gradient.leftCols(inputs) += steps_.penalty * layer.b.leftCols(inputs);
      layer.gradient.col(inputs) = back.rowwise().sum();
      if (k > 0) {
        Matrix before = layer.weights().transpose() * back;
        const auto held = held_[k].array();
        if (problem_.activation == Activation::tanh) before.array() *= 1 - held * held;
        if (problem_.activation == Activation::relu) before.array() *= (held > 0).cast<float>();
        back = std::move(before);
      }
    }
    ++time_;
    const auto left_mean = 1 - static_cast<float>(std::pow(0.9, time_));
    const auto left_square = 1 - static_cast<float>(std::pow(0.999, time_));
    for (Layer& layer : layers_) {
      layer.mean = 0.9F * layer.mean + 0.1F * layer.gradient;
      layer.square = 0.999F * layer.square + 0.001F * layer.gradient.cwiseAbs2();
      // Eigen's root of floats begins with the processor's estimate, which makers of processors have each their own of.
      const auto root = (layer.square.array() / left_square).unaryExpr([](float square) { return std::sqrt(square); });
      layer.b.array() -= rate / left_mean * layer.mean.array() / (root + 1e-8F);
    }
  }

  const Problem& problem_;
  const Steps& steps_;
  SeededRandom random_;
  std::vector<Layer> layers_;
  std::vector<Matrix> held_;  // the rows of a batch, and what each layer makes of them
  Matrix targets_;
  Vector weights_;
  double time_ = 0;
};

/// In the target's own units.
NeuralNetwork network_of(const Problem& problem, const std::vector<Layer>& layers) {
  NeuralNetwork network{.activation = problem.activation};
  for (std::size_t k = 0; k < layers.size(); ++k) {
    Eigen::MatrixXd b = layers[k].b.cast<double>();
    if (k + 1 == layers.size() && problem.loss != Loss::shares) {
      b *= problem.deviation;
      b(0, b.cols() - 1) += problem.mean;
    }
    const RowMajor weights = b.leftCols(b.cols() - 1);
    const Eigen::VectorXd biases = b.col(b.cols() - 1);
    network.layers.push_back({{weights.data(), weights.data() + weights.size()}, {biases.begin(), biases.end()}});
  }
  return network;
}

Fitted learn(const Task& task) {
  const Problem problem{task};
  const Steps steps{.epochs = task.settings.count("epochs"),
                    .batch = static_cast<Index>(task.settings.count("batch")),
                    .rate = static_cast<float>(task.settings.number("learning_rate")),
                    .penalty = static_cast<float>(task.settings.number("penalty"))};
  std::vector<NeuralNetwork> networks(task.settings.count("networks"));
  // Each has random numbers of its own: which thread trains it makes no difference.
  tbb::parallel_for(std::size_t{0}, networks.size(), [&](std::size_t k) {
    networks[k] = network_of(problem, Training{problem, steps, seed_of(task.seed, k)}.run());
  });
  Link link;
  if (task.data.classes == 2) link.function = LinkFunction::logistic;
  if (task.data.classes > 2) link.function = LinkFunction::softmax;
  if (networks.size() == 1) return {std::move(networks[0]), link};
  Blend blend;
  for (NeuralNetwork& network : networks) {
    blend.members.push_back({std::move(network), link, 1 / static_cast<double>(networks.size())});
  }
  return {std::move(blend), {}};
}

}  // namespace

Entry perceptron_entry() {
  return {{.name = "perceptron",
           .title = "Multilayer perceptron",
           .quantities = true,
           .classes = true,
           .wants_standardised = true,
           .settings =
               {{"units", "units of the hidden layer", 24.0, 1, 1000, true},
                {"second_units", "units of a second hidden layer; 0: there is none", 12.0, 0, 1000, true},
                {.name = "activation", .meaning = "of hidden units", .usual = "relu", .words = {"relu", "tanh"}},
                {"networks", "networks that are averaged, each begun by chance", 5.0, 1, 1000, true},
                {"penalty", "least is mean loss + penalty x sum of squared weights / 2", 1e-3, 0, 1e6},
                {"epochs", "how often each row is learned from", 100.0, 1, 100'000, true},
                {"learning_rate", "of the first steps; it falls to 0", 0.003, 1e-6, 1},
                {"batch", "rows of a step", 100.0, 1, 1e6, true},
                {.name = "loss", .meaning = "of a quantity", .usual = "squared", .words = {"squared", "absolute"}}}},
          learn};
}

}  // namespace stardose::learning
