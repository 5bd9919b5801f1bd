// How a model works out its margins: one of these, as data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "learning/linear/kernel_model.h"
#include "learning/linear/linear_model.h"
#include "learning/methods/naive_bayes.h"
#include "learning/methods/nearest_neighbours.h"
#include "learning/methods/neural_network.h"
#include "learning/model/link.h"
#include "learning/trees/tree_ensemble.h"

namespace stardose::learning {

struct BlendMember;

/// Margin k of a row is the sum of the members' predictions k, each as often as its weight.
struct Blend {
  std::vector<BlendMember> members;

  bool operator==(const Blend& other) const;
};

using Method =
    std::variant<TreeEnsemble, LinearModel, KernelModel, Blend, NaiveBayes, NearestNeighbours, NeuralNetwork>;

/// Predicts with a method and a link of its own; no blend itself. It may see features of its own.
struct BlendMember {
  Method method;
  Link link;
  double weight = 1;
  std::vector<std::uint32_t> features = {};  ///< which of the row's it sees, in its order; none: all of them

  bool operator==(const BlendMember&) const = default;
};

/// Returns what is wrong with it for so many features: no members, members with other numbers of predictions, a member
/// that names classes or is a blend, a weight that is not above 0, a feature that is none, a fault of a member.
[[nodiscard]] std::optional<std::string> fault_of(const Blend& blend, std::size_t features);

[[nodiscard]] std::optional<std::string> fault_of(const Method& method, std::size_t features);

/// Returns how many margins a row has.
[[nodiscard]] std::size_t margin_count(const Method& method);

/// Returns the precision that the method computes in.
[[nodiscard]] Precision precision_of(const Method& method);

}  // namespace stardose::learning
